"""The page, the files that it is made of, and the files that it offers."""

from typing import TYPE_CHECKING

from flask import Response, request

from steelyard.diagnostics import listing, quote
from steelyard.web.exchange import the_exchange
from steelyard.web.pages.assets import assets
from steelyard.web.pages.reading import read_project
from steelyard.web.pages.rendering import render
from steelyard.web.pages.replying import asset_reply, page_reply, place_at
from steelyard.web.pages.sheet import sheet
from steelyard.web.problems import NOT_FOUND, ProblemError, sentences
from steelyard.web.reading import JSON, MARKDOWN, SVG
from steelyard.web.reply import Reply
from steelyard.web.routes.recommendations import answer_to_query

if TYPE_CHECKING:
    from steelyard.web.service import Service

_IN_PLACE = "Steelyard-In-Place"
"""The header by which the page's own script asks for the next page at once, and not to be sent to its address."""

_FILES = {"decision.md": MARKDOWN, "ranking.svg": SVG, "recommendation.json": JSON}


def show_page(service: "Service") -> Response:
    """Shows the questions and the answer for what the address says."""
    exchange = the_exchange()
    read = read_project(exchange.shelf, request.args)
    exchange.asked = read.project.asked
    place = place_at(service, "/")
    address = place.home + read.project.address
    # What a form sends is long; the address of the page that it leads to is what can be kept and sent.
    is_otherwise_written = not read.faults and tuple(request.args.items(multi=True)) != read.project.query
    if is_otherwise_written and _IN_PLACE not in request.headers:
        return Reply(status=303, headers={"Location": address})
    page = page_reply(render("project.html", place, sheet(read.project, read.faults, exchange.shelf, place)))
    page.headers["Vary"] = f"{page.headers['Vary']}, {_IN_PLACE}"
    if is_otherwise_written:
        page.headers["Content-Location"] = address
    return page


def download(service: "Service", name: str) -> Response:
    """Sends the answer to the request that the query holds as a file."""
    form = _FILES.get(name)
    if form is None or (form == SVG and "stack" in request.args):
        raise ProblemError(NOT_FOUND, sentences(f"there is no file {quote(name)}", f"there is {listing(_FILES)}"))
    reply = answer_to_query(service, form)
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


def send_asset(_service: "Service", version: str, name: str) -> Response:
    """Sends a file of the pages."""
    found = assets().by_name.get(name)
    if found is None:
        raise ProblemError(NOT_FOUND, sentences("there is no such file"))
    return asset_reply(version, found)


def is_for_people(endpoint: str | None) -> bool:
    """Whether a route is that of a page, or leads nowhere, as addresses do that people mistype."""
    from steelyard.web.routes.table import ROUTES  # noqa: PLC0415  the table has these views in it

    name = (endpoint or "nowhere").rpartition(".")[2]
    return name.endswith("nowhere") or any(route.is_page and route.name == name for route in ROUTES)
