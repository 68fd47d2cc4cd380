"""A ruleset as it stands on one day, and from that day until something in it changes."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from steelyard.engine.bits import bits_at
from steelyard.engine.fragments import Fragments
from steelyard.engine.index import RuleIndex
from steelyard.engine.lanes import Lanes
from steelyard.engine.lazy import lazy
from steelyard.engine.sources import Sources
from steelyard.model import Candidate, Grade, Period, Rating, Rule, Ruleset
from steelyard.recommendation import Reason


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one standing rule says of one candidate: the same in every answer.

    Attributes:
        rule: the rule.
        order: the rule's number in the ruleset.
        candidate: the candidate's number in the ruleset.
        rating: the rating in force.
        weight: the rule's weight, in thousandths.
    """

    rule: Rule
    order: int
    candidate: int
    rating: Rating
    weight: int


class Snapshot:
    """What stands on some days: rules and candidates within their dates, of each rating the newest entry.

    What only some answers need is worked out when the first of them asks for it.
    """

    def __init__(self, ruleset: Ruleset, index: RuleIndex, sources: Sources, day: date) -> None:
        """Takes what stands on the day."""
        self.candidates = tuple(ruleset.candidates)
        self.available = tuple(each.period.includes(day) for each in ruleset.candidates.values())
        self.all_available = all(self.available)
        self.weights = index.weights
        self._number = {candidate: number for number, candidate in enumerate(self.candidates)}
        self._index = index
        self._sources = sources
        self.absences = {
            number: absence(each, day)
            for number, each in enumerate(ruleset.candidates.values())
            if not self.available[number]
        }
        self._citations: dict[int, Citations] = {}
        is_standing = [each.rule.period.includes(day) for each in index.rules]
        self.standing = bits_at(place for place, stands in enumerate(is_standing) if stands)
        self.ratings = tuple(
            each.rule.ratings_on(day) if stands else {} for each, stands in zip(index.rules, is_standing, strict=True)
        )

    @lazy
    def contributions(self) -> tuple[tuple[Contribution, ...], ...]:
        """By place of a rule: what it says of each candidate that it rates."""
        return tuple(
            tuple(
                Contribution(each.rule, each.order, self._number[candidate], rating, weight)
                for candidate, rating in ratings.items()
            )
            for each, ratings, weight in zip(self._index.rules, self.ratings, self.weights, strict=True)
        )

    @lazy
    def worths(self) -> tuple[tuple[int, ...], ...]:
        """By place of a rule: what its rating counts for each candidate; no rating counts 0."""
        return tuple(tuple(_worths(ratings, self.candidates)) for ratings in self.ratings)

    @lazy
    def lanes(self) -> Lanes:
        """The weights and worths, packed so that sums over fired rules are quick."""
        return Lanes(self.weights, self.worths, len(self.candidates))

    @lazy
    def rated(self) -> tuple[int, ...]:
        """By place of a rule: 1 in the lane of each candidate that it rates (see `lanes`)."""
        numbers, lanes = self._number, self.lanes
        return tuple(lanes.marked({numbers[candidate] for candidate in ratings}) for ratings in self.ratings)

    @lazy
    def fragments(self) -> Fragments:
        """The reasons as JSON that only lacks its numbers."""
        return Fragments(self.ratings, self._number, self.absences)

    def citations(self, place: int) -> "Citations":
        """The evidence for the ratings of the rule at a place."""
        found = self._citations.get(place)
        if found is None:
            bits_of, ratings = self._sources.bits_of, self.ratings[place]
            by_candidate = {self._number[candidate]: bits_of(each.evidence) for candidate, each in ratings.items()}
            found = self._citations[place] = Citations(reduce(or_, by_candidate.values(), 0), by_candidate)
        return found

    @lazy
    def vetoes(self) -> "Vetoes":
        """Which rules can exclude which candidates."""
        always: list[list[int]] = [[] for _ in self.candidates]
        if_must: list[list[int]] = [[] for _ in self.candidates]
        for place, said in enumerate(self.contributions):
            for each in said:
                if each.rating.grade is Grade.UNSUPPORTED:
                    if_must[each.candidate].append(place)
                    if each.rule.veto:
                        always[each.candidate].append(place)
        return Vetoes(always=tuple(map(bits_at, always)), if_must=tuple(map(bits_at, if_must)))


@dataclass(frozen=True, slots=True)
class Citations:
    """The evidence for the ratings of one rule, of all of them and by candidate: a bit for each piece's number."""

    all: int
    by_candidate: Mapping[int, int]


@dataclass(frozen=True)  # without slots, which leave no room for what is worked out once
class Vetoes:
    """By candidate, the places of the rules that exclude it: whatever their importance, or if it is `must`."""

    always: tuple[int, ...]
    if_must: tuple[int, ...]

    @lazy
    def any_always(self) -> int:
        """The rules that exclude anybody, whatever their importance."""
        return _union(self.always)

    @lazy
    def any_if_must(self) -> int:
        """The rules that exclude anybody if their importance is `must`."""
        return _union(self.if_must)

    def excludes(self, candidate: int, fired: int, fired_as_must: int) -> bool:
        """Whether one of the fired rules excludes the candidate."""
        return bool(fired & self.always[candidate] or fired_as_must & self.if_must[candidate])


def _worths(ratings: Mapping[str, Rating], candidates: Sequence[str]) -> Iterator[int]:
    for candidate in candidates:
        yield ratings[candidate].grade.worth if candidate in ratings else 0


def _union(sets: Sequence[int]) -> int:
    union = 0
    for each in sets:
        union |= each
    return union


class Calendar:
    """The days on which something in a ruleset changes, which cut time into intervals with one snapshot each."""

    def __init__(self, ruleset: Ruleset) -> None:
        """Finds the days in the dates of rules, candidates and ratings."""
        days = {day for each in ruleset.rules.values() for day in _ends(each.period)}
        days |= {day for each in ruleset.candidates.values() for day in _ends(each.period)}
        days |= {day for _, _, day, _ in ruleset.ratings() if day is not None}
        self._days = sorted(days)

    def interval(self, day: date) -> int:
        """The number of the interval that the day is in."""
        return bisect_right(self._days, day)


def _ends(period: Period) -> list[date]:
    return [day for day in (period.since, period.until) if day is not None]


def absence(candidate: Candidate, day: date) -> Reason:
    """Why a candidate cannot be chosen on a day outside its dates; the same on all days of an interval."""
    since, until = candidate.period.since, candidate.period.until
    is_early = since is not None and day < since
    told = f"exists only from {since}" if is_early else f"stands only until {until}"
    return Reason(
        rule=None,
        criterion=None,
        title="Not to be had on that day",
        needs=(),
        importance=None,
        rating=None,
        weight=0,
        points=0,
        because=f"{candidate.name} {told}.",
        evidence=(),
        veto=True,
    )
