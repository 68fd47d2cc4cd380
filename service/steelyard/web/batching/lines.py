"""The requests in lines of JSON (NDJSON)."""

from collections.abc import Iterable, Iterator

from steelyard.web.batching.item import Item


def items_of_lines(blocks: Iterable[bytes], most_bytes: int) -> Iterator[Item]:
    """The requests in lines, one a line; blank lines are passed over.

    Args:
        blocks: the lines, cut anywhere.
        most_bytes: how large one request may be; of a larger one, no more is held.
    """
    position = 0
    held = b""
    for block in blocks:
        *ends, rest = block.split(b"\n")
        for end in ends:
            position += 1
            yield from _item(position, held + end, most_bytes)
            held = b""
        held = (held + rest)[: most_bytes + 1]
    yield from _item(position + 1, held, most_bytes)


def _item(position: int, line: bytes, most_bytes: int) -> Iterator[Item]:
    if len(line) > most_bytes:
        yield Item(position, None)
    elif line.strip(b" \t\r"):
        yield Item(position, line)
