"""Reading the body of a request, within a limit that holds however the body is sent."""

from typing import Any

from flask import Response, request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from steelyard.diagnostics import FaultsError
from steelyard.reader.json_text import read_json
from steelyard.web.problems import UNREADABLE, ProblemError, body_too_large, sentences
from steelyard.web.reading.negotiation import demand_json_body

_MOST_DISCARDED_BYTES = 32 * 1024 * 1024
_CHUNK = 64 * 1024


def read_json_bytes(most_bytes: int) -> bytes:
    """The body of the request, which says that it is JSON.

    Args:
        most_bytes: how large it may be.

    Raises:
        ProblemError: it is too large, or not JSON by its type.
    """
    content = _read(most_bytes)
    demand_json_body()
    return content


def json_in(content: bytes) -> Any:
    """The data that the bytes of a request hold as JSON.

    Raises:
        ProblemError: they are not JSON.
    """
    try:
        return read_json(content, "body")
    except FaultsError as error:
        first = error.diagnostics[0]
        place = f" (line {first.span.line + 1}, column {first.span.column + 1})" if first.span else ""
        detail = "The body is empty." if not content else sentences(f"{first.message}{place}", first.help)
        raise ProblemError(UNREADABLE, detail, error.diagnostics) from None


def discard_rest(response: Response) -> Response:
    """Reads on, within bounds, when a request is refused before its body was read to the end.

    A server closes the connection on what nobody reads, and a client that is still sending then sees a broken
    connection instead of the reply. One that asked whether to send at all (`Expect`) is told without delay.
    """
    if response.status_code >= 400 and request.environ.get("wsgi.input_terminated") and "Expect" not in request.headers:
        stream = request.environ["wsgi.input"]
        for _ in range(_MOST_DISCARDED_BYTES // _CHUNK):
            if not stream.read(_CHUNK):
                break
    return response


def _read(most_bytes: int) -> bytes:
    environ = request.environ
    length = environ.get("CONTENT_LENGTH", "")
    if length.isdecimal() and int(length) <= most_bytes and "HTTP_TRANSFER_ENCODING" not in environ:
        announced: bytes = environ["wsgi.input"].read(int(length))
        if len(announced) < int(length):
            raise ClientDisconnected
        return announced
    # Where the server ends the stream, werkzeug refuses one that reaches its limit, whether or not more would come.
    request.max_content_length = most_bytes + 1
    try:
        content = request.get_data(cache=False)
    except RequestEntityTooLarge:
        content = None
    if content is None or len(content) > most_bytes:
        raise body_too_large(most_bytes)
    return content
