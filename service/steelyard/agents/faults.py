"""Faults of a call, told so that a model can correct itself: where, what, what was meant, and what would be taken."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from steelyard.agents.inputs import DETAIL
from steelyard.agents.parameters import Schema, plain
from steelyard.agents.reading import CallError
from steelyard.agents.served import Served
from steelyard.api import Ruleset
from steelyard.diagnostics import Code, Diagnostic, closest, listing
from steelyard.recommendation import counted
from steelyard.shape import DAY, IMPORTANCE, answer_schema

_MOST_TOLD = 20
_MOST_NAMES = 100
_LONGEST_POINTER = 200
_SIMPLE: Mapping[str, Schema] = {"as_of": DAY, "detail": DETAIL}
_CANDIDATE_KEYS = ("candidates", "candidate", "compare")
_NOUNS: Mapping[Code, tuple[str, Callable[[Ruleset], Collection[str]]]] = {
    Code.REQUEST_UNKNOWN_NEED: ("need", lambda ruleset: ruleset.needs),
    Code.REQUEST_UNKNOWN_CANDIDATE: ("candidate", lambda ruleset: ruleset.candidates),
}
_STATED_KEYS = ("value", "importance")
_PAIR: Mapping[str, int] = {"minItems": 2, "maxItems": 2}
_BY_OTHERS = (Code.REQUEST_CANNOT_COMPARE, Code.VALUE_UNKNOWN_WORD)


def faults_document(
    error: CallError, served: Served, taken: Mapping[str, Any], arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """The faults as plain data.

    Args:
        error: what was found.
        served: what can be asked.
        taken: the parameters that the tool takes, by name.
        arguments: what the model gave.
    """
    told = error.diagnostics[:_MOST_TOLD]
    return {
        "errors": [_told(each, _expected(each, error.ruleset, served, taken), served, arguments) for each in told],
        "left_out": len(error.diagnostics) - len(told),
    }


def faults_text(document: Mapping[str, Any]) -> str:
    """The same for reading."""
    errors, left_out = document["errors"], document["left_out"]
    lines = [f"The arguments have {counted(len(errors) + left_out, 'fault')}. Correct them and call again."]
    first_places = {_allowed_at(each): each["pointer"] for each in reversed(errors)}
    lines += [_line(each, first_places) for each in errors]
    return "\n".join([*lines, *([f"{left_out} more are not told."] if left_out else [])])


def _told(
    diagnostic: Diagnostic, expected: Schema | None, served: Served, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "pointer": _cut(diagnostic.pointer),
        "code": diagnostic.code.value,
        "detail": diagnostic.message,
        "help": _help(diagnostic, expected or {}, served, arguments),
        **({} if expected is None else {"expected": expected}),
    }


def _cut(pointer: str) -> str:
    return pointer if len(pointer) <= _LONGEST_POINTER else f"{pointer[: _LONGEST_POINTER - 1]}…"


def _help(diagnostic: Diagnostic, expected: Schema, served: Served, arguments: Mapping[str, Any]) -> str | None:
    """What to do about it. Of an unknown name: the rulesets to which it belongs, or the name that was meant."""
    if diagnostic.code not in _NOUNS:
        return diagnostic.help
    noun, named = _NOUNS[diagnostic.code]
    name = _unknown_name(diagnostic, arguments)
    owners = [ruleset.id for ruleset in served.rulesets.values() if name in named(ruleset)]
    if owners:
        return f"it is a {noun} of {listing(owners, word='and')}"
    # Where none is near, the help lists some of the names, all of which are told as expected.
    return None if "enum" in expected and closest(name, expected["enum"]) is None else diagnostic.help


def _unknown_name(diagnostic: Diagnostic, arguments: Mapping[str, Any]) -> str:
    """The unknown need or candidate: a key of the requirements, an item of a list, or an argument."""
    key, *place = diagnostic.path
    if key == "requirements":
        return str(place[0])
    given = arguments[str(key)]
    return str(given[place[0]] if place else given)


def _expected(
    diagnostic: Diagnostic, ruleset: Ruleset | None, served: Served, taken: Mapping[str, Any]
) -> Schema | None:
    """What would be taken at the place of a fault, as JSON Schema; None if that says no more than its message."""
    path = [str(each) for each in diagnostic.path]
    if diagnostic.code is Code.KEY_UNKNOWN and len(path) == 1:
        return _one_of(taken)
    key = path[0] if path else ""
    if key == "ruleset":
        return _one_of(served.rulesets)
    if key in _SIMPLE:
        return _SIMPLE[key]
    if ruleset is None:
        return None
    if key in _CANDIDATE_KEYS:
        return _expected_candidates(diagnostic, ruleset)
    if key in ("needs", "skip"):
        return _one_of(ruleset.needs) if path[1:] else _list_of(ruleset.needs)
    return _expected_answer(diagnostic, ruleset) if key == "requirements" and path[1:] else None


def _expected_candidates(diagnostic: Diagnostic, ruleset: Ruleset) -> Schema | None:
    key, *place = diagnostic.path
    if diagnostic.code in _BY_OTHERS and (place or key == "candidate"):
        # What is taken depends on `candidates`, of which the help tells.
        return None
    if place or key == "candidate":
        return _one_of(ruleset.candidates)
    return _list_of(ruleset.candidates, **(_PAIR if key == "compare" else {}))


def _expected_answer(diagnostic: Diagnostic, ruleset: Ruleset) -> Schema | None:
    _, need, *within = map(str, diagnostic.path)
    if need not in ruleset.needs:
        return _one_of(ruleset.needs)
    if within and diagnostic.code is Code.KEY_UNKNOWN:
        return _one_of(_STATED_KEYS)
    return dict(IMPORTANCE) if within[:1] == ["importance"] else plain(answer_schema(ruleset.needs[need]))


def _one_of(names: Collection[str]) -> Schema | None:
    """One of the names; nothing where there are too many of them to read."""
    return {"type": "string", "enum": list(names)} if 0 < len(names) <= _MOST_NAMES else None


def _list_of(names: Collection[str], **more: int) -> Schema:
    """A list of the names; of anything where there are too many of them to read."""
    items = _one_of(names)
    return {"type": "array", **({} if items is None else {"items": items}), **more}


def _line(error: Mapping[str, Any], first_places: Mapping[str, str]) -> str:
    """A fault; what is allowed in several places is told at the first of them, unless it is as short as that place."""
    where = f"{error['pointer']}: " if error["pointer"] else ""
    help_ = f" ({error['help']})" if error["help"] else ""
    allowed = _allowed_at(error)
    first = first_places[allowed]
    again = f"the same as at {first}"
    told = again if first != error["pointer"] and len(again) < len(allowed) else allowed
    return f"- {where}{error['detail']}{help_}{f'; allowed: {told}' if told else ''}"


def _allowed_at(error: Mapping[str, Any]) -> str:
    return _allowed(error.get("expected", {}))


def _allowed(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(schema["enum"])
    match schema.get("type"):
        case "array":
            kind = "a list of two" if "minItems" in schema else "a list"
            any_ = "" if "minItems" in schema else " of any"
            return f"{kind}{any_} of {_allowed(schema['items'])}" if "items" in schema else kind
        case "boolean":
            return "true, false"
        case "number":
            return f"a number from {schema['minimum']} to {schema['maximum']}"
        case "string":
            return "a day, YYYY-MM-DD"
    return ""
