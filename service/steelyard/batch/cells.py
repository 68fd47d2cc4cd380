"""Cells of Python's own values, of one need, to codes.

Only what certainly means an answer is looked up here; whatever else a cell holds goes through the reader of requests,
one by one, so that it is taken, or refused, just as in a single request.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from steelyard.batch.block import UNANSWERED, Array, Block, Bools, Floats, Ints, RowFault, code_of, is_large, unanswered
from steelyard.batch.reading import CellReader
from steelyard.model import Need, NeedType
from steelyard.shape import LARGEST_NUMBER

MISSING: Any = (object(),)
"""Stands where a row does not mention a need. It is a tuple, so that it is looked up as lists of options are."""

_ODD = -2
_LARGEST = float(LARGEST_NUMBER)
_MOST_SETS = 1 << 16
_FLAGS: Mapping[Any, int] = {**{id(flag): int(flag) for flag in (False, True)}, id(MISSING): UNANSWERED}
_LISTS = frozenset((list, tuple, set, frozenset))
_NUMBERS = frozenset((int, float))
_FEW = 512
"""Cells that are looked up together, or one by one if one of them was not met before."""


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
        self._sets: dict[Any, int] = {MISSING: UNANSWERED}
        options = {**need.positions, MISSING: UNANSWERED}
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
        if _NUMBERS.issuperset(map(type, cells)):
            numbers = _floats(cells)
            return numbers, is_unusual(self._need, numbers)
        # What is no number is refused; NaN stands for it until it is.
        numbers = _floats([cell if type(cell) in _NUMBERS else np.nan for cell in cells])
        said = np.fromiter([cell is not MISSING for cell in cells], bool, len(cells))
        return numbers, is_unusual(self._need, numbers) & said

    def _choices(self, cells: Sequence[Any]) -> tuple[Array, Bools]:
        kind = object if is_large(self._need) else np.int64
        codes = np.empty(len(cells), kind)
        for start in range(0, len(cells), _FEW):
            few = cells[start : start + _FEW]
            codes[start : start + len(few)] = self._found(few, kind)
        return codes, np.equal(codes, _ODD).astype(bool)

    def _found(self, cells: Sequence[Any], kind: Any) -> Any:
        """The codes of a few sets."""
        if _LISTS.issuperset(map(type, cells)):
            try:
                return np.fromiter(map(self._sets.__getitem__, map(tuple, cells)), kind, len(cells))
            except (KeyError, TypeError):
                # Some set is met for the first time, or holds what cannot be looked up.
                pass
        return [self._set(cell) for cell in cells]

    def _set(self, cell: Any) -> int:
        """The code of one set; if it is faulty, it is odd each time."""
        if type(cell) not in _LISTS:
            return _ODD
        try:
            return self._sets[tuple(cell)]
        except KeyError:
            return self._new_set(cell)
        except TypeError:
            return _ODD

    def _new_set(self, cell: Collection[Any]) -> int:
        """The code of a set met for the first time."""
        options = set(cell)
        is_valid = len(options) == len(cell) and all(isinstance(each, str) for each in cell)
        if not is_valid or not options <= self._need.positions.keys():
            return _ODD
        if len(self._sets) >= _MOST_SETS:
            self._sets = {MISSING: UNANSWERED}
        code: int = code_of(self._need, options)
        self._sets[tuple(cell)] = code
        return code


def _floats(numbers: Sequence[Any]) -> Floats:
    """Numbers as floats; should one be larger than any float, those larger than any answer are NaN."""
    try:
        return np.fromiter(numbers, np.float64, len(numbers))
    except OverflowError:
        bounded = [each if -_LARGEST <= each <= _LARGEST else np.nan for each in numbers]
        return np.fromiter(bounded, np.float64, len(bounded))


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
    try:
        found = np.fromiter(map(codes.__getitem__, cells), np.int64, len(cells))
    except KeyError:
        get = codes.get
        found = np.fromiter([get(cell, _ODD) for cell in cells], np.int64, len(cells))
    return found, found == _ODD


def shifted(faults: Iterable[RowFault], rows: int) -> list[RowFault]:
    """The faults, each so many rows further down."""
    return [replace(each, row=each.row + rows) for each in faults]
