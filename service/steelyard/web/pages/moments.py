"""The same project on other days, and by other rulesets: who led when, and what moved."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from steelyard.api import Answer, Ruleset
from steelyard.requirements import RequestError
from steelyard.revision import LeftOut, Revision, Side, Sides
from steelyard.web.keeping import Shelf
from steelyard.web.pages.project import Beside, Project, year_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days on which the same candidate led.

    Attributes:
        since: the first of them.
        leader: the candidate's name; None where nobody led alone.
        start: where they begin, of 100 for the whole time.
        width: how long they last, likewise.
        address: the page on the first of them.
        is_here: whether the day asked about is among them.
        tone: a number that the spans of one candidate share.
    """

    since: date
    leader: str | None
    start: float
    width: float
    address: str
    is_here: bool
    tone: int


@dataclass(frozen=True, slots=True)
class Way:
    """A way to another day, or to another ruleset beside this one, and whether it is where one is."""

    label: str
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Another answer beside this one.

    Attributes:
        revision: what sets them apart; this one is the later.
        left_out: what one of them was not asked about.
        address: the page with the other answer.
    """

    revision: Revision
    left_out: Sequence[LeftOut]
    address: str


@dataclass(frozen=True, slots=True)
class NotComparable:
    """That another ruleset cannot be asked the same: its title, and why."""

    title: str
    reasons: tuple[str, ...]


def spans(project: Project, ruleset: Ruleset, days: Sequence[date], today: date) -> tuple[Span, ...]:
    """Who led when, from the first day on which anything is known until today.

    Who leads is looked up at the beginning of each year; where it is another than a year before, the day between is
    looked for among those on which something changes.

    Args:
        project: the project.
        ruleset: what it asks.
        days: those on which something changes.
        today: the last day.
    """
    if not days or days[0] >= today:
        return ()
    looked_at = [days[0], *_years(days[0], today), today]
    leaders = [_leader(project, ruleset, day) for day in looked_at]
    turns: list[tuple[date, str | None]] = [(looked_at[0], leaders[0])]
    for (before, earlier), (after, later) in pairwise(zip(looked_at, leaders, strict=True)):
        if earlier != later:
            turns.append((_turn(project, ruleset, days, (before, after), later), later))
    here = project.as_of or today
    whole = (today - days[0]).days
    tones = {leader: place for place, leader in enumerate(dict.fromkeys(leader for _, leader in turns))}
    names = ruleset.candidates
    found = []
    for place, (since, leader) in enumerate(turns):
        until = turns[place + 1][0] if place + 1 < len(turns) else None
        found.append(
            Span(
                since=since,
                leader=None if leader is None else names[leader].name,
                start=round(100 * (since - days[0]).days / whole, 2),
                width=round(100 * ((until or today) - since).days / whole, 2),
                address=replace(project, as_of=since).address,
                is_here=since <= here and (until is None or here < until),
                tone=tones[leader] % 4,
            )
        )
    return tuple(found)


def other_days(project: Project, days: Sequence[date], today: date) -> tuple[Way, ...]:
    """The same project at the beginning of some years, from that of the first change on, and today."""
    first = days[0].year + 1 if days else today.year
    years = [date(year, 1, 1) for year in range(first, today.year + 1, 2)]
    ways = [Way(str(day.year), replace(project, as_of=day).address, project.as_of == day) for day in years]
    return (*ways, Way("today", replace(project, as_of=None).address, project.as_of is None))


def days_beside(project: Project, days: Sequence[date], today: date) -> tuple[Way, ...]:
    """What was known earlier, after the first change, to be set beside this."""
    here = project.as_of or today
    found = {f"in {year}": date(year, 1, 1) for year in (2016, 2020, 2024)} | {"a year before": year_before(here)}
    beside = project.beside.day if project.beside and project.beside.ruleset is None else None
    return tuple(
        Way(label, replace(project, beside=Beside(day=day)).address, day == beside)
        for label, day in found.items()
        if days and days[0] < day < here
    )


def others_beside(project: Project, shelf: Shelf) -> tuple[Way, ...]:
    """Other rulesets that decide between some of the same candidates."""
    if not isinstance(project.asked, Ruleset):
        return ()
    here = project.beside.ruleset if project.beside else None
    return tuple(
        Way(each.title, replace(project, beside=Beside(ruleset=id_, day=_last_known(each))).address, here == id_)
        for id_, each in shelf.rulesets.items()
        if each is not project.asked and len(each.candidates.keys() & project.asked.candidates.keys()) > 1
    )


def compared(project: Project, answer: Answer, shelf: Shelf) -> Compared | NotComparable | None:
    """Another answer beside this one, as the project says; None if it says none."""
    beside = project.beside
    if beside is None or not isinstance(project.asked, Ruleset):
        return None
    other = project.asked if beside.ruleset is None else shelf.rulesets[beside.ruleset]
    day = beside.day or answer.as_of
    sides = Sides(Side(other.model, day), Side(project.asked.model, answer.as_of))
    try:
        posed = sides.pose(project.request, answer.as_of)
    except RequestError as error:
        return NotComparable(other.title, tuple(each.message for each in error.diagnostics))
    said = {need: each.stated(other.needs[need]) for need, each in posed.before.requirements.items()}
    there = Project(asked=other, is_default=other is shelf.default, requirements=said, as_of=day)
    return Compared(revision=sides.compare(posed), left_out=posed.left_out, address=there.address)


def days_of_change(ruleset: Ruleset) -> list[date]:
    """The days on which a rule or a rating comes or goes."""
    model = ruleset.model
    periods = [rule.period for rule in model.rules.values()]
    periods += [candidate.period for candidate in model.candidates.values()]
    ends = {day for period in periods for day in (period.since, period.until) if day}
    return sorted(ends | {day for _, _, day, _ in model.ratings() if day})


def _last_known(ruleset: Ruleset) -> date | None:
    """The day of the newest source of a ruleset that is about a time gone by; None for one that goes on."""
    if days_of_change(ruleset) or not ruleset.evidence:
        return None
    return max(each.published for each in ruleset.evidence.values())


def _years(after: date, before: date) -> list[date]:
    beginnings = (date(year, 1, 1) for year in range(after.year, before.year + 1))
    return [day for day in beginnings if after < day < before]


def _leader(project: Project, ruleset: Ruleset, day: date) -> str | None:
    decision = ruleset.decide(project.requirements, as_of=day, candidates=project.candidates)
    ranks = list(decision.ranks.values())
    return decision.winner if ranks[:2] != [1, 1] else None


def _turn(
    project: Project, ruleset: Ruleset, days: Sequence[date], within: tuple[date, date], later: str | None
) -> date:
    """The first day of change after the one day, up to the other, on which the later leader leads."""
    after, until = within
    low, high = bisect_right(days, after), bisect_right(days, until)
    while low < high:
        middle = (low + high) // 2
        if _leader(project, ruleset, days[middle]) == later:
            high = middle
        else:
            low = middle + 1
    return days[low] if low < len(days) and days[low] <= until else until
