"""The page inside somebody else's page: the script that puts it there, and what it puts there."""

from typing import TYPE_CHECKING

from flask import Response, request

from steelyard.web.exchange import the_exchange
from steelyard.web.pages.assets import Asset, assets, pack
from steelyard.web.pages.embedded import View, Within, read_view, required
from steelyard.web.pages.reading import read_project
from steelyard.web.pages.rendering import render
from steelyard.web.pages.replying import asset_reply, page_reply, place_at
from steelyard.web.pages.sheet import sheet

if TYPE_CHECKING:
    from steelyard.web.service import Service


def show_embedded(service: "Service") -> Response:
    """Shows the questions with the answer, or the answer alone, for what the address says."""
    exchange = the_exchange()
    view, query, faults = read_view(request.args)
    read = read_project(exchange.shelf, query)
    exchange.asked = read.project.asked
    page = place_at(service, "/embedded")
    within = Within(page.root, page.origin, page.has_api)
    asks = view is View.QUESTIONS
    data = sheet(read.project, (*faults, *read.faults), exchange.shelf, within)
    more = {"page": page, "asks": asks, "required": required(read.project)}
    return page_reply(render("embedded.html", within if asks else page, {**data, **more}))


def send_embed_script(service: "Service") -> Response:
    """Sends the script that another page includes; it knows by what version to ask for the rest."""
    script = render("embed.js", place_at(service, "/embed.js"), {"version": assets().version}).encode()
    # Its address has no version, and so is no place for what is kept for ever.
    reply = asset_reply("", Asset(script, pack(script), "text/javascript; charset=utf-8"))
    # A page that may not ask is to be told so, too: by the script.
    reply.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return reply
