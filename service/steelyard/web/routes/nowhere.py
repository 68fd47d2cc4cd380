"""Paths that lead nowhere, and methods that a path does not take."""

from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.routing import Map, Rule

from steelyard.diagnostics import closest, listing, quote
from steelyard.web.problems import METHOD_NOT_ALLOWED, NOT_FOUND, ProblemError, sentences
from steelyard.web.reply import Reply
from steelyard.web.routes.table import ROUTES

if TYPE_CHECKING:
    from steelyard.web.service import Service

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")

_WHERE = Map([Rule(route.path, methods=(route.method, "OPTIONS")) for route in ROUTES], merge_slashes=False)


def nowhere(_service: "Service", path: str = "") -> Response:
    """Tells the methods of a path, and refuses whatever else no route takes."""
    allowed = _methods_of(f"/{path}")
    if request.method == "OPTIONS" and allowed:
        return Reply(headers={"Allow": ", ".join(allowed)})
    raise elsewhere(f"/{path}")


def elsewhere(path: str) -> ProblemError:
    """The refusal of a request that no route takes: its method is none that the path takes, or nothing is there.

    Args:
        path: its path from where the service is mounted.
    """
    allowed = ", ".join(_methods_of(path))
    if allowed:
        detail = f"{quote(request.path)} takes {allowed}, and not {quote(request.method)}."
        return ProblemError(METHOD_NOT_ALLOWED, detail, headers={"Allow": allowed})
    mounted = request.path.removesuffix(path)
    known = sorted({mounted + route.written for route in ROUTES})
    near = closest(request.path, known)
    help_ = f"did you mean {quote(near)}?" if near else f"there is {listing(known, most=len(known), word='and')}"
    return ProblemError(NOT_FOUND, sentences(f"there is nothing at {quote(request.path)}", help_))


def _methods_of(path: str) -> list[str]:
    return sorted(_WHERE.bind("").allowed_methods(path))
