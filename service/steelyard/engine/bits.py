"""Sets of small whole numbers as the bits of one integer, which Python joins and intersects word by word."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import TypeVar

_T = TypeVar("_T")

WORD = 64
"""Bits of a machine word."""

_SPARSE = 24
"""With fewer bits set than one in so many, it is faster to look for them word by word than to pass over every bit."""
_ZEROS_AND_ONES = bytes.maketrans(b"01", b"\x00\x01")


def words_for(bits: int) -> int:
    """How many machine words so many bits take."""
    return -(-bits // WORD)


def bits_at(places: Iterable[int]) -> int:
    """The integer whose bits are set at these places, counted from the lowest."""
    field = bytearray()
    for place in places:
        byte = place >> 3
        if byte >= len(field):
            field.extend(bytes(byte + 1 - len(field)))
        field[byte] |= 1 << (place & 7)
    return int.from_bytes(field, "little")


def chosen(items: Sequence[_T], bits: int) -> Iterable[_T]:
    """The items at the places whose bits are set, in their order. There is an item for every bit."""
    if bits.bit_count() * _SPARSE < bits.bit_length():
        return [items[place] for place in places_of(bits)]
    # One byte of 0 or 1 for every bit, lowest first: `compress` then chooses without a step of Python's.
    return compress(items, bin(bits)[:1:-1].encode().translate(_ZEROS_AND_ONES))


def places_of(bits: int) -> Iterator[int]:
    """The places of the set bits, lowest first."""
    words = words_for(bits.bit_length())
    for index, word in enumerate(struct.unpack(f"<{words}Q", bits.to_bytes(words * WORD // 8, "little"))):
        left = word
        while left:
            lowest = left & -left
            yield index * WORD + lowest.bit_length() - 1
            left ^= lowest
