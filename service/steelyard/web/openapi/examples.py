"""Examples out of the rulesets that are served: requests that they take, and what the service answers to them."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from steelyard.api import Ruleset, Stack
from steelyard.model import Evidence, Need, NeedType
from steelyard.web.documents import described, described_shelf, described_stack, described_stacks
from steelyard.web.keeping import Shelf

_MOST_CHARACTERS = 8000
"""How long an answer is at most that is shown."""

_MOST_NEEDS = 3
_NO_EVIDENCE = date(2026, 1, 1)

Examples = dict[str, dict[str, Any]]


def requests_to(shelf: Shelf) -> Examples:
    """Requests to post, by name."""
    default = shelf.default
    two = list(default.candidates)[:2]
    examples: Examples = {
        "two-candidates": _example("Two candidates are weighed", {**_request(default), "candidates": two}),
        "all-candidates": _example("All candidates are weighed", _request(default)),
        "questions": _example("What to ask next", {**_request(default), "explain": ["questions"]}),
    }
    if len(two) == 2:
        wanted = {**_request(default), "explain": ["changes"], "compare": two}
        examples["why"] = _example("Why one, and what would change it", wanted)
    for stack in list(shelf.stacks.values())[:1]:
        examples["stack"] = _example("A stack is asked", {"stack": stack.id, **_request(stack)})
    return examples


def query_to(shelf: Shelf) -> dict[str, Any]:
    """The parameters of a request in the query, by name."""
    request = _request(shelf.default)
    stated = request["requirements"]
    musts = [need for need, said in stated.items() if isinstance(said, dict)]
    needs = {need: _in_query(said["value"] if isinstance(said, dict) else said) for need, said in stated.items()}
    return {"needs": needs, "must": musts, "as_of": request["as_of"], "candidates": list(shelf.default.candidates)[:2]}


def answers_of(shelf: Shelf) -> Mapping[str, Any]:
    """What the service answers, by the name of the route; what is too long to be read is left out."""
    recommendation = shelf.default.answer(requests_to(shelf)["two-candidates"]["value"]).to_dict()
    found = {
        "recommend": recommendation,
        "recommend_by_query": recommendation,
        "list_rulesets": described_shelf(shelf),
        "describe_ruleset": described(shelf.default),
        "list_stacks": described_stacks(shelf),
        "tell_alive": {"status": "ok"},
    }
    for stack in list(shelf.stacks.values())[:1]:
        found["describe_stack"] = described_stack(stack)
    return {name: answer for name, answer in found.items() if len(json.dumps(answer)) <= _MOST_CHARACTERS}


def ids_in(shelf: Shelf) -> dict[str, str]:
    """An id that there is, by the beginning of the path that it stands in."""
    stack = next(iter(shelf.stacks), None)
    return {"/v1/rulesets/": shelf.default.id, **({} if stack is None else {"/v1/stacks/": stack})}


def _request(asked: Ruleset | Stack) -> dict[str, Any]:
    """A request that answers a few needs, the first of them as a must, on a day that does not pass."""
    needs = list(asked.needs.values())[:_MOST_NEEDS]
    answers: dict[str, Any] = {need.id: _answer_to(need) for need in needs}
    first = needs[0].id
    return {"as_of": _day(asked), "requirements": {**answers, first: {"value": answers[first], "importance": "must"}}}


def _day(asked: Ruleset | Stack) -> str:
    """The day of the youngest evidence."""
    days = [each.published for each in _evidence_of(asked)]
    return max(days, default=_NO_EVIDENCE).isoformat()


def _evidence_of(asked: Ruleset | Stack) -> Iterable[Evidence]:
    if isinstance(asked, Ruleset):
        return asked.evidence.values()
    return [each for part in asked.parts.values() for each in part.ruleset.evidence.values()]


def _answer_to(need: Need) -> Any:
    match need.type:
        case NeedType.FLAG:
            return True
        case NeedType.NUMBER:
            return need.minimum
        case NeedType.CHOICES:
            return [need.option_ids[0]]
        case _:
            return need.option_ids[0]


def _in_query(value: Any) -> str:
    """An answer as the query writes it."""
    if isinstance(value, list):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _example(summary: str, value: Any) -> dict[str, Any]:
    return {"summary": summary, "value": value}
