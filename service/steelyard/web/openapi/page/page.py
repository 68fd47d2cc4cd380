"""The page, out of the document alone."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from steelyard.web.openapi.page.commands import command
from steelyard.web.openapi.page.words import kind, pretty, prose
from steelyard.web.templating import environment, style_source

Told = Mapping[str, Any]

_ENVIRONMENT = environment("steelyard.web.openapi.page")
_ENVIRONMENT.filters.update(kind=kind, pretty=pretty, prose=prose)

_STYLE = Markup((files("steelyard.web.openapi.page") / "templates" / "docs.css").read_text("utf-8"))  # noqa: S704  our own

_UNSAID: Told = {"security": [], "parameters": [], "requestBody": None}

POLICY = "; ".join(
    (
        "default-src 'none'",
        style_source(_STYLE),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""The Content-Security-Policy of the page: nothing but its own style, wherever it is mounted."""


def docs_page(document: Told, origin: str = "") -> str:
    """The page.

    Args:
        document: the OpenAPI document.
        origin: scheme and host at which the service is reached, for examples of commands.
    """
    operations = list(_operations(document, origin))
    groups = [
        (tag, [each for each in operations if tag["name"] in each["tags"]])
        for tag in document["tags"]
        if any(tag["name"] in each["tags"] for each in operations)
    ]
    page: str = _template().render(
        document=document, groups=groups, style=_STYLE, schemas=document["components"]["schemas"]
    )
    return page


@cache
def _template() -> Any:
    return _ENVIRONMENT.get_template("docs.html")


def _operations(document: Told, origin: str) -> Iterable[dict[str, Any]]:
    base = origin + document["servers"][0]["url"].rstrip("/")
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            responses = {status: _resolved(document, each) for status, each in told["responses"].items()}
            yield {
                **_UNSAID,
                **told,
                "method": method.upper(),
                "path": path,
                "responses": responses,
                "command": command(base, method.upper(), path, told),
                "answer": _example(told["responses"]["200"]),
            }


def _resolved(document: Told, response: Told) -> Told:
    """A response, where it is only referred to."""
    if "$ref" in response:
        response = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
    return {"content": {}, **response}


def _example(response: Told) -> Any:
    """An example of the answer; None if there is none."""
    examples = response["content"].get("application/json", {}).get("examples", {})
    return next((each["value"] for each in examples.values()), None)
