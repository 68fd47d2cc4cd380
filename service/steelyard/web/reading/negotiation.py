"""What the client sends and takes, by the headers of its request."""

from collections.abc import Sequence

from flask import request

from steelyard.diagnostics import quote
from steelyard.web.problems import NOT_ACCEPTABLE, UNSUPPORTED_TYPE, ProblemError

JSON = "application/json"
MARKDOWN = "text/markdown"
SVG = "image/svg+xml"


def acceptable(offered: Sequence[str]) -> str:
    """The media type of those offered that the client takes most gladly; the first of them if it does not say.

    Raises:
        ProblemError: it takes none of them.
    """
    if not request.accept_mimetypes:
        return offered[0]
    qualities = {each: _quality(each) for each in offered}
    best = max(offered, key=qualities.__getitem__)
    if qualities[best] <= 0:
        accept = quote(request.headers.get("Accept"))
        detail = f"The answer is {' or '.join(offered)}, which the Accept header {accept} rules out."
        raise ProblemError(NOT_ACCEPTABLE, detail)
    return best


def _quality(mimetype: str) -> float:
    """How gladly the client takes a type, from 0 to 1: of the ranges that it is in, the most specific one decides."""
    ranges = (mimetype, f"{mimetype.partition('/')[0]}/*", "*/*")
    said = {value.partition(";")[0].strip().lower(): quality for value, quality in reversed(request.accept_mimetypes)}
    return next((said[each] for each in ranges if each in said), 0)


def demand_json_body() -> None:
    """Refuses a request whose body is not JSON in UTF-8 by its headers.

    Raises:
        ProblemError: it is not.
    """
    mimetype, charset = request.mimetype, request.mimetype_params.get("charset", "utf-8")
    is_json = mimetype == JSON or (mimetype.startswith("application/") and mimetype.endswith("+json"))
    if not mimetype:
        raise ProblemError(UNSUPPORTED_TYPE, f"The Content-Type is missing. Send {JSON}.")
    if not is_json:
        raise ProblemError(UNSUPPORTED_TYPE, f"The Content-Type is {quote(mimetype)}. Send {JSON}.")
    if charset.lower() not in ("utf-8", "utf8"):
        raise ProblemError(UNSUPPORTED_TYPE, f"The charset is {quote(charset)}. Send UTF-8.")
    encoding = request.headers.get("Content-Encoding", "identity")
    if encoding.lower() != "identity":
        detail = f"The Content-Encoding is {quote(encoding)}. Send the body as it is."
        raise ProblemError(UNSUPPORTED_TYPE, detail)
