"""Rows of requirements as Python has them, a mapping for each, to blocks."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import numpy as np

from steelyard.batch.block import UNANSWERED, Array, Block, RowFault, code_of, unanswered
from steelyard.batch.cells import MISSING, Cells
from steelyard.batch.reading import CellReader
from steelyard.diagnostics import Diagnostic
from steelyard.model import Need, NeedType, Requirement

_FEW = 512
_NOTHING: Mapping[str, Any] = {}


class Rows:
    """Codes rows. Each is a mapping from needs to answers, as a single request has it."""

    holds_python = True

    def __init__(
        self, rows: Sequence[Any], needs: Mapping[str, Need], reader: CellReader, importance: Mapping[str, int]
    ) -> None:
        """Takes the rows; needs without an importance of their own have the level said here, or are `should`."""
        self._rows = rows
        self._needs = needs
        self._reader = reader
        self._importance = importance
        self._cells = {need.id: Cells(need, reader) for need in needs.values()}
        # Of one need alone, it would not give a row of answers.
        self._all_answers = itemgetter(*needs) if len(needs) > 1 else None

    def __len__(self) -> int:
        return len(self._rows)

    def block(self, start: int, stop: int) -> Block:
        """The rows from one number up to another."""
        rows = self._rows[start:stop]
        block = Block(len(rows), importance=dict(self._importance))
        plain: Sequence[Any] = rows
        if set(map(type, rows)) != {dict}:
            plain = [row if type(row) is dict else _NOTHING for row in rows]
        mentioned = np.zeros(len(rows), np.int64)
        for need, cells in self._taken_apart(plain).items():
            mentioned += self._code(need, cells, block)
        # Whoever mentions more than needs, or is no plain dict, is read as a whole.
        lengths = np.fromiter(map(len, plain), np.int64, len(plain))
        odd = mentioned != lengths
        if plain is not rows:
            odd |= np.array([type(row) is not dict for row in rows], bool)
        self._read(rows, np.flatnonzero(odd).tolist(), block)
        return block

    def _taken_apart(self, rows: Sequence[Any]) -> dict[str, list[Any]]:
        """The cells of each need."""
        cells: dict[str, list[Any]] = {need: [] for need in self._needs}
        # A few rows at a time, which then stay close to the processor for all needs.
        for start in range(0, len(rows), _FEW):
            few = rows[start : start + _FEW]
            for taken, more in zip(cells.values(), self._columns(few), strict=True):
                taken.extend(more)
        return cells

    def _columns(self, rows: Sequence[Any]) -> Iterable[Iterable[Any]]:
        """The cells of a few rows, by need."""
        if self._all_answers is not None:
            try:
                return list(zip(*map(self._all_answers, rows), strict=True))
            except KeyError:
                # Some row does not answer all needs.
                pass
        return [[row.get(need, MISSING) for row in rows] for need in self._needs]

    def _code(self, need: str, cells: Sequence[Any], block: Block) -> Array:
        """Codes the cells of a need into the block, and tells which rows mention it."""
        coded = self._cells[need].code(cells)
        coded.put_into(block, need)
        if self._needs[need].type is NeedType.NUMBER:
            said = ~np.isnan(coded.codes)
        else:
            said = np.not_equal(coded.codes, UNANSWERED).astype(bool)
        for fault in coded.faults:
            said[fault.row] = True
        return said

    def _read(self, rows: Sequence[Any], odd: Sequence[int], block: Block) -> None:
        if not odd:
            return
        again = set(odd)
        block.faults = [each for each in block.faults if each.row not in again]
        for row in odd:
            requirements, faults = self._reader.read_row(rows[row])
            block.faults += [RowFault(row, column_of(each), each) for each in faults]
            self._write(row, rows[row], requirements, block)

    def _write(self, row: int, said: Any, requirements: Mapping[str, Requirement], block: Block) -> None:
        for need in self._needs.values():
            requirement = requirements.get(need.id)
            if requirement is None:
                block.answers[need.id][row] = unanswered(need, 1)[0]
                continue
            block.answers[need.id][row] = code_of(need, requirement.value)
            if isinstance(said.get(need.id), Mapping):
                block.levels_of(need.id)[row] = requirement.importance.level


def column_of(diagnostic: Diagnostic) -> str:
    """The key of a row that a fault is in; nothing if it is the row itself."""
    return str(diagnostic.path[0]) if diagnostic.path else ""
