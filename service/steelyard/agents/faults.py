"""Faults of a call, told so that a model can correct itself: where, what, what was meant, and what would be taken."""

from collections.abc import Collection, Mapping
from typing import Any

from steelyard.agents.inputs import DETAIL
from steelyard.agents.parameters import Schema, plain
from steelyard.agents.reading import CallError
from steelyard.agents.served import Served
from steelyard.api import Ruleset
from steelyard.diagnostics import Code, Diagnostic
from steelyard.recommendation import counted
from steelyard.shape import DAY, IMPORTANCE, answer_schema

_MOST_TOLD = 20
_MOST_NAMES = 100
_SIMPLE: Mapping[str, Schema] = {"as_of": DAY, "detail": DETAIL}
_NEED_KEYS = ("requirements", "needs", "skip")
_CANDIDATE_KEYS = ("candidates", "candidate", "compare")


def faults_document(error: CallError, served: Served, taken: Mapping[str, Any]) -> dict[str, Any]:
    """The faults as plain data.

    Args:
        error: what was found.
        served: what can be asked.
        taken: the parameters that the tool takes, by name.
    """
    told = error.diagnostics[:_MOST_TOLD]
    return {
        "errors": [_told(each, error.ruleset, served, taken) for each in told],
        "left_out": len(error.diagnostics) - len(told),
    }


def faults_text(document: Mapping[str, Any]) -> str:
    """The same for reading."""
    errors, left_out = document["errors"], document["left_out"]
    lines = [f"The arguments have {counted(len(errors) + left_out, 'fault')}. Correct them and call again."]
    lines += [_line(each) for each in errors]
    return "\n".join([*lines, *([f"{left_out} more are not told."] if left_out else [])])


def _told(diagnostic: Diagnostic, ruleset: Ruleset | None, served: Served, taken: Mapping[str, Any]) -> dict[str, Any]:
    expected = _expected(diagnostic, ruleset, served, taken)
    return {
        "pointer": diagnostic.pointer,
        "code": diagnostic.code.value,
        "detail": diagnostic.message,
        "help": diagnostic.help,
        **({} if expected is None else {"expected": expected}),
    }


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
        return _one_of(ruleset.candidates)
    if key not in _NEED_KEYS or len(path) < 2:
        return None
    need = ruleset.needs.get(path[1]) if key == "requirements" else None
    if need is None:
        return _one_of(ruleset.needs)
    return {"type": "string", **IMPORTANCE} if path[2:3] == ["importance"] else plain(answer_schema(need))


def _one_of(names: Collection[str]) -> Schema | None:
    """One of the names; nothing where there are too many of them to read."""
    return {"type": "string", "enum": list(names)} if 0 < len(names) <= _MOST_NAMES else None


def _line(error: Mapping[str, Any]) -> str:
    where = f"{error['pointer']}: " if error["pointer"] else ""
    help_ = f" ({error['help']})" if error["help"] else ""
    allowed = _allowed(error.get("expected", {}))
    return f"- {where}{error['detail']}{help_}{f'; allowed: {allowed}' if allowed else ''}"


def _allowed(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(schema["enum"])
    match schema.get("type"):
        case "array":
            return f"a list of any of {_allowed(schema['items'])}"
        case "boolean":
            return "true, false"
        case "number":
            return f"a number from {schema['minimum']} to {schema['maximum']}"
        case "string":
            return "a day, YYYY-MM-DD"
    return ""
