"""The rules through which most points moved, over many pairs of answers."""

from dataclasses import dataclass
from fractions import Fraction

from steelyard.revision.revision import Revision


@dataclass(frozen=True, slots=True)
class Mover:
    """A rule, in how many answers points moved through it, and how many in all, gained or lost."""

    rule: str
    title: str
    answers: int
    points: Fraction


class MoverTally:
    """Sums up what moved through each rule; the pairs of answers themselves are not kept.

    Points that moved only since other rules weigh more or less than they did are not counted.
    """

    def __init__(self) -> None:
        """Starts with nothing."""
        self._movers: dict[str, Mover] = {}

    def add(self, revision: Revision) -> None:
        """Counts one pair of answers."""
        for rule in revision.rules:
            moved = sum((abs(move.change) for move in rule.own_moves), Fraction(0))
            if moved:
                so_far = self._movers.get(rule.rule)
                answers, points = (so_far.answers, so_far.points) if so_far else (0, Fraction(0))
                self._movers[rule.rule] = Mover(rule.rule, rule.title, answers + 1, points + moved)

    @property
    def movers(self) -> tuple[Mover, ...]:
        """The rules, the greatest move first."""
        return tuple(sorted(self._movers.values(), key=lambda mover: (-mover.points, mover.rule)))
