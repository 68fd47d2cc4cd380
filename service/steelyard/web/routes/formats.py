"""The format of rulesets, for editors that complete and check their files."""

from functools import cache
from typing import TYPE_CHECKING

from flask import Response

from steelyard.parser.format import format_schema, format_schema_of
from steelyard.recommendation import to_json_text
from steelyard.web.replies import json_reply, revalidated
from steelyard.web.routes.named import named_ruleset

if TYPE_CHECKING:
    from steelyard.web.service import Service


def tell_format(_service: "Service") -> Response:
    """Tells what any file of a ruleset may hold, as JSON Schema."""
    return revalidated(json_reply(_format()))


def tell_ruleset_format(_service: "Service", id: str) -> Response:  # noqa: A002  the route calls it so
    """Tells what a file of one ruleset may hold, as JSON Schema."""
    return revalidated(json_reply(to_json_text(format_schema_of(named_ruleset(id).model))))


@cache
def _format() -> str:
    return to_json_text(format_schema())
