"""The routes: recommendations, rulesets and stacks under `/v1`, and whether the service is alive."""

from typing import Any

from flask import Blueprint, Flask, Response, current_app, request

from steelyard.api import Answer, Ruleset, Stack
from steelyard.knowledge import Knowledge, rules_document
from steelyard.recommendation import to_json_text
from steelyard.requirements import RequestError, as_of_a_record
from steelyard.web.asked_by_query import named_in, request_in
from steelyard.web.bodies import read_json_body
from steelyard.web.choice import chosen, unknown_ruleset, unknown_stack
from steelyard.web.described import described, described_shelf
from steelyard.web.described_stack import described_stack, described_stacks
from steelyard.web.negotiation import JSON, MARKDOWN, SVG, acceptable
from steelyard.web.problems import UNKNOWN_RULESET, UNKNOWN_STACK, ProblemError, sentences
from steelyard.web.queries import day_asked
from steelyard.web.replies import json_reply, revalidated, text_reply, varying
from steelyard.web.shelf import Shelf

_EXTENSION = "steelyard"

_v1 = Blueprint("v1", __name__, url_prefix="/v1")

_RECOMMENDATIONS = "/recommendations"
_FORMS_OF_STACKS = (JSON, MARKDOWN)
_FORMS = (*_FORMS_OF_STACKS, SVG)

_operations = Blueprint("operations", __name__)


def add_routes(app: Flask, shelf: Shelf) -> None:
    """Has the application answer from the shelf."""
    app.extensions[_EXTENSION] = shelf
    app.register_blueprint(_v1)
    app.register_blueprint(_operations)


@_v1.before_request
def _demand_acceptable() -> None:
    """Refuses a client that takes no form of the answer, before anything else is looked at."""
    acceptable(_FORMS if request.path == f"{_v1.url_prefix}{_RECOMMENDATIONS}" else (JSON,))


@_v1.post(_RECOMMENDATIONS)
def _recommend() -> Response:
    data = read_json_body()
    return _recommendation(chosen(_shelf(), data), data)


@_v1.get(_RECOMMENDATIONS)
def _recommend_by_query() -> Response:
    asked = chosen(_shelf(), named_in(request.args))
    data, faults = request_in(request.args, asked.needs)
    try:
        reply = _recommendation(asked, data)
    except RequestError as error:
        raise RequestError([*faults, *error.diagnostics]) from None
    if faults:
        raise RequestError(faults)
    return revalidated(reply)


def _recommendation(asked: Ruleset | Stack, data: Any) -> Response:
    """The answer in the form that the client takes most gladly."""
    form = acceptable(_FORMS if isinstance(asked, Ruleset) else _FORMS_OF_STACKS)
    answer = asked.answer(as_of_a_record(data) if form == MARKDOWN else data)
    if form == MARKDOWN:
        return text_reply(answer.to_markdown(), MARKDOWN)
    if form == SVG and isinstance(answer, Answer):
        return text_reply(answer.to_svg(), SVG)
    return varying(json_reply(answer.to_json()))


@_v1.get("/rulesets")
def _list_rulesets() -> Response:
    return json_reply(to_json_text(described_shelf(_shelf())))


@_v1.get("/rulesets/<id>")
def _describe_ruleset(id: str) -> Response:  # noqa: A002  the route calls it so
    return json_reply(to_json_text(described(_served(id))))


@_v1.get("/rulesets/<id>/rules")
def _tell_rules(id: str) -> Response:  # noqa: A002  the route calls it so
    knowledge = Knowledge.of(_served(id).model, day_asked())
    return json_reply(to_json_text(rules_document(knowledge)))


@_v1.get("/stacks")
def _list_stacks() -> Response:
    return json_reply(to_json_text(described_stacks(_shelf())))


@_v1.get("/stacks/<id>")
def _describe_stack(id: str) -> Response:  # noqa: A002  the route calls it so
    stack = _shelf().stacks.get(id)
    if stack is None:
        unknown = unknown_stack(_shelf(), id)
        raise ProblemError(UNKNOWN_STACK, sentences(unknown.message, unknown.help), [unknown])
    return json_reply(to_json_text(described_stack(stack)))


@_operations.get("/healthz")
def _tell_alive() -> Response:
    # Whoever watches the service may accept whatever they like.
    return json_reply(to_json_text({"status": "ok"}))


def _served(id_: str) -> Ruleset:
    ruleset = _shelf().rulesets.get(id_)
    if ruleset is None:
        unknown = unknown_ruleset(_shelf(), id_)
        raise ProblemError(UNKNOWN_RULESET, sentences(unknown.message, unknown.help), [unknown])
    return ruleset


def _shelf() -> Shelf:
    shelf: Shelf = current_app.extensions[_EXTENSION]
    return shelf
