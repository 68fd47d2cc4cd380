"""What the tools take, as JSON Schema made of the rulesets that are served."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from steelyard.agents.parameters import Schema, parameters_of, plain
from steelyard.agents.served import Served, askable
from steelyard.model import Need
from steelyard.requirements import request_schema_of, requirements_schema
from steelyard.shape import IMPORTANCE, TEXT, answer_schema

DETAIL: Schema = {
    "type": "string",
    "enum": ["brief", "full"],
    "default": "brief",
    "description": "How much is told: what matters most, or everything, which is long.",
}
_AS_BEFORE = "What is known of the project: the same answers by need as `recommend` takes."
_WEIGHED = "weighed-answer"
_ANSWER = "answer"
_VALUES: Sequence[Schema] = ({"type": "boolean"}, TEXT, {"type": "number"}, {"type": "array", "items": TEXT})
_STATED: Schema = {
    "type": "object",
    "description": "An answer, and how much it matters; `should` if that is not said.",
    "properties": {
        "value": {"anyOf": list(_VALUES), "description": "The answer, as it would stand alone."},
        "importance": IMPORTANCE,
    },
    "required": ["value"],
    "additionalProperties": False,
}


def ruleset_argument(served: Served) -> Schema:
    """The argument that names a ruleset."""
    titles = "; ".join(f"{ruleset.id}: {ruleset.title}" for ruleset in served.rulesets.values())
    described = f"The question to decide; {served.default.id} if it is not said. {titles}"
    return {"type": "string", "enum": list(served.rulesets), "description": described}


def of_question(
    served: Served,
    *,
    more: Mapping[str, Schema] | None = None,
    required: Iterable[str] = ("requirements",),
    in_words: bool = False,
) -> Schema:
    """The parameters of a tool that takes a request.

    Args:
        served: what can be asked.
        more: the arguments beside those of the request, by name.
        required: the names of the arguments that must be given.
        in_words: whether every need is described with its answers. They are long, and once is enough for a model.
    """
    described = requirements_schema_of(served) if in_words else _names_of_needs(served)
    definitions = described.pop("$defs", {})
    known = request_schema_of()["properties"]
    properties = {
        "ruleset": ruleset_argument(served),
        "as_of": plain(known["as_of"]),
        "requirements": described,
        "candidates": candidates_argument(served, "Weigh only these, by their ids; all if it is not said."),
        **(more or {}),
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **({"$defs": definitions} if definitions else {}),
    }


def candidates_argument(served: Served, words: str, **more: Any) -> Schema:
    """An argument that lists candidates."""
    known = dict.fromkeys(candidate for ruleset in served.rulesets.values() for candidate in ruleset.candidates)
    items = {"type": "string", "enum": list(known)}
    return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True, "description": words, **more}


def needs_argument(served: Served, words: str, **more: Any) -> Schema:
    """An argument that lists needs."""
    items = {"type": "string", "enum": _needs(served)}
    return {"type": "array", "items": items, "uniqueItems": True, "description": words, **more}


def requirements_schema_of(served: Served) -> Schema:
    """The requirements of what is served, with their definitions.

    Those of one ruleset are said in all words. Those of several are said in short: a server that describes all of them
    in a model's context should leave room for something else, and `get_needs` has the words.
    """
    if served.only is not None:
        whole = parameters_of(requirements_schema(askable(served.only)))
        return {"description": "What is known of the project: answers by need. Leave out what is not known.", **whole}
    by_need: dict[str, list[Need]] = {}
    for ruleset in served.rulesets.values():
        for need in ruleset.needs.values():
            by_need.setdefault(need.id, []).append(need)
    return {
        "description": "What is known of the project: answers by need, each of a need of the ruleset that is asked; "
        "`get_needs` tells which it has, and what the options mean. Leave out what is not known.",
        "type": "object",
        "properties": {need: _in_short(needs) for need, needs in by_need.items()},
        "additionalProperties": False,
        "$defs": {_WEIGHED: _STATED},
    }


def _in_short(needs: Iterable[Need]) -> Schema:
    """An answer to any of the needs, which are of one name in different rulesets."""
    questions = dict.fromkeys(need.question for need in needs)
    answers: list[Schema] = []
    for need in needs:
        answer = _without_words(plain(answer_schema(need)))
        if answer not in answers:
            answers.append(answer)
    return {"description": " Or: ".join(questions), "anyOf": [*answers, {"$ref": f"#/$defs/{_WEIGHED}"}]}


def _without_words(answer: Schema) -> Schema:
    kept = {key: value for key, value in answer.items() if key not in ("description", "uniqueItems")}
    return {**kept, "items": _without_words(kept["items"])} if "items" in kept else kept


def _names_of_needs(served: Served) -> Schema:
    """The requirements with nothing but the names of the needs."""
    return {
        "type": "object",
        "description": _AS_BEFORE,
        "properties": {need: {"$ref": f"#/$defs/{_ANSWER}"} for need in _needs(served)},
        "additionalProperties": False,
        "$defs": {_ANSWER: {"anyOf": [*_VALUES, _STATED]}},
    }


def _needs(served: Served) -> list[str]:
    return list(dict.fromkeys(need for ruleset in served.rulesets.values() for need in ruleset.needs))
