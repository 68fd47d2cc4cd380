"""What can be asked, and all that is known."""

from typing import TYPE_CHECKING

from flask import Response

from steelyard.knowledge import Knowledge, rules_document
from steelyard.recommendation import to_json_text
from steelyard.web.documents import described, described_shelf
from steelyard.web.exchange import the_exchange
from steelyard.web.reading import day_asked
from steelyard.web.replies import json_reply
from steelyard.web.routes.named import named_ruleset

if TYPE_CHECKING:
    from steelyard.web.service import Service


def list_rulesets(_service: "Service") -> Response:
    """Tells every ruleset in short, the default first."""
    return json_reply(to_json_text(described_shelf(the_exchange().shelf)))


def describe_ruleset(_service: "Service", id: str) -> Response:  # noqa: A002  the route calls it so
    """Tells what one ruleset can be asked."""
    return json_reply(to_json_text(described(named_ruleset(id))))


def tell_rules(_service: "Service", id: str) -> Response:  # noqa: A002  the route calls it so
    """Tells all that one ruleset knows."""
    knowledge = Knowledge.of(named_ruleset(id).model, day_asked())
    return json_reply(to_json_text(rules_document(knowledge)))
