"""The service described, for machines and for people, and what each ruleset and stack takes."""

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from flask import Response, request

from steelyard.recommendation import to_json_text
from steelyard.requirements import SCHEMAS, Askable
from steelyard.web.exchange import the_exchange
from steelyard.web.reading import HTML, schema_asked
from steelyard.web.replies import json_reply, revalidated
from steelyard.web.reply import Reply
from steelyard.web.routes.named import named_ruleset, named_stack
from steelyard.web.routes.route import mounted_at

if TYPE_CHECKING:
    from steelyard.web.service import Service


def tell_ruleset_schema(_service: "Service", id: str) -> Response:  # noqa: A002  the route calls it so
    """Tells what one ruleset takes, as JSON Schema."""
    return _schema(Askable.of(named_ruleset(id).model))


def tell_stack_schema(_service: "Service", id: str) -> Response:  # noqa: A002  the route calls it so
    """Tells what one stack takes, as JSON Schema."""
    return _schema(named_stack(id).model.askable)


def tell_openapi(service: "Service") -> Response:
    """Tells the OpenAPI document."""
    return revalidated(json_reply(to_json_text(_document(service, "/openapi.json"))))


def show_docs(service: "Service") -> Response:
    """Shows the same as a page."""
    # Imported here, as below: few look at the description, and nobody else need wait for what makes it.
    from steelyard.web.openapi.page import POLICY, docs_page  # noqa: PLC0415

    origin = request.root_url.removesuffix("/").removesuffix(request.script_root)
    page = Reply(docs_page(_document(service, "/docs"), origin), content_type=f"{HTML}; charset=utf-8")
    page.headers["Content-Security-Policy"] = POLICY
    return page


def _schema(asked: Askable) -> Response:
    return json_reply(to_json_text(SCHEMAS[schema_asked()](asked)))


def _document(service: "Service", path: str) -> dict[str, Any]:
    from steelyard.web.openapi.document import Mounted, openapi_document  # noqa: PLC0415

    return openapi_document(
        Mounted(
            routes=service.routes,
            prefix=mounted_at(path),
            version=version("steelyard"),
            shelf=the_exchange().shelf,
            wants_keys=service.settings.api_keys_file is not None,
        )
    )
