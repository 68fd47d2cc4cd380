"""Columns of requirements, one for each need, to blocks: NumPy arrays, Arrow arrays, and Python's sequences.

    integers            the codes of `block` themselves; of a number, the numbers
    floats              numbers; NaN is unanswered
    bools               flags
    texts, objects      what a cell of a row holds; None and NaN are unanswered

A column `<need>.importance` says how important the answers are: `must`, `should` or `could`, and nothing is `should`.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from math import isnan
from typing import Any

import numpy as np

from steelyard.batch.block import IMPORTANCES, MOST_BITS, USUAL, Array, Block, RowFault
from steelyard.batch.cells import MISSING, Cells, Coded, is_unusual
from steelyard.batch.reading import CellReader
from steelyard.diagnostics import Code, Diagnostic, FaultsError, fault, quote, suggestion
from steelyard.model import Need, NeedType
from steelyard.requirements import RequestError
from steelyard.shape import importance as importance_of

_IMPORTANCE = ".importance"


class Column(ABC):
    """A column of one need, ready to be coded."""

    def __init__(self, values: Any, need: Need, reader: CellReader) -> None:
        """Takes the values of a need."""
        self._values = values
        self._need = need
        self._cells = Cells(need, reader)

    def __len__(self) -> int:
        return len(self._values)

    @abstractmethod
    def code(self, start: int, stop: int) -> Coded:
        """The codes of the rows from one number up to another."""


class Columns:
    """Codes columns, each by its own kind."""

    holds_python = False

    def __init__(
        self,
        columns: Mapping[str, Any],
        needs: Mapping[str, Need],
        reader: CellReader,
        importance: Mapping[str, int],
        keep: Collection[str] = (),
    ) -> None:
        """Takes the columns; those in `keep` are passed over, unless they are needs.

        Raises:
            RequestError: a column is no need, or columns are not equally long.
        """
        refuse_unknown(columns, needs, keep)
        self._needs = needs
        self._importance = importance
        self._answers = {
            need.id: column_of(columns[need.id], need, reader) for need in needs.values() if need.id in columns
        }
        self._levels = {need: columns[need + _IMPORTANCE] for need in needs if need + _IMPORTANCE in columns}
        self._rows = _length({**self._answers, **{need + _IMPORTANCE: each for need, each in self._levels.items()}})

    def __len__(self) -> int:
        return self._rows

    def block(self, start: int, stop: int) -> Block:
        """The rows from one number up to another."""
        block = Block(stop - start, importance=dict(self._importance))
        for need, column in self._answers.items():
            column.code(start, stop).put_into(block, need)
        for need, words in self._levels.items():
            coded = _levels(need + _IMPORTANCE, _cells(words[start:stop]))
            block.importance[need] = coded.codes
            block.faults += coded.faults
        return block


def refuse_unknown(names: Collection[str], needs: Mapping[str, Need], keep: Collection[str]) -> None:
    """Refuses columns that are no needs, nor their importances, and are not to be kept.

    Raises:
        RequestError: what is wrong with each of them.
    """
    known = [*needs, *(need + _IMPORTANCE for need in needs)]
    faults = [
        fault(
            Code.REQUEST_UNKNOWN_NEED,
            f"the column {quote(name)} is no need",
            (str(name),),
            at_key=True,
            help=suggestion(str(name), known),
        )
        for name in names
        if name not in known and name not in keep
    ]
    if faults:
        raise RequestError(faults)


def column_of(values: Any, need: Need, reader: CellReader) -> Column:
    """The column of a need, by what holds its values."""
    if type(values).__module__.partition(".")[0] == "pyarrow":
        from steelyard.batch.arrow import ArrowColumn  # noqa: PLC0415  NumPy alone does for other columns

        return ArrowColumn(values, need, reader)
    if isinstance(values, np.ndarray) and values.ndim == 1 and values.dtype.kind in "iufb":
        return _Numeric(values, need, reader)
    return _Objects(values, need, reader)


class _Numeric(Column):
    """A NumPy array of codes, of numbers or of flags."""

    def code(self, start: int, stop: int) -> Coded:
        values = self._values[start:stop]
        if self._need.type is NeedType.NUMBER and values.dtype.kind in "iuf":
            return numbers_coded(values.astype(np.float64), self._need, self._cells)
        is_coded = values.dtype.kind in "iu" or (values.dtype.kind == "b" and self._need.type is NeedType.FLAG)
        if not is_coded:
            return self._cells.code([MISSING if _is_nothing(each) else each for each in values.tolist()])
        codes = values.astype(np.int64)
        most = _most(self._need)
        # Seen as unsigned, -1 plus 1 is 0 and everything else below it is too great.
        bad = np.flatnonzero((codes + 1).view(np.uint64) > most + 1)
        if not len(bad):
            return Coded(codes)
        codes[bad] = -1
        faults = [RowFault(row, self._need.id, _no_code(self._need, int(values[row]), most)) for row in bad.tolist()]
        return Coded(codes, faults=faults)


class _Objects(Column):
    """Any sequence of Python's values."""

    def code(self, start: int, stop: int) -> Coded:
        return self._cells.code([MISSING if _is_nothing(each) else each for each in _cells(self._values[start:stop])])


def numbers_coded(numbers: Array, need: Need, cells: Cells) -> Coded:
    """Floats as answers to a need of type `number`; NaN is unanswered."""
    odd = is_unusual(need, numbers) & ~np.isnan(numbers)
    coded = Coded(numbers)
    for row in np.flatnonzero(odd).tolist():
        number = float(numbers[row])
        found = cells.code([int(number) if number.is_integer() else number])
        coded.faults += [RowFault(row, need.id, each.diagnostic) for each in found.faults]
        numbers[row] = found.codes[0]
    return coded


def _most(need: Need) -> int:
    match need.type:
        case NeedType.FLAG:
            return 1
        case NeedType.CHOICES:
            return (1 << min(len(need.options), MOST_BITS)) - 1
        case _:
            return len(need.options) - 1


def _no_code(need: Need, code: int, most: int) -> Diagnostic:
    message = f"{code} is no code of an answer to {quote(need.id)}"
    return fault(Code.VALUE_OUT_OF_RANGE, message, (need.id,), help=f"codes go from 0 to {most}; -1 is unanswered")


def _levels(name: str, cells: Sequence[Any]) -> Coded:
    """The levels that words of importance mean."""
    known: dict[Any, int] = {each.value: each.level for each in IMPORTANCES}
    coded = Coded(np.full(len(cells), USUAL, np.int8))
    for row, cell in enumerate(cells):
        if isinstance(cell, str) and cell in known:
            coded.codes[row] = known[cell]
        elif not _is_nothing(cell):
            try:
                importance_of(cell)
            except FaultsError as error:
                coded.faults += [RowFault(row, name, each) for each in error.under(name)]
    return coded


def _is_nothing(cell: Any) -> bool:
    return cell is None or (type(cell) is float and isnan(cell))


def _cells(values: Any) -> Sequence[Any]:
    """The values as Python's own."""
    for name in ("tolist", "to_pylist"):
        if hasattr(values, name):
            found: Sequence[Any] = getattr(values, name)()
            return found
    return list(values)


def _length(columns: Mapping[str, Any]) -> int:
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        first, rows = next(iter(lengths.items()))
        other = next(name for name, length in lengths.items() if length != rows)
        message = f"{quote(other)} has {lengths[other]} rows, but {quote(first)} has {rows}"
        raise RequestError([fault(Code.VALUE_WRONG_TYPE, message, (other,), at_key=True)])
    return next(iter(lengths.values()), 0)
