"""What the rules of a snapshot read of the requirements, and which answers to a need they tell apart."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from steelyard.engine import RuleIndex, Snapshot
from steelyard.engine.bits import bits_at, places_of
from steelyard.model import Answer, Need, NeedTest, NeedType, answer_labels, passes, tests_of


@dataclass(frozen=True, slots=True)
class Possible:
    """An answer that a need can have; its label is the answer in words, of a number the range it stands for."""

    value: Answer
    label: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a number's range: one number (`low` equals `high`), or all between two of them without these."""

    low: float
    high: float
    within: float


class Readings:
    """What the standing rules of a snapshot read."""

    def __init__(self, index: RuleIndex, snapshot: Snapshot) -> None:
        """Passes once over all conditions."""
        self.needs = index.needs
        tests: dict[str, dict[NeedTest, None]] = {}
        readers: dict[str, set[int]] = {}
        for place in places_of(snapshot.standing):
            for test in tests_of(index.rules[place].rule.when):
                tests.setdefault(test.need, {})[test] = None
                readers.setdefault(test.need, set()).add(place)
        self._tests = {need: tuple(each) for need, each in tests.items()}
        self._readers = {need: bits_at(places) for need, places in readers.items()}
        self._answers: dict[str, Sequence[Possible]] = {}

    @property
    def read(self) -> Sequence[str]:
        """The needs that some rule reads, in the order of the ruleset."""
        return [need for need in self.needs if need in self._tests]

    def are_apart(self, need: str, other: str) -> bool:
        """Whether no rule reads both needs."""
        return not self._readers[need] & self._readers[other]

    def told_apart(self, need: str, answer: Answer) -> tuple[bool, ...]:
        """Which tests the answer passes: to all rules, answers of which this is equal are the same."""
        return tuple(passes(test, self.needs[need], answer) for test in self._tests.get(need, ()))

    def answers(self, need: str) -> Sequence[Possible]:
        """The answers to ask about: of `choices`, none and each option alone; of a number, one of every range."""
        if need not in self._answers:
            self._answers[need] = list(self._possible(self.needs[need]))
        return self._answers[need]

    def _possible(self, need: Need) -> Iterator[Possible]:
        match need.type:
            case NeedType.NUMBER:
                yield from self._ranges(need)
                return
            case NeedType.FLAG:
                values: Iterable[Answer] = (True, False)
            case NeedType.CHOICES:
                values = [frozenset[str](), *(frozenset((option,)) for option in need.option_ids)]
            case _:
                values = need.option_ids
        for value in values:
            yield Possible(value, answer_labels(need, need.stated(value)))

    def _ranges(self, need: Need) -> Iterator[Possible]:
        slots = _slots(need, sorted({float(cut) for cut in _cuts(self._tests.get(need.id, ()))}))
        for _, group in groupby(slots, key=lambda slot: self.told_apart(need.id, slot.within)):
            first, *others = group
            last = others[-1] if others else first
            yield Possible(_plain(first.within), _range_label(need, first, last))


def _cuts(tests: Iterable[NeedTest]) -> Iterator[float]:
    for test in tests:
        if isinstance(test.operand, int | float):
            yield test.operand


def _slots(need: Need, cuts: Sequence[float]) -> Iterator[Slot]:
    """The parts into which the numbers that tests compare with cut the range of the need."""
    low, high = _bounds(need)
    inside = [cut for cut in cuts if low <= cut <= high]
    if not inside or inside[0] > low:
        yield Slot(-math.inf, inside[0] if inside else math.inf, low)
    for cut, after in pairwise([*inside, math.inf]):
        yield Slot(cut, cut, cut)
        if cut < high:
            yield Slot(cut, after, _between(cut, min(after, high), is_end_within=after == math.inf))


def _bounds(need: Need) -> tuple[float, float]:
    return (
        -math.inf if need.minimum is None else float(need.minimum),
        math.inf if need.maximum is None else float(need.maximum),
    )


def _between(low: float, high: float, *, is_end_within: bool) -> float:
    """A number above the lower one and below the upper one, or up to it: a whole one, if there is one."""
    whole = math.floor(low) + 1.0
    if whole < high or (is_end_within and whole == high):
        return whole
    return high if is_end_within else (low + high) / 2


def _plain(number: float) -> int | float:
    return int(number) if number.is_integer() else number


def _range_label(need: Need, first: Slot, last: Slot) -> str:
    """The numbers from one slot to another in words."""
    unit = f" {need.unit}" if need.unit else ""
    low, high = _bounds(need)
    if first.low == last.high:
        return f"{_plain(first.low)}{unit}"
    parts = []
    # A slot that is one number belongs to the range with its ends; any other lies between its own.
    if first.low != -math.inf and (first.low != first.high or first.low > low):
        parts.append(f"{'at least' if first.low == first.high else 'above'} {_plain(first.low)}")
    if last.high != math.inf and (last.low != last.high or last.high < high):
        parts.append(f"{'at most' if last.low == last.high else 'below'} {_plain(last.high)}")
    return f"{' and '.join(parts)}{unit}" if parts else f"any number{unit and ' of'}{unit}"
