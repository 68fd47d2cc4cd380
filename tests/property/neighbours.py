"""Everything that could have been said instead, one request at a time, each asked anew: slow and plain."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

import steelyard
from tests.property.conditions import IMPORTANCES, Data

Stated = Data
"""Requirements, each as a value with its importance."""


def winners(ruleset: steelyard.Ruleset, request: Data, requirements: Stated) -> tuple[str, ...]:
    """Who is recommended to the request with these requirements instead: one, all who tie, or none."""
    return then(ruleset, request, requirements)["recommended"]  # type: ignore[no-any-return]  # a tuple of ids


def then(ruleset: steelyard.Ruleset, request: Data, requirements: Stated) -> Data:
    """What the answer comes to, in the words of a `Then`."""
    decision = ruleset.decide(requirements, as_of=request["as_of"], candidates=request.get("candidates"))
    found = decision.recommended
    return {
        "outcome": decision.outcome.value,
        "recommended": (found.candidate, *found.tied_with) if found is not None else (),
        "lead": found.lead if found is not None else None,
        "scores": decision.scores,
    }


def numbers_in(node: Any) -> Iterator[float]:
    """Every number anywhere in a condition."""
    if isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from numbers_in(part)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield float(node)


def values(document: Data, need: str) -> list[Any]:
    """Answers to a need: all of a finite type, and of a number so many that every test comes out in every way."""
    body = document["needs"][need]
    match body["type"]:
        case "flag":
            return [True, False]
        case "number":
            cuts = {cut for rule in document["rules"].values() for cut in numbers_in(rule.get("when", {}))}
            low, high = body["minimum"], body["maximum"]
            inside = sorted({float(low), float(high), *(cut for cut in cuts if low <= cut <= high)})
            return [*inside, *((before + after) / 2 for before, after in pairwise(inside))]
        case "choices":
            return [[], *([option] for option in body["options"])]
    return list(body["options"])


def other_values(document: Data, need: str, value: Any) -> list[Any]:
    """What else than a value could be said: of `choices` also one option less, or one more."""
    others = values(document, need)
    if document["needs"][need]["type"] == "choices":
        others = [
            *others,
            *([each for each in value if each != option] for option in value),
            *([*value, option] for option in document["needs"][need]["options"] if option not in value),
        ]
    return [each for each in others if each != value]


Change = tuple[str, Data | None]


def changes_of_answers(document: Data, stated: Stated) -> Iterator[Change]:
    """Every change of one answer: another value, another importance, or none."""
    for need, said in stated.items():
        yield need, None
        for importance in IMPORTANCES:
            if importance != said["importance"]:
                yield need, {**said, "importance": importance}
        for value in other_values(document, need, said["value"]):
            yield need, {**said, "value": value}


def new_answers(document: Data, stated: Stated) -> Iterator[Change]:
    """Every answer to a need of which nothing is said."""
    for need in document["needs"]:
        if need not in stated:
            for value in values(document, need):
                yield need, {"value": value, "importance": "should"}


def changed(stated: Stated, *changes: Change) -> Stated:
    """The requirements with the changes."""
    together = {**stated, **dict(changes)}
    return {need: said for need, said in together.items() if said is not None}


def searches(document: Data, stated: Stated) -> Iterator[list[tuple[Change, ...]]]:
    """The changes of one or two answers, those first that are told before others."""
    answered, new = list(changes_of_answers(document, stated)), list(new_answers(document, stated))
    yield [(each,) for each in answered]
    yield [pair for pair in combinations(answered, 2) if pair[0][0] != pair[1][0]]
    yield [(each,) for each in new]
    pairs = [*((one, other) for one in answered for other in new), *combinations(new, 2)]
    yield [pair for pair in pairs if pair[0][0] != pair[1][0]]
