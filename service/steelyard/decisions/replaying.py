"""Making the decisions of a log again, by other rules or for another day."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import TypeVar

from steelyard.decisions.asking import Asker, chosen
from steelyard.decisions.record import DecisionRecord
from steelyard.decisions.store import FaultyLine
from steelyard.diagnostics import Diagnostic
from steelyard.model import Request
from steelyard.requirements import RequestError
from steelyard.revision import Choices, MoverTally, Redecided, Refused, Replay, Revision, Why, why

_MOST_FAULTY_LINES = 20

Then = Callable[[DecisionRecord], Asker | None]
"""Finds the ruleset or stack that made a decision, with the very digest; None if it is not at hand."""


@dataclass(slots=True)
class _Same:
    """Equal decisions, so far."""

    last: DecisionRecord
    first_day: date
    last_day: date
    before: Choices
    after: Choices
    why: tuple[Why, ...] | None
    count: int = 0

    def add(self, record: DecisionRecord) -> None:
        self.last = record
        self.first_day, self.last_day = min(self.first_day, record.as_of), max(self.last_day, record.as_of)
        self.count += 1

    def done(self) -> Redecided:
        return Redecided(
            id=self.last.id,
            requirements=self.last.requirements,
            candidates=self.last.candidates,
            count=self.count,
            days=(self.first_day, self.last_day),
            before=self.before,
            after=self.after,
            why=self.why,
        )


_Counted = TypeVar("_Counted", _Same, Refused)


class Replayer:
    """Makes decisions again. It keeps what is asked for once, however often that is; nothing else of the log."""

    def __init__(self, against: Asker, then: Then, *, as_of: date | None = None, everything: bool = False) -> None:
        """Starts with nothing.

        Args:
            against: who is to decide.
            then: finds who decided.
            as_of: the day to be asked about; that of each decision if None.
            everything: whether to keep the decisions that do not change, too.
        """
        self._against = against
        self._then = then
        self._as_of = as_of
        self._everything = everything
        self._results: dict[bytes, Choices | tuple[Diagnostic, ...]] = {}
        self._same: dict[object, _Same] = {}
        self._refused: dict[tuple[tuple[str, str], ...], Refused] = {}
        self._tally = MoverTally()
        self._asked = 0
        self._others: Counter[str] = Counter()
        self._masked: Counter[str] = Counter()
        self._passed_masked = 0
        self._faulty: list[tuple[int, str]] = []
        self._faulty_lines = 0

    def told(self, line: FaultyLine) -> None:
        """Notes a line of the log that holds no record."""
        self._faulty_lines += 1
        if len(self._faulty) < _MOST_FAULTY_LINES:
            self._faulty.append((line.number, line.message))

    def replay(self, records: Iterable[DecisionRecord]) -> Replay:
        """Makes every decision again.

        Raises:
            DecisionLogError: the log cannot be read.
        """
        for record in records:
            self._take(record)
        return Replay(
            against=self._against.identity,
            as_of=self._as_of,
            asked=self._asked,
            distinct=len(self._results),
            redecided=tuple(each.done() for each in _frequent_first(self._same.values())),
            refused=tuple(_frequent_first(self._refused.values())),
            others=dict(self._others.most_common()),
            masked=dict(self._masked.most_common()),
            passed_masked=self._passed_masked,
            faulty=tuple(self._faulty),
            faulty_lines=self._faulty_lines,
            movers=self._tally.movers,
        )

    def _take(self, record: DecisionRecord) -> None:
        if (record.asked, record.is_of_a_stack) != (self._against.identity.id, self._against.is_stack):
            self._others[record.asked] += 1
        elif record.masked:
            self._passed_masked += 1
            self._masked.update(record.masked)
        else:
            self._asked += 1
            self._redecide(record)

    def _redecide(self, record: DecisionRecord) -> None:
        question = _question(record)
        about = self._as_of or record.as_of
        key = _digest(f"{about} {question}")
        if key not in self._results:
            self._results[key] = self._result(record, about)
        result = self._results[key]
        if not isinstance(result, Mapping):
            self._refuse(record, result)
            return
        before = chosen(record)
        if before == result and not self._everything:
            return
        same = (_digest(question), tuple(before.items()), tuple(result.items()))
        if same not in self._same:
            reasons = self._why(record, about, before, result) if before != result else ()
            self._same[same] = _Same(record, record.as_of, record.as_of, before, result, reasons)
        self._same[same].add(record)

    def _result(self, record: DecisionRecord, about: date) -> Choices | tuple[Diagnostic, ...]:
        """What is chosen now, or why that cannot be asked."""
        try:
            return self._against.choices(_read(self._against, record, about))
        except RequestError as error:
            return tuple(error.diagnostics)

    def _refuse(self, record: DecisionRecord, faults: Sequence[Diagnostic]) -> None:
        key = tuple((each.pointer, each.message) for each in faults)
        so_far = self._refused[key].count if key in self._refused else 0
        self._refused[key] = Refused(
            id=record.id, requirements=record.requirements, count=so_far + 1, faults=tuple(faults)
        )

    def _why(self, record: DecisionRecord, about: date, before: Choices, after: Choices) -> tuple[Why, ...] | None:
        """What made each choice another that is; None if that cannot be said."""
        then = self._then(record)
        if then is None:
            return None
        try:
            request = _read(then, record, record.as_of)
        except RequestError:
            return None
        # Not where the release of then decided otherwise by the same rules: its reasons were others.
        if then.choices(request) != before:
            return None
        earlier, later = then.answers(request), self._against.answers(_read(self._against, record, about))
        found: list[Why] = []
        for part in (each for each in before if each in after and before[each] != after[each]):
            was, now = earlier[part], later[part]
            revision = Revision(before=was.answer, after=now.answer, was=was.ruleset, now=now.ruleset)
            self._tally.add(revision)
            found.append(why(part, revision))
        return tuple(found)


def _read(asker: Asker, record: DecisionRecord, about: date) -> Request:
    data = {"requirements": record.requirements, "as_of": about}
    return asker.read(data if record.candidates is None else {**data, "candidates": record.candidates}, about)


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


def _question(record: DecisionRecord) -> str:
    return json.dumps([record.requirements, record.candidates], sort_keys=True)


def _frequent_first(each: Iterable[_Counted]) -> list[_Counted]:
    return sorted(each, key=lambda one: -one.count)
