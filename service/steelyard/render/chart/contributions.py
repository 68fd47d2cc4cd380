"""What a chart tells of a recommendation, as data: the points of each criterion for and against each candidate."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from steelyard.model import Ruleset
from steelyard.recommendation import Ranked, Reason, Recommendation


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A criterion that moves a score: its place among those that do, the letters that stand for it, its title."""

    place: int
    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The points of a criterion on one side of a candidate: all above 0, or all below. The reasons sum to them."""

    criterion: Criterion
    points: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What speaks for a candidate and what against it, each in the order of the criteria."""

    speaking_for: tuple[Part, ...]
    against: tuple[Part, ...]


def criteria_of(recommendation: Recommendation, ruleset: Ruleset) -> dict[str, Criterion]:
    """The criteria that move the score of a ranked candidate, by id, in the order of the ruleset."""
    moving = {reason.criterion for each in recommendation.ranking for reason in each.reasons if reason.points}
    shown = [(key, title) for key, title in ruleset.criteria.items() if key in moving]
    return {key: Criterion(place=place, key=letters(place), title=title) for place, (key, title) in enumerate(shown)}


def letters(place: int) -> str:
    """Letters for a place, counted as the columns of a spreadsheet are.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    more, last = divmod(place, len(ascii_uppercase))
    return (letters(more - 1) if more else "") + ascii_uppercase[last]


def sides_of(ranked: Ranked, criteria: dict[str, Criterion]) -> Sides:
    """The parts of a candidate's bar. What a criterion gives and what it takes are told apart, never netted."""
    return Sides(
        speaking_for=_parts([each for each in ranked.reasons if each.points > 0], criteria),
        against=_parts([each for each in ranked.reasons if each.points < 0], criteria),
    )


def _parts(reasons: Sequence[Reason], criteria: dict[str, Criterion]) -> tuple[Part, ...]:
    parts = []
    for key, criterion in criteria.items():
        own = tuple(each for each in reasons if each.criterion == key)
        if own:
            parts.append(Part(criterion=criterion, points=math.fsum(each.points for each in own), reasons=own))
    return tuple(parts)
