"""Which reasons a brief answer tells: what weighs most, what speaks against the first, and where the next loses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from steelyard.api import Answer
from steelyard.recommendation import Ranked, Reason

_MOST_FIRST = 3
_OF_THE_FIRST, _OF_THE_SECOND = 5, 2
_DECIMALS = 6
"""Of a difference of points; beyond them is what subtracting adds."""


@dataclass(frozen=True, slots=True)
class Picked:
    """A reason that is told.

    Attributes:
        reason: the reason.
        behind: by how many points its candidate is behind the first there, above 0; None unless that is its greatest
            loss.
    """

    reason: Reason
    behind: float | None = None


def picked(answer: Answer) -> Mapping[str, Sequence[Picked]]:
    """The reasons to tell, by candidate: of those that are first, and of the next in the ranking."""
    first = [each for each in answer.ranking if each.rank == 1][:_MOST_FIRST]
    second = next((each for each in answer.ranking if each.rank > 1), None)
    told: dict[str, Sequence[Picked]] = {each.candidate: _of_the_first(each) for each in first}
    if second is not None:
        told[second.candidate] = _of_the_second(first[0], second)
    return told


def _of_the_first(ranked: Ranked) -> Sequence[Picked]:
    """The largest reasons, and the largest against it."""
    largest = [each for each in ranked.reasons if each.points]
    told = largest[:_OF_THE_FIRST]
    against = next((each for each in largest if each.points < 0), None)
    return [Picked(each) for each in (told if against is None or against in told else [*told, against])]


def _of_the_second(first: Ranked, second: Ranked) -> Sequence[Picked]:
    """The largest reasons, and the one by which it loses most."""
    told = [Picked(each) for each in second.reasons if each.points][:_OF_THE_SECOND]
    loss = _loss(first, second)
    if loss is None:
        return told
    kept = [loss if each.reason == loss.reason else each for each in told]
    return kept if loss in kept else [*kept, loss]


def _loss(first: Ranked, second: Ranked) -> Picked | None:
    """What puts the second behind the first most; a reason without a rating if it has none there."""
    of_first, of_second = ({each.rule: each for each in ranked.reasons} for ranked in (first, second))
    gaps = {rule: _points(of_first.get(rule)) - _points(of_second.get(rule)) for rule in {**of_first, **of_second}}
    rule = max(gaps, key=gaps.__getitem__, default=None)
    if rule is None or gaps[rule] <= 0:
        return None
    own = of_second.get(rule) or replace(of_first[rule], rating=None, points=0.0, because=None, evidence=())
    return Picked(own, round(gaps[rule], _DECIMALS))


def _points(reason: Reason | None) -> float:
    return reason.points if reason is not None else 0.0
