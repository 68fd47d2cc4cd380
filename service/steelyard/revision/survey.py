"""All questions that the cases of two rulesets ask, put to both sides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from steelyard.diagnostics import Diagnostic
from steelyard.model import Case, Request
from steelyard.requirements import RequestError
from steelyard.revision.asking import LeftOut, Posed, Sides, Which
from steelyard.revision.movers import Mover, MoverTally
from steelyard.revision.revision import Revision

_Key = tuple[Request, Request]


@dataclass(frozen=True, slots=True)
class Compared:
    """A case, whose question both sides answered.

    Attributes:
        case: the case's id.
        only_in: the side whose ruleset has the case, if only one does, or each has another under this id.
        left_out: what one side does not know, and was not asked about.
        revision: what sets the answers apart.
    """

    case: str
    only_in: Which | None
    left_out: tuple[LeftOut, ...]
    revision: Revision


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A case whose question a side does not take, and why."""

    case: str
    only_in: Which | None
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True)  # without slots, which leave no room for what is worked out once
class Survey:
    """What became of every question."""

    compared: tuple[Compared, ...]
    passed_over: tuple[PassedOver, ...]

    @cached_property
    def differing(self) -> tuple[Compared, ...]:
        """The questions whose answers differ in the outcome or in who is recommended."""
        return tuple(each for each in self.compared if each.revision.differs)

    @cached_property
    def movers(self) -> tuple[Mover, ...]:
        """The rules that changed, or rate otherwise, the greatest move first.

        Points that moved only since other rules weigh more or less than they did are not counted.
        """
        tally = MoverTally()
        for each in self.compared:
            tally.add(each.revision)
        return tally.movers


def survey(sides: Sides, today: date) -> Survey:
    """Puts the question of every case of either ruleset to both sides; what is asked twice is asked once.

    Args:
        sides: whom to ask. Where they have no day of their own, each case is asked about its own.
        today: the day that is meant where a case has none either.
    """
    asked: dict[_Key, tuple[str, Which | None, Posed]] = {}
    passed_over: list[PassedOver] = []
    for case, only_in in _cases(sides):
        try:
            posed = sides.pose(case.request, today)
        except RequestError as error:
            passed_over.append(PassedOver(case.id, only_in, tuple(error.diagnostics)))
        else:
            asked.setdefault((posed.before, posed.after), (case.id, only_in, posed))
    compared = (Compared(id_, only_in, posed.left_out, sides.compare(posed)) for id_, only_in, posed in asked.values())
    return Survey(tuple(compared), tuple(passed_over))


def _cases(sides: Sides) -> Iterator[tuple[Case, Which | None]]:
    """The cases of the earlier ruleset, and those of the later one that are not the same there."""
    earlier, later = sides.before.ruleset.cases, sides.after.ruleset.cases
    for case in earlier.values():
        yield case, None if _same(case, later.get(case.id)) else Which.BEFORE
    for case in later.values():
        if not _same(case, earlier.get(case.id)):
            yield case, Which.AFTER


def _same(case: Case, other: Case | None) -> bool:
    return other is not None and case.request == other.request
