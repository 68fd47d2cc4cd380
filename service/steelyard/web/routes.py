"""The routes: recommendations and rulesets under `/v1`, and whether the service is alive."""

from flask import Blueprint, Flask, Response, current_app

from steelyard.recommendation import to_json_text
from steelyard.web.bodies import read_json_body
from steelyard.web.choice import chosen_ruleset, unknown_ruleset
from steelyard.web.described import described, described_shelf
from steelyard.web.negotiation import demand_json_is_acceptable
from steelyard.web.problems import UNKNOWN_RULESET, ProblemError, sentences
from steelyard.web.replies import json_reply
from steelyard.web.shelf import Shelf

_EXTENSION = "steelyard"

_v1 = Blueprint("v1", __name__, url_prefix="/v1")
_v1.before_request(demand_json_is_acceptable)

_operations = Blueprint("operations", __name__)


def add_routes(app: Flask, shelf: Shelf) -> None:
    """Has the application answer from the shelf."""
    app.extensions[_EXTENSION] = shelf
    app.register_blueprint(_v1)
    app.register_blueprint(_operations)


@_v1.post("/recommendations")
def _recommend() -> Response:
    request = read_json_body()
    return json_reply(chosen_ruleset(_shelf(), request).answer(request).to_json())


@_v1.get("/rulesets")
def _list_rulesets() -> Response:
    return json_reply(to_json_text(described_shelf(_shelf())))


@_v1.get("/rulesets/<id>")
def _describe_ruleset(id: str) -> Response:  # noqa: A002  the route calls it so
    ruleset = _shelf().rulesets.get(id)
    if ruleset is None:
        unknown = unknown_ruleset(_shelf(), id)
        raise ProblemError(UNKNOWN_RULESET, sentences(unknown.message, unknown.help), [unknown])
    return json_reply(to_json_text(described(ruleset)))


@_operations.get("/healthz")
def _tell_alive() -> Response:
    # Whoever watches the service may accept whatever they like.
    return json_reply(to_json_text({"status": "ok"}))


def _shelf() -> Shelf:
    shelf: Shelf = current_app.extensions[_EXTENSION]
    return shelf
