"""Columns of Arrow, to codes. Every distinct value is read once, and the rows only look it up."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from steelyard.batch.block import Array, RowFault, is_large, unanswered
from steelyard.batch.cells import MISSING, Coded
from steelyard.batch.coding import Column, numbers_coded
from steelyard.model import NeedType


class ArrowColumn(Column):
    """An array of Arrow, in one piece or in several; null is unanswered."""

    def code(self, start: int, stop: int) -> Coded:
        """The codes of the rows from one number up to another."""
        values = self._values.slice(start, stop - start)
        if isinstance(values, pa.ChunkedArray):
            values = values.combine_chunks()
        kind = values.type
        if pa.types.is_null(kind):
            return Coded(unanswered(self._need, len(values)))
        if self._need.type is NeedType.NUMBER and (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
            return self._numbers(values)
        if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_boolean(kind):
            return self._distinct(values.dictionary_encode())
        if pa.types.is_dictionary(kind):
            return self._distinct(values)
        if (pa.types.is_list(kind) or pa.types.is_large_list(kind)) and self._need.type is NeedType.CHOICES:
            return self._lists(values)
        return self._each(values)

    def _numbers(self, values: Any) -> Coded:
        floats = pc.cast(values, pa.float64(), safe=False)
        numbers = np.array(floats.to_numpy(zero_copy_only=False))
        is_null = values.is_null().to_numpy(zero_copy_only=False)
        coded = numbers_coded(numbers, self._need, self._cells)
        self._read_again(values, np.isnan(numbers) & ~is_null, coded)
        return coded

    def _distinct(self, values: Any) -> Coded:
        """A dictionary: its values are coded, and its indices say which."""
        distinct = self._cells.code([MISSING if each is None else each for each in values.dictionary.to_pylist()])
        codes = np.concatenate([distinct.codes, unanswered(self._need, 1)])
        indices = pc.fill_null(pc.cast(values.indices, pa.int64()), len(distinct.codes))
        places = indices.to_numpy(zero_copy_only=False)
        coded = Coded(codes[places])
        for each in distinct.faults:
            rows = np.flatnonzero(places == each.row).tolist()
            coded.faults += [RowFault(row, each.column, each.diagnostic) for row in rows]
        return coded

    def _lists(self, values: Any) -> Coded:
        """Lists of options: the options of all rows are coded at once, and joined to sets."""
        items = values.flatten()
        if is_large(self._need) or len(items) == 0 or not _is_text(items.type):
            return self._each(values)
        if not pa.types.is_dictionary(items.type):
            items = items.dictionary_encode()
        positions = self._need.positions
        bits = [1 << positions[each] if each in positions else 0 for each in items.dictionary.to_pylist()]
        places = pc.fill_null(pc.cast(items.indices, pa.int64()), len(bits)).to_numpy(zero_copy_only=False)
        found = np.array([*bits, 0], np.int64)[places]
        lengths = pc.fill_null(pc.list_value_length(values), 0).to_numpy(zero_copy_only=False)
        ends = np.concatenate([[0], np.cumsum(lengths)])
        joined = np.zeros(len(values), np.int64)
        filled = np.flatnonzero(lengths)
        joined[filled] = np.bitwise_or.reduceat(found, ends[filled])
        # A repeated option and an unknown one add no bit.
        odd = np.bitwise_count(joined) != lengths
        joined[values.is_null().to_numpy(zero_copy_only=False)] = -1
        coded = Coded(joined)
        self._read_again(values, odd, coded)
        return coded

    def _each(self, values: Any) -> Coded:
        return self._cells.code([MISSING if each is None else each for each in values.to_pylist()])

    def _read_again(self, values: Any, odd: Array, into: Coded) -> None:
        """Reads single rows as the cells that they are."""
        rows = np.flatnonzero(odd)
        if len(rows):
            again = self._cells.code(values.take(pa.array(rows)).to_pylist())
            into.codes[rows] = again.codes
            into.faults += [RowFault(int(rows[each.row]), each.column, each.diagnostic) for each in again.faults]


def _is_text(kind: Any) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
