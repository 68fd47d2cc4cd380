"""The stacks that can be asked."""

from typing import TYPE_CHECKING

from flask import Response

from steelyard.api import Stack
from steelyard.recommendation import to_json_text
from steelyard.web.documents import described_stack, described_stacks
from steelyard.web.exchange import the_exchange
from steelyard.web.problems import UNKNOWN_STACK, ProblemError, sentences
from steelyard.web.reading import unknown_stack
from steelyard.web.replies import json_reply

if TYPE_CHECKING:
    from steelyard.web.service import Service


def list_stacks(_service: "Service") -> Response:
    """Tells every stack in short."""
    return json_reply(to_json_text(described_stacks(the_exchange().shelf)))


def describe_stack(_service: "Service", id: str) -> Response:  # noqa: A002  the route calls it so
    """Tells what one stack can be asked."""
    return json_reply(to_json_text(described_stack(asked_stack(id))))


def asked_stack(id_: str) -> Stack:
    """The stack that the path names.

    Raises:
        ProblemError: there is none of that id.
    """
    exchange = the_exchange()
    stack = exchange.shelf.stacks.get(id_)
    if stack is None:
        unknown = unknown_stack(exchange.shelf, id_)
        raise ProblemError(UNKNOWN_STACK, sentences(unknown.message, unknown.help), [unknown])
    exchange.asked = stack
    return stack
