"""The answers to many rows, as columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isnan
from typing import Any

import numpy as np

from steelyard.batch.block import Array, Bools, Floats, Ints, RowFault
from steelyard.recommendation import Outcome

OUTCOMES: Sequence[Outcome] = tuple(Outcome)
"""The outcomes by their codes."""
NONE = -1
"""The code of no outcome, and of nobody recommended."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The arrays that answers are written into, one line for each row.

    Attributes:
        outcome: codes of outcomes; -1 for a faulty row.
        recommended: numbers of candidates in the ruleset; -1 if nobody is recommended.
        score: points of the candidate recommended, 0 to 100; NaN without one.
        lead: points ahead of the second of the ranking; NaN without one.
        robustness: the share by which every weight may be wrong; NaN as for the lead.
        scores: by row and candidate asked about, if wanted.
        fired: by row and rule of the ruleset, if wanted.
    """

    outcome: Array
    recommended: Array
    score: Floats
    lead: Floats
    robustness: Floats
    scores: Floats | None = None
    fired: Bools | None = None

    @classmethod
    def empty(cls, rows: int, *, scores: int | None, fired: int | None) -> "Columns":
        """Columns of so many rows that hold nothing yet, with so many scores and rules if they are wanted."""
        return cls(
            np.full(rows, NONE, np.int8),
            np.full(rows, NONE, np.int32),
            np.full(rows, np.nan),
            np.full(rows, np.nan),
            np.full(rows, np.nan),
            None if scores is None else np.full((scores, rows), np.nan).T,
            None if fired is None else np.zeros((rows, fired), np.bool_),
        )

    def part(self, start: int, stop: int) -> "Columns":
        """The same arrays, from one row up to another."""
        return Columns(
            self.outcome[start:stop],
            self.recommended[start:stop],
            self.score[start:stop],
            self.lead[start:stop],
            self.robustness[start:stop],
            None if self.scores is None else self.scores[start:stop],
            None if self.fired is None else self.fired[start:stop],
        )

    def clear(self, rows: Ints) -> None:
        """Takes back the answers to faulty rows."""
        self.outcome[rows] = NONE
        self.recommended[rows] = NONE
        for numbers in (self.score, self.lead, self.robustness, self.scores):
            if numbers is not None:
                numbers[rows] = np.nan
        if self.fired is not None:
            self.fired[rows] = False


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """The answers to many rows, in their order. A faulty row has no outcome, and its numbers are NaN.

    Attributes:
        candidates: ids of all candidates of the ruleset, by the numbers in `recommended`.
        asked: ids of the candidates asked about, by the columns of `scores`.
        rules: ids of all rules of the ruleset, by the columns of `has_fired`.
        columns: the arrays.
        faults: what is wrong in which rows, by row.
    """

    candidates: tuple[str, ...]
    asked: tuple[str, ...]
    rules: tuple[str, ...]
    columns: Columns
    faults: tuple[RowFault, ...] = ()

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.columns.outcome)

    @property
    def outcome(self) -> Array:
        """By row, what it comes to, a text; None for a faulty row."""
        return _named([each.value for each in OUTCOMES], self.columns.outcome)

    @property
    def recommended(self) -> Array:
        """By row, the id of the candidate recommended, the first of them in a tie; None without one."""
        return _named(self.candidates, self.columns.recommended)

    @property
    def score(self) -> Floats:
        """By row, the score of the candidate recommended, 0 to 100; NaN without one."""
        return self.columns.score

    @property
    def lead(self) -> Floats:
        """By row, the points ahead of the second of the ranking; NaN without one."""
        return self.columns.lead

    @property
    def robustness(self) -> Floats:
        """By row, the least share by which every weight may be wrong before a rival draws level; NaN as the lead."""
        return self.columns.robustness

    @property
    def scores(self) -> Mapping[str, Floats] | None:
        """By candidate asked about, the score of every row; None if not wanted."""
        if self.columns.scores is None:
            return None
        return dict(zip(self.asked, self.columns.scores.T, strict=True))

    @property
    def has_fired(self) -> Bools | None:
        """By row and rule, in the order of the ruleset, whether it fired; None if not wanted."""
        return self.columns.fired

    @property
    def fired(self) -> list[tuple[str, ...]] | None:
        """By row, the ids of the rules that fired, in the order of the ruleset; None if not wanted."""
        if self.columns.fired is None:
            return None
        rows, rules = np.nonzero(self.columns.fired)
        ends = np.searchsorted(rows, np.arange(len(self) + 1)).tolist()
        ids = [self.rules[each] for each in rules.tolist()]
        return [tuple(ids[start:stop]) for start, stop in pairwise(ends)]

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as plain data; what there is not is None."""
        return list(self._dicts())

    def _dicts(self) -> Iterator[dict[str, Any]]:
        names = ["outcome", "recommended", "score", "lead", "robustness"]
        values: list[Any] = [self.outcome.tolist(), self.recommended.tolist()]
        values += [_nullable(each) for each in (self.score, self.lead, self.robustness)]
        if self.scores is not None:
            names.append("scores")
            columns = [_nullable(each) for each in self.scores.values()]
            values.append([dict(zip(self.asked, row, strict=True)) for row in zip(*columns, strict=True)])
        if self.fired is not None:
            names.append("fired")
            values.append([list(each) for each in self.fired])
        for row in zip(*values, strict=True):
            yield dict(zip(names, row, strict=True))

    def to_arrow(self) -> Any:
        """The rows as a `pyarrow.Table`; scores as columns `score.<candidate>`, rules as a column of lists."""
        import pyarrow as pa  # noqa: PLC0415  only this needs it

        arrays = {
            "outcome": _dictionary([each.value for each in OUTCOMES], self.columns.outcome),
            "recommended": _dictionary(self.candidates, self.columns.recommended),
            "score": pa.array(self.score, from_pandas=True),
            "lead": pa.array(self.lead, from_pandas=True),
            "robustness": pa.array(self.robustness, from_pandas=True),
        }
        for candidate, scores in (self.scores or {}).items():
            arrays[f"score.{candidate}"] = pa.array(np.ascontiguousarray(scores), from_pandas=True)
        if self.columns.fired is not None:
            arrays["fired"] = self._arrow_of_fired(self.columns.fired)
        return pa.table(arrays)

    def _arrow_of_fired(self, fired: Bools) -> Any:
        import pyarrow as pa  # noqa: PLC0415  as above

        ends = np.concatenate([[0], np.cumsum(fired.sum(axis=1))]).astype(np.int32)
        rules = pa.DictionaryArray.from_arrays(np.nonzero(fired)[1].astype(np.int32), pa.array(self.rules, pa.string()))
        return pa.ListArray.from_arrays(ends, rules)


def _named(names: Sequence[str], codes: Array) -> Array:
    """The names that codes stand for; the last is what -1 stands for."""
    return np.array([*names, None], object)[codes]


def _nullable(numbers: Floats) -> list[float | None]:
    return [None if isnan(each) else each for each in numbers.tolist()]


def _dictionary(names: Sequence[str], codes: Array) -> Any:
    import pyarrow as pa  # noqa: PLC0415  as above

    indices = pa.array(codes.astype(np.int32), mask=codes == NONE)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names, pa.string()))
