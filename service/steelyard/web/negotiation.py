"""What the client sends and takes, by the headers of its request."""

from flask import request

from steelyard.diagnostics import quote
from steelyard.web.problems import NOT_ACCEPTABLE, UNSUPPORTED_TYPE, ProblemError

JSON = "application/json"


def demand_json_is_acceptable() -> None:
    """Refuses a request whose `Accept` rules JSON out.

    Raises:
        ProblemError: it does.
    """
    # The most specific range comes first, and decides.
    ranges = ((value.partition(";")[0].strip().lower(), quality) for value, quality in request.accept_mimetypes)
    quality = next((quality for value, quality in ranges if value in (JSON, "application/*", "*/*")), 0)
    if request.accept_mimetypes and quality <= 0:
        detail = f"The answer is {JSON}, which the Accept header {quote(request.headers.get('Accept'))} rules out."
        raise ProblemError(NOT_ACCEPTABLE, detail)


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
