"""What sets two candidates apart, in points per rule and in a sentence."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from steelyard.model import Ruleset
from steelyard.recommendation import Reason, Recommendation, Weighed, joined, points

_MOST_LISTED = 3
_MOST_NAMED_OF_MANY = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """What one candidate gains (above 0) or loses (below 0) beside another through one rule.

    Attributes:
        title: the rule's title.
        points: the first candidate's points less the other's.
        unknown_of: that candidate of the two which the rule does not rate, if it rates one only: its name, or "it"
            for the first.
    """

    title: str
    points: float
    unknown_of: str | None


def differences(weighed: Weighed, other: Weighed, recommendation: Recommendation, ruleset: Ruleset) -> list[Difference]:
    """The fired rules that give two candidates different points, the largest difference first."""
    found = []
    ours, theirs = _by_rule(weighed), _by_rule(other)
    for fired in recommendation.fired:
        mine, its = ours.get(fired.rule), theirs.get(fired.rule)
        size = _points(mine) - _points(its)
        if size:
            unknown_of = "it" if mine is None else other.name if its is None else None
            found.append(Difference(ruleset.rules[fired.rule].title, size, unknown_of))
    return sorted(found, key=lambda difference: -abs(difference.points))


def contrast(found: Sequence[Difference]) -> str:
    """What a candidate loses and gains by these differences, as the end of a sentence about it.

    For example: "loses 6.3 on “Runs on Android” and gains 1.8 on “Debugging”".
    """
    if not found:
        return "gets the same points from every rule"
    lost = [difference for difference in found if difference.points < 0]
    gained = [difference for difference in found if difference.points > 0]
    pause = "," if len(lost) > 1 else ""
    return f"loses {_side(lost)}{pause} and gains {_side(gained)}"


def _side(found: Sequence[Difference]) -> str:
    if not found:
        return "nothing"
    if len(found) == 1:
        return f"{points(abs(found[0].points))} on {_named(found[0])}"
    total = points(abs(math.fsum(difference.points for difference in found)))
    if len(found) <= _MOST_LISTED:
        parts = joined([f"{points(abs(each.points))} on {_named(each)}" for each in found])
        return f"{parts}, {total} in all"
    strongest = joined([_named(each, with_points=True) for each in found[:_MOST_NAMED_OF_MANY]])
    return f"{total} on {len(found)} rules, led by {strongest}"


def _named(difference: Difference, *, with_points: bool = False) -> str:
    remarks = [points(abs(difference.points))] if with_points else []
    if difference.unknown_of is not None:
        remarks.append(f"nothing known of {difference.unknown_of}")
    return f"“{difference.title}”" + (f" ({', '.join(remarks)})" if remarks else "")


def _by_rule(weighed: Weighed) -> Mapping[str | None, Reason]:
    return {reason.rule: reason for reason in weighed.reasons}


def _points(reason: Reason | None) -> float:
    return reason.points if reason is not None else 0
