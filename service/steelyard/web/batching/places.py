"""Where the items of a JSON array stand in its text, without a look into them.

Brackets are counted and strings passed over; what is wrong within an item is for whoever reads the item to tell.
"""

import re
from array import array
from collections.abc import Iterator
from mmap import mmap

BLANK = b" \t\r\n"
"""What may stand between the parts of a JSON text."""

_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*+\[")
_END = re.compile(rb"\][ \t\r\n]*+\Z")
_NOTHING = re.compile(rb"[ \t\r\n]*+[,\]]")
# What stands before a mark is taken with it, which is many times as fast as a search for the mark.
_TOKEN = re.compile(
    rb'[^"\[\]{},]*+'
    rb'(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"|(?P<opening>[\[{])|(?P<closing>[\]}])|(?P<comma>,)|(?P<broken_off>"|\Z))',
    re.DOTALL,
)


class ArrayError(Exception):
    """The text is no array."""


class TooManyItemsError(Exception):
    """The array has more items than it may have."""


def places_of_items(text: bytes | mmap, most_items: int) -> "array[int]":
    """The offsets of the start and of the end of each item, in bytes, one after the other.

    Raises:
        ArrayError: the text is no array, or there is nothing before or behind a comma.
        TooManyItemsError: it has more items.
    """
    beginning = _BEGINNING.match(text)
    if beginning is None:
        raise ArrayError
    start = beginning.end()
    found = array("Q")
    for end in _ends_of_items(text, start):
        if _NOTHING.match(text, start):
            if not found and _END.match(text, end):
                break
            raise ArrayError
        if len(found) == 2 * most_items:
            raise TooManyItemsError
        found.extend((start, end))
        start = end + 1
    return found


def _ends_of_items(text: bytes | mmap, start: int) -> Iterator[int]:
    """The offsets of the commas between items, and of the bracket that closes the array."""
    depth = 1
    for token in _TOKEN.finditer(text, start):
        mark = token.end() - 1
        match token.lastgroup:
            case "comma" if depth == 1:
                yield mark
            case "opening":
                depth += 1
            case "closing":
                depth -= 1
                if depth == 0:
                    if not _END.match(text, mark):
                        break
                    yield mark
                    return
            case "broken_off":
                break
    raise ArrayError
