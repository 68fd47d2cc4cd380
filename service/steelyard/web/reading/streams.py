"""The body of a request as it comes, for one that is too large to be read at once or is answered while it is sent."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

from flask import request
from werkzeug.wsgi import get_input_stream

from steelyard.web.problems import body_too_large

BLOCK_BYTES = 64 * 1024

Blocks = Iterator[bytes]


def demand_announced_size(most_bytes: int) -> None:
    """Refuses a body that is announced to be larger, before any of it is read.

    Raises:
        ProblemError: it is.
    """
    announced = request.content_length
    if announced is not None and announced > most_bytes:
        raise body_too_large(most_bytes)


def body_blocks(*, as_lines_come: bool) -> Blocks:
    """The body of the request at hand, in blocks that can also be fetched in another thread.

    Args:
        as_lines_come: whether a block ends with each line of a body whose length is not announced, so that a client
            may wait for what is answered to one line before it sends the next.
    """
    read: Callable[[int], bytes] = get_input_stream(request.environ).read
    # A client that asked whether to send at all is told to go on once its body is read, and never after the response
    # has begun.
    first = read(1) if as_lines_come and "Expect" in request.headers else b""
    is_read_by_line = as_lines_come and request.content_length is None
    rest = iter(partial(_line, read) if is_read_by_line else partial(read, BLOCK_BYTES), b"")
    return chain((first,), rest) if first else rest


def _line(read: Callable[[int], bytes]) -> bytes:
    # Servers wait until as much has come as is asked for, and the `readline` of granian waits for more than a line.
    # So no more can be asked for than is sure to come, which in the midst of a stream is one byte.
    line = bytearray()
    while len(line) < BLOCK_BYTES:
        byte = read(1)
        line += byte
        if byte in (b"\n", b""):
            break
    return bytes(line)
