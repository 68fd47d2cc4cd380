"""A ruleset as frozen data: everything that is needed to decide one question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cached_property
from typing import Any

from steelyard.model.conditions import ALWAYS, Condition
from steelyard.model.digest import digest_of
from steelyard.model.needs import Need


class Importance(StrEnum):
    """How much a need matters to the project (MoSCoW)."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"

    @property
    def level(self) -> int:
        """A number that orders importances: 2 for must, 1 for should, 0 for could."""
        return _LEVELS[self]


_LEVELS = {Importance.MUST: 2, Importance.SHOULD: 1, Importance.COULD: 0}


DEFAULT_MULTIPLIERS: Mapping[Importance, Decimal] = {
    Importance.MUST: Decimal(4),
    Importance.SHOULD: Decimal(2),
    Importance.COULD: Decimal(1),
}

DEFAULT_WEIGHT = Decimal(1)

THOUSANDTHS = 1000
"""Weights and multipliers have at most three decimals: counted in thousandths, all their sums are exact integers."""


def in_thousandths(number: Decimal) -> int:
    """A weight or multiplier as a whole number of thousandths.

    Through its ratio, since a product of decimals would be rounded by whatever context the embedding program has set.
    """
    numerator, denominator = number.as_integer_ratio()
    return numerator * THOUSANDTHS // denominator


class Grade(Enum):
    """The words of a rating; `worth` is what one counts in a score."""

    EXCELLENT = "excellent", 2
    GOOD = "good", 1
    FAIR = "fair", 0
    POOR = "poor", -1
    UNSUPPORTED = "unsupported", -2

    def __init__(self, word: str, worth: int) -> None:
        self.word = word
        self.worth = worth


GRADE_BY_WORD = {grade.word: grade for grade in Grade}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` on, and before `until`; None is open."""

    since: date | None = None
    until: date | None = None

    def includes(self, day: date) -> bool:
        """Whether the day is in the period."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


ALL_DAYS = Period()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What can be recommended.

    Attributes:
        steward: who develops and maintains it.
        licence: under what terms, such as an SPDX expression.
        period: from its first release until the day on which it was retired.
    """

    id: str
    name: str
    summary: str | None = None
    steward: str | None = None
    licence: str | None = None
    homepage: str | None = None
    period: Period = ALL_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A source: a title, a day, and an address or what else identifies it."""

    id: str
    title: str
    published: date
    url: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How well one candidate meets a rule, why, and on what evidence (ids).

    `is_one_word` tells that the author wrote the word alone, and so let the rule's reason and evidence stand for it.
    """

    grade: Grade
    because: str | None = None
    evidence: tuple[str, ...] = ()
    is_one_word: bool = False


@dataclass(frozen=True, slots=True)
class RatingHistory:
    """The ratings of one candidate by one rule, oldest first; a day of None stands before all days."""

    entries: tuple[tuple[date | None, Rating], ...]

    def entry_on(self, day: date) -> tuple[date | None, Rating] | None:
        """The newest entry not after the day; None before the first."""
        standing = [entry for entry in self.entries if entry[0] is None or entry[0] <= day]
        return standing[-1] if standing else None

    def on(self, day: date) -> Rating | None:
        """The rating in force on the day; None before the first."""
        entry = self.entry_on(day)
        return entry and entry[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A condition on the requirements, a weight, and ratings by candidate.

    Attributes:
        weight: above 0, at most 1000, at most three decimals.
        veto: an `unsupported` of this rule excludes whatever its importance.
        period: the days on which the rule stands.
    """

    id: str
    criterion: str
    title: str
    ratings: Mapping[str, RatingHistory] = field(hash=False)
    when: Condition = ALWAYS
    weight: Decimal = DEFAULT_WEIGHT
    veto: bool = False
    period: Period = ALL_DAYS

    def ratings_on(self, day: date) -> dict[str, Rating]:
        """The ratings in force on the day, by candidate."""
        in_force = {candidate: history.on(day) for candidate, history in self.ratings.items()}
        return {candidate: rating for candidate, rating in in_force.items() if rating is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An author's example: requirements as they would be posted, and what is expected of the answer."""

    id: str
    requirements: Mapping[str, Any] = field(hash=False)
    expect: Mapping[str, Any] = field(hash=False)
    note: str | None = None
    as_of: date | None = None
    candidates: tuple[str, ...] | None = None

    @property
    def request(self) -> dict[str, Any]:
        """What the case asks, as it would be posted."""
        said = {"requirements": self.requirements, "candidates": self.candidates, "as_of": self.as_of}
        return {key: value for key, value in said.items() if value is not None}


@dataclass(frozen=True, kw_only=True)  # without slots, which leave no room for what is worked out once
class Ruleset:
    """One question to decide and all that is needed to decide it. Mappings keep the author's order."""

    id: str
    title: str
    version: str
    needs: Mapping[str, Need] = field(hash=False)
    candidates: Mapping[str, Candidate] = field(hash=False)
    criteria: Mapping[str, str] = field(hash=False)
    rules: Mapping[str, Rule] = field(hash=False)
    evidence: Mapping[str, Evidence] = field(hash=False, default_factory=dict)
    cases: Mapping[str, Case] = field(hash=False, default_factory=dict)
    multipliers: Mapping[Importance, Decimal] = field(hash=False, default_factory=lambda: dict(DEFAULT_MULTIPLIERS))
    stale_after_days: int | None = None

    @cached_property
    def digest(self) -> str:
        """The SHA-256, in hexadecimal, of all that can change an answer: everything but the cases."""
        return digest_of({item.name: getattr(self, item.name) for item in fields(self) if item.name != "cases"})

    def is_stale(self, evidence: Evidence, day: date) -> bool:
        """Whether the evidence is older on that day than the ruleset allows."""
        if self.stale_after_days is None:
            return False
        return (day - evidence.published).days > self.stale_after_days

    def ratings(self) -> Iterator[tuple[Rule, str, date | None, Rating]]:
        """Every rating: its rule, its candidate, its first day if dated, and itself."""
        for rule in self.rules.values():
            for candidate, history in rule.ratings.items():
                for first_day, rating in history.entries:
                    yield rule, candidate, first_day, rating
