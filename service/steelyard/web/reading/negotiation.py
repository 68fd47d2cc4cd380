"""What the client sends and takes, by the headers of its request."""

from collections.abc import Sequence

from flask import request

from steelyard.diagnostics import quote
from steelyard.web.problems import NOT_ACCEPTABLE, UNSUPPORTED_TYPE, ProblemError

JSON = "application/json"
HTML = "text/html"
MARKDOWN = "text/markdown"
SVG = "image/svg+xml"
NDJSON = "application/x-ndjson"
NDJSON_NAMES = (NDJSON, "application/ndjson", "application/jsonl", "application/x-jsonlines")
"""What clients call lines of JSON; no name of it is registered."""


def acceptable(offered: Sequence[str]) -> str:
    """The media type of those offered that the client takes most gladly; the first of them if it does not say.

    Raises:
        ProblemError: it takes none of them.
    """
    if "HTTP_ACCEPT" not in request.environ or not request.accept_mimetypes:
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


def demand_json_body(wanted: str = JSON) -> None:
    """Refuses a request whose body is not JSON in UTF-8 by its headers.

    Args:
        wanted: what a refusal asks the client to send.

    Raises:
        ProblemError: it is not.
    """
    environ = request.environ
    if environ.get("CONTENT_TYPE") == JSON and "HTTP_CONTENT_ENCODING" not in environ:
        return
    mimetype = request.mimetype
    is_json = mimetype == JSON or (mimetype.startswith("application/") and mimetype.endswith("+json"))
    if not mimetype:
        raise ProblemError(UNSUPPORTED_TYPE, f"The Content-Type is missing. Send {wanted}.")
    if not is_json:
        raise ProblemError(UNSUPPORTED_TYPE, f"The Content-Type is {quote(mimetype)}. Send {wanted}.")
    _demand_plain_utf8()


def batch_body_is_lines() -> bool:
    """Whether the body is lines of JSON by its headers, rather than an array.

    Raises:
        ProblemError: it is neither.
    """
    if request.mimetype not in NDJSON_NAMES:
        demand_json_body(f"{JSON} or {NDJSON}")
        return False
    _demand_plain_utf8()
    return True


def _demand_plain_utf8() -> None:
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise ProblemError(UNSUPPORTED_TYPE, f"The charset is {quote(charset)}. Send UTF-8.")
    encoding = request.headers.get("Content-Encoding", "identity")
    if encoding.lower() != "identity":
        detail = f"The Content-Encoding is {quote(encoding)}. Send the body as it is."
        raise ProblemError(UNSUPPORTED_TYPE, detail)
