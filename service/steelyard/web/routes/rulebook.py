"""The page of a ruleset."""

from typing import TYPE_CHECKING

from flask import Response, request

from steelyard.web.exchange import the_exchange
from steelyard.web.pages.rendering import render
from steelyard.web.pages.replying import page_reply, place_at
from steelyard.web.pages.rulebook import read_browsing, rulebook
from steelyard.web.routes.named import named_ruleset

if TYPE_CHECKING:
    from steelyard.web.service import Service


def show_rulebook(service: "Service", id: str) -> Response:  # noqa: A002  the route calls it so
    """Shows all that one ruleset knows, or a part of it."""
    read = read_browsing(named_ruleset(id), request.args)
    place = place_at(service, "/rulesets/<id>")
    data = rulebook(read.browsing, read.faults, the_exchange().shelf, place)
    return page_reply(render("rulebook.html", place, data))
