"""What changed, by day, newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from steelyard.knowledge import CandidateChange, Change, Knowledge, RatingChange, RuleChange, changes
from steelyard.render.rules.words import applies, word
from steelyard.web.pages.closer import Source
from steelyard.web.pages.rulebook.browsing import Browsing, Cell
from steelyard.web.pages.rulebook.words import sources

MOST_CHANGES = 100
"""Of more changes than these, the newest are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A change in a sentence.

    Attributes:
        candidate: the candidate's name, if it is about one.
        rule: the rule's title, if it is about one.
        address: the address that opens the rating, if it is about one.
        words: what became of it.
        because: why, if that is said.
        sources: on what evidence.
    """

    candidate: str | None = None
    rule: str | None = None
    address: str | None = None
    words: str
    because: str | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """The changes of one day."""

    day: date
    changes: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """What changed.

    Attributes:
        days: the changes that are told.
        more: how many are not, since they are too many.
        further: the day as of which the page tells those; None if there are none.
        address: the address of the page on that day.
    """

    days: tuple[Day, ...]
    more: int
    further: date | None
    address: str


def what_changed(browsing: Browsing) -> WhatChanged:
    """What changed after the day on which it starts, as far as it is about what is looked at."""
    found = _looked_at(browsing)
    told = found[:MOST_CHANGES]
    days = tuple(
        Day(day, tuple(_told(change, browsing) for change in group))
        for day, group in groupby(told, key=lambda change: change.day)
    )
    more = len(found) - len(told)
    further = _further(found) if more else None
    return WhatChanged(days, more, further, replace(browsing, as_of=further, since=browsing.start).address)


def _looked_at(browsing: Browsing) -> Sequence[Change]:
    """The changes, the newest first; on one day in their order."""
    found = changes(browsing.knowledge, browsing.start)
    if browsing.chosen:
        found = tuple(each for each in found if any(map(each.is_about, browsing.candidates)))
    return sorted(found, key=lambda change: change.day, reverse=True)


def _further(found: Sequence[Change]) -> date:
    """The newest day of which not everything is told; the one before it where nothing else is told, either."""
    day = found[MOST_CHANGES].day
    return day if day < found[0].day else day - timedelta(days=1)


def _told(change: Change, browsing: Browsing) -> Told:
    knowledge = browsing.knowledge
    match change:
        case CandidateChange(candidate=candidate, came=came):
            return Told(candidate=candidate.name, words="comes" if came else "is retired")
        case RuleChange(rule=rule, came=True):
            rated = "; ".join(_rated(change, knowledge))
            return Told(
                rule=rule.title, words="comes", because=". ".join(filter(None, (applies(rule, knowledge), rated)))
            )
        case RuleChange(rule=rule):
            return Told(rule=rule.title, words="goes")
        case RatingChange(rule=rule, candidate=candidate, before=before, after=after):
            former, latter = word(before), word(after)
            return Told(
                candidate=candidate.name,
                rule=rule.title,
                address=browsing.opening(Cell(rule.id, candidate.id)),
                words=f"still {latter}" if former == latter else f"{former} → {latter}",
                because=after.because,
                sources=sources(after.evidence, knowledge),
            )


def _rated(change: RuleChange, knowledge: Knowledge) -> Iterator[str]:
    candidates = knowledge.ruleset.candidates
    for key, rating in change.rule.ratings_on(change.day).items():
        yield f"{candidates[key].name} {rating.grade.word}"
