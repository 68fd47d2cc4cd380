"""What there is to say of one operation beside its path: the words, what it is asked with, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from steelyard.web.openapi.answers import Answer, Problem

Told = Mapping[str, Any]
"""A part of the OpenAPI document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation.

    Attributes:
        tag: the group that it belongs to.
        summary: what it does, in a few words.
        description: what else is to be known, in Markdown.
        answers: what it answers by media type: a schema, or a part of the document.
        parameters: what is asked beside the path, as parts of the document.
        body: what is posted by media type, likewise.
        headers: names of headers of a success, beside those that all responses have.
        refusals: the statuses with which it refuses, beside those with which any operation may.
        others: further responses by status, where they are no problems: what they mean, and their schema, if any.
    """

    tag: str
    summary: str
    description: str
    answers: Mapping[str, type[Answer] | Told] = field(hash=False)
    parameters: tuple[Told, ...] = ()
    body: Mapping[str, Told] = field(default_factory=dict, hash=False)
    headers: tuple[str, ...] = ()
    refusals: tuple[HTTPStatus, ...] = ()
    others: Mapping[HTTPStatus, tuple[str, type[Answer] | None]] = field(default_factory=dict, hash=False)


def reference(part: type[Answer]) -> Told:
    """Where a schema stands in the document."""
    return {"$ref": f"#/components/schemas/{part.__name__}"}


def content_of(answers: Mapping[str, type[Answer] | Told]) -> dict[str, Any]:
    """Answers by media type, as content of a response."""
    return {
        media_type: {"schema": reference(each) if isinstance(each, type) else each}
        for media_type, each in answers.items()
    }


PROBLEM = content_of({"application/problem+json": Problem})
"""The content of a response that is a problem."""
