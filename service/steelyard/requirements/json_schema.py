"""What one ruleset or stack can be asked, as JSON Schema 2020-12: for forms, editors and programs that ask it.

What a schema takes, `RequestReader` takes, and the other way round, but for two things that only the reader sees to: a
day that the calendar does not have, to a validator that passes over `format`; and a comparison of candidates of which
`candidates` names one only. A property test holds both to it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from steelyard.model import Candidate, Need, Ruleset
from steelyard.requirements.request import request_schema_of
from steelyard.shape import DIALECT, IMPORTANCE, answer_schema, titled_schema

Schema = dict[str, Any]

# No need has a hyphen in its id.
_IMPORTANCE = "importance-of-an-answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Askable:
    """What there is to know of a ruleset or a stack before it is asked.

    Attributes:
        kind: which of both it is.
        id: its id.
        title: its title.
        needs: the needs that can be answered.
        rivals: the candidates by the question that they answer: one for a ruleset, one for each part of a stack.
    """

    kind: Literal["ruleset", "stack"]
    id: str
    title: str
    needs: Mapping[str, Need] = field(hash=False)
    rivals: Sequence[Mapping[str, Candidate]] = field(hash=False)

    @classmethod
    def of(cls, ruleset: Ruleset) -> "Askable":
        """What there is to know of a ruleset."""
        return cls(kind="ruleset", id=ruleset.id, title=ruleset.title, needs=ruleset.needs, rivals=[ruleset.candidates])

    @property
    def urn(self) -> str:
        """A name for it that no host has to answer to."""
        return f"urn:steelyard:{self.kind}:{self.id}"


def requirements_schema(asked: Askable) -> Schema:
    """The schema of `requirements`: each answer as a bare value, or as a value with how much it matters."""
    return {
        "$schema": DIALECT,
        "$id": f"{asked.urn}:requirements",
        "title": asked.title,
        **_requirements(asked),
        "$defs": _definitions(asked),
    }


def request_schema(asked: Askable) -> Schema:
    """The schema of a whole request: `{ruleset or stack?, as_of?, requirements, candidates?, explain?, compare?}`."""
    names = {id_: candidate.name for group in asked.rivals for id_, candidate in group.items()}
    known = request_schema_of(
        **{asked.kind: {"const": asked.id}},
        requirements=_requirements(asked),
        candidates={"items": titled_schema(names.items())},
    )
    other = "stack" if asked.kind == "ruleset" else "ruleset"
    properties = {key: value for key, value in known["properties"].items() if key != other}
    properties["compare"] = _comparable(properties["compare"], asked.rivals)
    return {
        "$schema": DIALECT,
        "$id": f"{asked.urn}:request",
        "title": asked.title,
        **known,
        "properties": properties,
        "$defs": _definitions(asked),
    }


def _requirements(asked: Askable) -> Schema:
    properties = {need.id: _requirement(need) for need in asked.needs.values()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _requirement(need: Need) -> Schema:
    answer = {"$ref": f"#/$defs/{need.id}"}
    stated = {
        "type": "object",
        "properties": {"value": answer, "importance": {"$ref": f"#/$defs/{_IMPORTANCE}"}},
        "required": ["value"],
        "additionalProperties": False,
    }
    return {**_words(need), "anyOf": [answer, stated]}


def _words(need: Need) -> Schema:
    """The question, and what helps to answer it."""
    return {"title": need.question, **({} if need.help is None else {"description": need.help})}


def _definitions(asked: Askable) -> Schema:
    answers = {need.id: answer_schema(need) for need in asked.needs.values()}
    return {**answers, _IMPORTANCE: {"title": "How much the answer matters", "default": "should", **IMPORTANCE}}


def _comparable(pair: Schema, rivals: Iterable[Mapping[str, Candidate]]) -> Schema:
    """A pair, as any request has it, of two candidates that answer the same question."""
    words = {key: value for key, value in pair.items() if key == "description"}
    whole = {key: value for key, value in pair.items() if key not in words}
    pairs = [{**whole, "items": titled_schema((id_, each.name) for id_, each in group.items())} for group in rivals]
    return {**words, **(pairs[0] if len(pairs) == 1 else {"anyOf": pairs})}


Whole = Literal["requirements", "request"]
"""What is described: the requirements, or a whole request."""

SCHEMAS: Mapping[Whole, Callable[[Askable], Schema]] = {
    "requirements": requirements_schema,
    "request": request_schema,
}
"""What makes the schema of each."""
