"""What can be asked, and all that is known."""

from typing import TYPE_CHECKING

from flask import Response

from steelyard.api import Ruleset
from steelyard.knowledge import Knowledge, rules_document
from steelyard.recommendation import to_json_text
from steelyard.web.documents import described, described_shelf
from steelyard.web.exchange import the_exchange
from steelyard.web.problems import UNKNOWN_RULESET, ProblemError, sentences
from steelyard.web.reading import day_asked, unknown_ruleset
from steelyard.web.replies import json_reply

if TYPE_CHECKING:
    from steelyard.web.service import Service


def list_rulesets(_service: "Service") -> Response:
    """Tells every ruleset in short, the default first."""
    return json_reply(to_json_text(described_shelf(the_exchange().shelf)))


def describe_ruleset(_service: "Service", id: str) -> Response:  # noqa: A002  the route calls it so
    """Tells what one ruleset can be asked."""
    return json_reply(to_json_text(described(asked_ruleset(id))))


def tell_rules(_service: "Service", id: str) -> Response:  # noqa: A002  the route calls it so
    """Tells all that one ruleset knows."""
    knowledge = Knowledge.of(asked_ruleset(id).model, day_asked())
    return json_reply(to_json_text(rules_document(knowledge)))


def asked_ruleset(id_: str) -> Ruleset:
    """The ruleset that the path names.

    Raises:
        ProblemError: there is none of that id.
    """
    exchange = the_exchange()
    ruleset = exchange.shelf.rulesets.get(id_)
    if ruleset is None:
        unknown = unknown_ruleset(exchange.shelf, id_)
        raise ProblemError(UNKNOWN_RULESET, sentences(unknown.message, unknown.help), [unknown])
    exchange.asked = ruleset
    return ruleset
