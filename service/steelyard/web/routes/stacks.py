"""The stacks that can be asked."""

from typing import TYPE_CHECKING

from flask import Response

from steelyard.recommendation import to_json_text
from steelyard.web.documents import described_stack, described_stacks
from steelyard.web.exchange import the_exchange
from steelyard.web.replies import json_reply
from steelyard.web.routes.named import named_stack

if TYPE_CHECKING:
    from steelyard.web.service import Service


def list_stacks(_service: "Service") -> Response:
    """Tells every stack in short."""
    return json_reply(to_json_text(described_stacks(the_exchange().shelf)))


def describe_stack(_service: "Service", id: str) -> Response:  # noqa: A002  the route calls it so
    """Tells what one stack can be asked."""
    return json_reply(to_json_text(described_stack(named_stack(id))))
