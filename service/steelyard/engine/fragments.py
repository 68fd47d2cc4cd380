"""Reasons as JSON that only lacks its numbers: made once for each rule and snapshot, when the rule first fires.

A reason is a head, its points, and a tail. The head is the same for all candidates that a rule rates alike; the tail,
in which the author's words stand, is the same in every answer. A comma comes before it: most reasons follow another.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from steelyard.engine.fired_rule import FiredRule
from steelyard.model import Grade, Rating
from steelyard.recommendation import Reason, as_json, cut

_MOST_RULES = 65_536
"""For how many fired rules the fragments are kept."""


class Group(NamedTuple):
    """What a fired rule says of all candidates that it rates alike.

    Attributes:
        rank: the size of the points, below zero, so that the greatest are sorted first.
        points: the points times the total effective weight in millionths.
        head: a comma, and the reason up to its points.
        tails: the number of each of those candidates, and the reason from its points on.
    """

    rank: int
    points: int
    head: bytes
    tails: Sequence[tuple[int, bytes]]


class Fragments:
    """The reasons of a snapshot."""

    def __init__(
        self, ratings: Sequence[Mapping[str, Rating]], numbers: Mapping[str, int], absences: Mapping[int, Reason]
    ) -> None:
        """Takes the ratings in force by place of a rule, the numbers of the candidates, and why some are absent."""
        self.absences = {number: b"," + as_json(reason.to_dict()) for number, reason in absences.items()}
        self._ratings = ratings
        self._numbers = numbers
        self._groups: dict[FiredRule, Sequence[Group]] = {}
        self._tails: dict[tuple[int, bool], Mapping[Grade, Sequence[tuple[int, bytes]]]] = {}

    def of(self, fired: FiredRule) -> Sequence[Group]:
        """What a fired rule says."""
        groups = self._groups.get(fired)
        if groups is None:
            if len(self._groups) >= _MOST_RULES:
                self._groups.clear()
            groups = self._groups[fired] = self._made(fired)
        return groups

    def _made(self, fired: FiredRule) -> Sequence[Group]:
        groups = []
        for grade, tails in self._tails_of(fired).items():
            points = fired.points(grade.worth)
            head, _ = cut(fired.reason(Rating(grade=grade), 0).to_dict(), "points")
            groups.append(Group(-abs(points), points, b"," + head, tails))
        return groups

    def _tails_of(self, fired: FiredRule) -> Mapping[Grade, Sequence[tuple[int, bytes]]]:
        """By grade, the tails of whom the rule rates so; they differ with what is a veto, and with nothing else."""
        key = fired.place, fired.is_must
        tails = self._tails.get(key)
        if tails is None:
            made: dict[Grade, list[tuple[int, bytes]]] = {}
            for candidate, rating in self._ratings[fired.place].items():
                _, tail = cut(fired.reason(rating, 0).to_dict(), "points")
                made.setdefault(rating.grade, []).append((self._numbers[candidate], tail))
            tails = self._tails[key] = made
        return tails
