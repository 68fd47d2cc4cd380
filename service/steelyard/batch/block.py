"""Some rows of requirements as arrays: what every kind of input is turned into, and all that the kernel sees.

By need, one array with the answer of every row:

    flag             0 or 1; -1 unanswered
    choice, scale    the place of the option, 0 for the first; -1 unanswered
    choices          a set of bits, bit k for the option in place k; -1 unanswered
    number           the number; NaN unanswered
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from steelyard.diagnostics import Diagnostic
from steelyard.model import Answer, Importance, Need, NeedType, Requirement

Array = NDArray[Any]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]

MOST_BITS = 62
"""A set of more options does not fit into a number of 64 bits; such needs have arrays of Python's integers."""
UNANSWERED = -1
USUAL = Importance.SHOULD.level

IMPORTANCES: Sequence[Importance] = sorted(Importance, key=lambda importance: importance.level)
"""The importances in the order of their levels."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """A fault in one row.

    Attributes:
        row: its number, counted from 0.
        column: the need, or the column, that it is in; empty if the whole row is faulty.
        diagnostic: the fault, in the words of the single path.
    """

    row: int
    column: str
    diagnostic: Diagnostic


@dataclass(slots=True)
class Block:
    """Rows of requirements, by need; a need that is not there is unanswered in all rows.

    Attributes:
        rows: how many there are.
        answers: the answers by need.
        importance: by need, the level of every row, or one level for all; needs that are not there are `should`.
        faults: what is wrong, rows counted from the start of the block; such rows are weighed, but not answered.
    """

    rows: int
    answers: dict[str, Array] = field(default_factory=dict)
    importance: dict[str, Array | int] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)

    def part(self, start: int, stop: int) -> "Block":
        """The rows from one number up to another, without their faults."""
        answers = {need: codes[start:stop] for need, codes in self.answers.items()}
        importance = {
            need: levels if isinstance(levels, int) else levels[start:stop] for need, levels in self.importance.items()
        }
        return Block(min(stop, self.rows) - start, answers, importance)

    def levels_of(self, need: str) -> Array:
        """The importances of a need, a level for each row, ready to be written into."""
        levels = self.importance.get(need, USUAL)
        if isinstance(levels, int):
            levels = self.importance[need] = np.full(self.rows, levels, np.int8)
        return levels

    def requirements(self, row: int, needs: Mapping[str, Need]) -> dict[str, Requirement]:
        """The requirements of one row, in the order of the ruleset."""
        found = {}
        for need in needs.values():
            answer = decoded(need, self.answers[need.id][row]) if need.id in self.answers else None
            if answer is not None:
                level = self.importance.get(need.id, USUAL)
                level = level if isinstance(level, int) else int(level[row])
                found[need.id] = Requirement(answer, IMPORTANCES[level])
        return found


def decoded(need: Need, code: Any) -> Answer | None:
    """The answer that a code means; None if it means none."""
    if need.type is NeedType.NUMBER:
        number = float(code)
        return None if isnan(number) else int(number) if number.is_integer() else number
    place = int(code)
    if place == UNANSWERED:
        return None
    match need.type:
        case NeedType.FLAG:
            return bool(place)
        case NeedType.CHOICES:
            return frozenset(option for bit, option in enumerate(need.option_ids) if place >> bit & 1)
        case _:
            return need.option_ids[place]


def code_of(need: Need, answer: Any) -> Any:
    """The code of a valid answer."""
    match need.type:
        case NeedType.NUMBER:
            return float(answer)
        case NeedType.FLAG:
            return int(answer)
        case NeedType.CHOICES:
            return sum(1 << need.positions[option] for option in answer)
        case _:
            return need.positions[answer]


def unanswered(need: Need, rows: int) -> Array:
    """An array that answers nothing, of the type that the need takes."""
    if need.type is NeedType.NUMBER:
        return np.full(rows, np.nan)
    return np.full(rows, UNANSWERED, object if is_large(need) else np.int64)


def is_large(need: Need) -> bool:
    """Whether sets of the need's options are too large for 64 bits."""
    return need.type is NeedType.CHOICES and len(need.options) > MOST_BITS
