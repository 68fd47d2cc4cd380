"""Paths that lead nowhere, and methods that a path does not take."""

from functools import cache
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.routing import Map, Rule

from steelyard.diagnostics import closest, listing, quote
from steelyard.web.problems import METHOD_NOT_ALLOWED, NOT_FOUND, ProblemError, sentences
from steelyard.web.reply import Reply
from steelyard.web.routes.route import Route

if TYPE_CHECKING:
    from steelyard.web.service import Service

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def nowhere(service: "Service", path: str = "") -> Response:
    """Tells the methods of a path, and refuses whatever else no route takes."""
    allowed = _methods_of(f"/{path}", service.routes)
    if request.method == "OPTIONS" and allowed:
        return Reply(headers={"Allow": ", ".join(allowed)})
    raise elsewhere(f"/{path}", service.routes)


def elsewhere(path: str, routes: tuple[Route, ...]) -> ProblemError:
    """The refusal of a request that no route takes: its method is none that the path takes, or nothing is there.

    Args:
        path: its path from where the service is mounted.
        routes: those that are mounted.
    """
    allowed = ", ".join(_methods_of(path, routes))
    if allowed:
        detail = f"{quote(request.path)} takes {allowed}, and not {quote(request.method)}."
        return ProblemError(METHOD_NOT_ALLOWED, detail, headers={"Allow": allowed})
    mounted = request.path.removesuffix(path)
    known = sorted({mounted + route.written for route in routes if not route.is_page})
    near = closest(request.path, known)
    help_ = f"did you mean {quote(near)}?" if near else _what_there_is(known)
    return ProblemError(NOT_FOUND, sentences(f"there is nothing at {quote(request.path)}", help_))


def _what_there_is(known: list[str]) -> str | None:
    return f"there is {listing(known, most=len(known), word='and')}" if known else None


def _methods_of(path: str, routes: tuple[Route, ...]) -> list[str]:
    return sorted(_where(routes).bind("").allowed_methods(path))


@cache
def _where(routes: tuple[Route, ...]) -> Map:
    return Map([Rule(route.path, methods=(route.method, "OPTIONS")) for route in routes], merge_slashes=False)
