"""Sums over the rules that fired, for many rows at once, from tables of all that eight rules can come to.

The bits of a row, one for each place of a rule, are read as digits: as bytes, mostly. The table of a digit has a line
for each of its values, with the sums over the rules whose bits that value sets. So the sums of a row are those of as
many lines as it has digits. All entries are whole numbers, kept modulo a power of 2 in as few bits as their sums take:
the fewer bits, the more of them a processor adds at once.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from steelyard.batch.block import Array, Ints, Words

_BYTE, _NIBBLE = 8, 4
_MANY = 4096
"""With fewer rows than this, the small tables of nibbles are made, and those of bytes never pay."""
_LARGEST_TABLE = 256 * 1024
"""Bytes that the table of a byte may take, or else nibbles are read, whose tables stay close to the processor."""
_MOST_KEPT = 32 * 1024 * 1024
"""Bytes that the tables of all digits may take, or else each is made anew when it is needed."""
_CHUNK = 32
"""NumPy is quick at copying lines of 1, 2, 4, 8, 16 or 32 bytes."""


class Sums:
    """The sums of the columns of matrices over the lines whose bits are set. It can be shared by threads."""

    def __init__(self, matrices: Ints) -> None:
        """Takes some matrices of the same shape, each with a line for every place and a column for every sum."""
        count, places, self._columns = matrices.shape
        self._least = np.minimum(matrices, 0).sum(axis=1).min(axis=0)
        most = np.maximum(matrices, 0).sum(axis=1).max(axis=0)
        reach = int((most - self._least).max())
        kind = next(each for each in (np.uint16, np.uint32, np.uint64) if reach <= np.iinfo(each).max)
        width = _width(self._columns, kind().itemsize)
        self._lines = np.zeros((count, -(-places // _BYTE) * _BYTE, width), kind)
        self._lines[:, :places, : self._columns] = matrices.astype(kind)
        self._are_bytes_small = (count * width * kind().itemsize) << _BYTE <= _LARGEST_TABLE
        self._kept: dict[int, Array] = {}

    def over(self, words: Words, kind: Any, matrix: Ints | None = None) -> Array:
        """By column and row, the sums over the bits that are set in the words of the row.

        Args:
            words: by word and row, the bits of the row.
            kind: the type of the sums, which has to hold them.
            matrix: the number of the matrix that each row takes; without it, all take the first.
        """
        bits = _BYTE if self._are_bytes_small and words.shape[1] >= _MANY else _NIBBLE
        first = None if matrix is None else matrix << bits
        sums = np.zeros((words.shape[1], self._lines.shape[-1]), self._lines.dtype)
        for table, digits in zip(self._tables(bits), _digits(words, bits), strict=False):
            sums += table.take(digits if first is None else first + digits, axis=0)
        # Counted from the least that they can be, no sum is outside of what its bits hold.
        least = self._least[:, np.newaxis]
        raised = np.array(sums.T[: self._columns], order="C") - least.astype(sums.dtype)
        found: Array = raised.astype(kind)
        found += least.astype(kind)
        return found

    def _tables(self, bits: int) -> Iterable[Array]:
        """The tables of all digits of so many bits, lowest first."""
        count, places, width = self._lines.shape
        lines = self._lines.reshape(count, places // bits, bits, width).swapaxes(0, 1)
        if (self._lines.nbytes // bits) << bits > _MOST_KEPT:
            return map(_tables, lines)
        if bits not in self._kept:
            self._kept[bits] = _tables(lines)
        return self._kept[bits]


def _digits(words: Words, bits: int) -> Iterator[Array]:
    """The digits of so many bits of all rows, lowest first."""
    octets, size = words.view(np.uint8), words.itemsize
    for number in range(len(words) * size):
        octet = octets[number // size, number % size :: size]
        if bits == _BYTE:
            yield octet
        else:
            yield octet & ((1 << _NIBBLE) - 1)
            yield octet >> _NIBBLE


def _width(columns: int, size: int) -> int:
    """How many columns fill lines that are quick to copy."""
    width = 1
    while width < columns and width * size < _CHUNK:
        width *= 2
    return -(-columns // width) * width


def _tables(lines: Array) -> Array:
    """Tables of the sums over the sets of some lines, one table after the other for all matrices of a digit."""
    *before, count, bits, width = lines.shape
    tables = np.zeros((*before, count, 1 << bits, width), lines.dtype)
    for bit in range(bits):
        half = 1 << bit
        np.add(tables[..., :half, :], lines[..., bit, np.newaxis, :], out=tables[..., half : 2 * half, :])
    return tables.reshape(*before, count << bits, width)
