"""One request of a batch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """A request as it was sent.

    Attributes:
        position: the number of its line, blank ones counted, or of its place in an array; from 1.
        content: its JSON; None if it is larger than a request may be.
    """

    position: int
    content: bytes | None
