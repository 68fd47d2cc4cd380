"""Cells of Python's own values, of one need, to codes.

Only what certainly means an answer is looked up here; whatever else a cell holds goes through the reader of requests,
one by one, so that it is taken, or refused, just as in a single request.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from steelyard.batch.block import Array, Block, Bools, Ints, RowFault, code_of, is_large, unanswered
from steelyard.batch.reading import CellReader
from steelyard.model import Need, NeedType

MISSING: Any = object()
"""Stands where a row does not mention a need."""

_ODD = -2
_LARGEST = 1e15
_MOST_SETS = 1 << 16
_FLAGS: Mapping[Any, int] = {**{id(flag): int(flag) for flag in (False, True)}, id(MISSING): -1}
_LISTS = frozenset((list, tuple, set, frozenset))
_NUMBERS = frozenset((int, float, type(MISSING)))


_Coder = Callable[[Sequence[Any]], tuple[Array, Bools]]


@dataclass(slots=True)
class Coded:
    """Cells of one need as codes.

    Attributes:
        codes: the answers, as a block has them.
        levels: the importances that cells state, by row.
        faults: what is wrong with which of them.
    """

    codes: Array
    levels: dict[int, int] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)

    def put_into(self, block: Block, need: str) -> None:
        """Makes them the answers of all rows of a block to the need."""
        block.answers[need] = self.codes
        block.faults += self.faults
        if self.levels:
            block.levels_of(need)[list(self.levels)] = list(self.levels.values())


class Cells:
    """Codes the cells of one need. It keeps the sets of options that it has met."""

    def __init__(self, need: Need, reader: CellReader) -> None:
        """Prepares for the need."""
        self._need = need
        self._reader = reader
        self._sets: dict[Any, int] = {}
        options = {**need.positions, MISSING: -1}
        coders: Mapping[NeedType, _Coder] = {
            NeedType.NUMBER: self._numbers,
            NeedType.CHOICES: self._choices,
            # Looked up by identity, since 1 and 1.0 equal True.
            NeedType.FLAG: lambda cells: _looked_up(_FLAGS, list(map(id, cells))),
        }
        by_option: _Coder = lambda cells: _of_options(options, cells)  # noqa: E731
        self._code = coders.get(need.type, by_option)

    def code(self, cells: Sequence[Any]) -> Coded:
        """The codes of the cells, of which `MISSING` are unanswered."""
        codes, odd = self._code(cells)
        coded = Coded(codes)
        for row in np.flatnonzero(odd).tolist():
            self._read(row, cells[row], coded)
        return coded

    def _read(self, row: int, cell: Any, into: Coded) -> None:
        requirement, faults = self._reader.read(self._need, cell)
        into.codes[row] = unanswered(self._need, 1)[0]
        if requirement is not None:
            into.codes[row] = code_of(self._need, requirement.value)
            if isinstance(cell, Mapping):
                into.levels[row] = requirement.importance.level
        into.faults += [RowFault(row, self._need.id, each) for each in faults]

    def _numbers(self, cells: Sequence[Any]) -> tuple[Array, Bools]:
        kinds = set(map(type, cells))
        if kinds <= {float}:
            found = np.array(cells, np.float64)
            return found, is_unusual(self._need, found)
        # What is no number is refused; NaN stands for it until it is.
        plain = [cell if type(cell) in _NUMBERS else np.nan for cell in cells] if kinds - _NUMBERS else cells
        try:
            numbers = np.array([np.nan if cell is MISSING else cell for cell in plain], np.float64)
        except OverflowError:
            numbers = np.array([_bounded(cell) for cell in plain], np.float64)
        said = np.array([cell is not MISSING for cell in cells], bool)
        return numbers, is_unusual(self._need, numbers) & said

    def _choices(self, cells: Sequence[Any]) -> tuple[Array, Bools]:
        sets, code = self._sets, self._set
        found: list[int] = []
        take = found.append
        for cell in cells:
            if cell is MISSING:
                take(-1)
            elif type(cell) in _LISTS:
                try:
                    take(sets[tuple(cell)])
                except KeyError:
                    take(code(cell))
                except TypeError:
                    take(_ODD)
            else:
                take(_ODD)
        codes = np.array(found, object if is_large(self._need) else np.int64)
        return codes, np.equal(codes, _ODD).astype(bool)

    def _set(self, cell: Iterable[Any]) -> int:
        """The code of a set met for the first time; if it is faulty, it is odd each time."""
        requirement, faults = self._reader.read(self._need, cell)
        if faults or requirement is None:
            return _ODD
        if len(self._sets) >= _MOST_SETS:
            self._sets.clear()
        code: int = code_of(self._need, requirement.value)
        self._sets[tuple(cell)] = code
        return code


def _bounded(cell: Any) -> float:
    """A number as a float; one that is larger than any answer, and maybe than any float, as NaN."""
    return float(cell) if cell is not MISSING and -_LARGEST <= cell <= _LARGEST else np.nan


def is_unusual(need: Need, numbers: Array) -> Bools:
    """Which numbers the reader has to see: those that it refuses, and none else but for NaN."""
    low = -_LARGEST if need.minimum is None else max(-_LARGEST, need.minimum)
    high = _LARGEST if need.maximum is None else min(_LARGEST, need.maximum)
    return ~((numbers >= low) & (numbers <= high))


def _of_options(options: Mapping[Any, int], cells: Sequence[Any]) -> tuple[Array, Bools]:
    try:
        return _looked_up(options, cells)
    except TypeError:
        # Some cell cannot be hashed: a list, or a mapping with an importance.
        return _looked_up(options, [cell if isinstance(cell, str) or cell is MISSING else None for cell in cells])


def _looked_up(codes: Mapping[Any, int], cells: Sequence[Any]) -> tuple[Ints, Bools]:
    get = codes.get
    found = np.array([get(cell, _ODD) for cell in cells], np.int64)
    return found, found == _ODD


def shifted(faults: Iterable[RowFault], rows: int) -> list[RowFault]:
    """The faults, each so many rows further down."""
    return [replace(each, row=each.row + rows) for each in faults]
