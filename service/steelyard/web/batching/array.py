"""The requests in a JSON array, which is read to its end before the first of them is answered."""

from array import array
from collections.abc import Iterable, Iterator
from mmap import ACCESS_READ, mmap
from tempfile import SpooledTemporaryFile
from typing import NoReturn

from steelyard.diagnostics import Code, fault
from steelyard.requirements import RequestError
from steelyard.shape import kind_of
from steelyard.web.batching.item import Item
from steelyard.web.batching.places import BLANK, ArrayError, TooManyItemsError, places_of_items
from steelyard.web.problems import INVALID, UNREADABLE, ProblemError, body_too_large
from steelyard.web.reading import json_in
from steelyard.web.settings import Settings

_MOST_BYTES_IN_MEMORY = 1024 * 1024


class SentArray:
    """An array of requests."""

    def __init__(self, text: bytes | mmap, settings: Settings) -> None:
        """Looks where the requests stand in the text.

        Raises:
            ProblemError: they are too many, or the text is not JSON.
            RequestError: it is JSON, but no array.
        """
        self._text = text
        self._most_bytes = settings.max_body_bytes
        try:
            self._places: array[int] = places_of_items(text, settings.max_batch_items)
        except TooManyItemsError:
            raise ProblemError(INVALID, f"The batch has more than {settings.max_batch_items:,} requests.") from None
        except ArrayError:
            self._refuse()

    def items(self) -> Iterator[Item]:
        """The requests, in their order."""
        offsets = iter(self._places)
        for position, (start, end) in enumerate(zip(offsets, offsets, strict=True), 1):
            is_small = end - start <= self._most_bytes
            # Places that are told of a request are counted from its own beginning.
            yield Item(position, self._text[start:end].strip(BLANK) if is_small else None)

    def _refuse(self) -> NoReturn:
        """Tells why the text is no array: in detail, where it is no larger than one request may be."""
        if len(self._text) > self._most_bytes:
            raise ProblemError(UNREADABLE, "The body is no array of requests in JSON.")
        data = json_in(self._text[:])
        message = f"expected an array of requests, got {kind_of(data)}"
        raise RequestError([fault(Code.VALUE_WRONG_TYPE, message, help="lines of requests are `application/x-ndjson`")])


def read_array(blocks: Iterable[bytes], settings: Settings) -> SentArray:
    """The array of requests in a body; what is more than a little is kept in a temporary file.

    Args:
        blocks: the body.
        settings: how large the body, each request, and their number may be.

    Raises:
        ProblemError: the body is too large, or as for an array.
        RequestError: as for an array.
    """
    with SpooledTemporaryFile(_MOST_BYTES_IN_MEMORY) as file:
        for block in blocks:
            if file.tell() + len(block) > settings.max_batch_bytes:
                raise body_too_large(settings.max_batch_bytes)
            file.write(block)
        if file.tell() <= _MOST_BYTES_IN_MEMORY:
            file.seek(0)
            return SentArray(file.read(), settings)
        file.flush()
        # The file is gone with the last who looks into it.
        return SentArray(mmap(file.fileno(), 0, access=ACCESS_READ), settings)
