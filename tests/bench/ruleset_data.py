"""A workload in Steelyard's own format: plain data, YAML, and requests that have been read."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from steelyard.model import Request, Ruleset
from steelyard.requirements import RequestReader
from tests.bench.workload import CANDIDATES, CRITERIA, Answers, Need, Rule, Test, Workload

DAY = date(2026, 11, 25)
"""The day that is asked about."""


def plain(workload: Workload) -> dict[str, Any]:
    """The ruleset as the plain data that `steelyard.Ruleset.from_dict` takes.

    A rule says its reason and its evidence once, for all of its ratings: written out for each of them, ten thousand
    rules would have more values than a ruleset may hold.
    """
    return {
        "ruleset": {"id": "measured", "title": "A ruleset to measure with", "version": "1"},
        "needs": {name: _need(name, need) for name, need in workload.needs.items()},
        "candidates": {candidate: {"name": candidate.capitalize()} for candidate in CANDIDATES},
        "criteria": {criterion: criterion.capitalize() for criterion in CRITERIA},
        "evidence": {"trial": {"title": "Our own trial", "source": "The generator", "published": "2026-11-25"}},
        "rules": {rule.id: _rule(rule) for rule in workload.rules},
    }


def text(workload: Workload) -> str:
    """The ruleset as YAML, written as people write it: rules on lines of their own, conditions within braces."""
    lines = []
    for section, content in plain(workload).items():
        lines.append(f"{section}:")
        for key, body in content.items():
            if section == "rules":
                lines += [f"  {key}:", *(f"    {each}: {_flow(value)}" for each, value in body.items())]
            else:
                lines.append(f"  {key}: {_flow(body)}")
    return "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}'" if isinstance(value, str) and (value.endswith("?") or value.isdigit()) else str(value)


def _need(name: str, need: Need) -> dict[str, Any]:
    said: dict[str, Any] = {"question": f"What about {name.replace('_', ' ')}?", "type": need.kind}
    if need.options:
        said["options"] = {option: option.replace("-", " ").capitalize() for option in need.options}
    if need.kind == "number":
        said |= {"minimum": need.minimum, "maximum": need.maximum}
    return said


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "criterion": rule.criterion,
        "title": f"What {rule.id} weighs",
        "when": _when(rule.when),
        "weight": rule.hundredths / 100,
        "because": rule.because,
        "evidence": ["trial"],
        "ratings": dict(rule.ratings),
    }


def _when(when: Sequence[Sequence[Test]]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for tests in when:
        if len(tests) == 1:
            said |= _test(tests[0])
        else:
            said["any"] = [_test(test) for test in tests]
    return said


def _test(test: Test) -> dict[str, Any]:
    """A test in the shortest words that there are for it."""
    operand = list(test.operand) if isinstance(test.operand, tuple) else test.operand
    is_bare = test.operator in {"is", "includes", "any_of"}
    return {test.need: operand if is_bare else {test.operator: operand}}


def requests(model: Ruleset, answers: Sequence[Answers]) -> list[Request]:
    """The requests, read and checked, as an engine takes them."""
    reader = RequestReader.of(model)
    return [reader.read(whole(each), DAY) for each in answers]


def whole(answers: Answers) -> Mapping[str, Any]:
    """A request as it is posted."""
    return {"requirements": answers, "as_of": DAY.isoformat()}
