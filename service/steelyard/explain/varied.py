"""What else could be said about one need, and how far that could carry a rival."""

from collections.abc import Collection, Iterable, Sequence

from steelyard.engine import Weighing, leaders
from steelyard.engine.lazy import lazy
from steelyard.explain.alternatives import Alternative


class Varied:
    """What is said about one need, replaced by an alternative."""

    def __init__(self, base: Weighing, alternative: Alternative) -> None:
        """Varies a weighing that has a winner."""
        self.alternative = alternative
        self.weighing = base.varied(alternative.need, alternative.requirement)
        self.base = base

    def with_other(self, alternative: Alternative) -> Weighing:
        """The weighing with an alternative to another need as well."""
        return self.weighing.varied(alternative.need, alternative.requirement)

    @lazy
    def spares_leaders(self) -> bool:
        """Whether all who lead in the base can still be chosen."""
        return all(leader in self.weighing.left for leader in self.base.winners)

    @lazy
    def gains(self) -> Sequence[int]:
        """By candidate, what the alternative puts it ahead of who leads in the base; below 0 where it stays behind."""
        return aheads(self.weighing, self.base)


def aheads(weighing: Weighing, base: Weighing) -> Sequence[int]:
    """How far each candidate is ahead of the first other one that leads in the base."""
    balance, (first, *others) = weighing.balance, base.winners
    ahead = [each - balance[first] for each in balance[:-1]]
    if others:
        ahead[first] = balance[first] - balance[others[0]]
    return ahead


class Alternatives:
    """All alternatives to what is said about one need."""

    def __init__(self, base: Weighing, need: str, alternatives: Iterable[Alternative]) -> None:
        """Varies a weighing that has a winner by each of the alternatives."""
        self.need = need
        self.varied = [Varied(base, each) for each in alternatives]

    @lazy
    def most(self) -> Sequence[int]:
        """By candidate, the most that one of the alternatives gains it."""
        return [max(gains) for gains in zip(*(each.gains for each in self.varied), strict=True)]

    @lazy
    def spare_leaders(self) -> bool:
        """Whether none of them excludes one who leads in the base."""
        return all(each.spares_leaders for each in self.varied)


class Additive:
    """What pairs of alternatives to two needs come to, if no rule reads both needs.

    What two such alternatives do to the sums of the candidates adds up. A candidate that comes first has to pass who
    leads now, unless one of the alternatives excludes that one.
    """

    def __init__(self, base: Weighing, wanted: Collection[int]) -> None:
        """Takes the candidates that are to come first."""
        self._base = base
        self._ahead = aheads(base, base)
        self._wanted = wanted

    def could_be(self, one: Alternatives, other: Alternatives) -> bool:
        """Whether some pair of two needs' alternatives could put a wanted candidate first."""
        if not one.varied or not other.varied:
            return False
        return not (one.spare_leaders and other.spare_leaders) or self._passes(one.most, other.most)

    def could_pair(self, one: Varied, other: Varied) -> bool:
        """Whether the two alternatives together could put a wanted candidate first."""
        return not (one.spares_leaders and other.spares_leaders) or self._passes(one.gains, other.gains)

    def winners(self, one: Varied, other: Varied) -> Sequence[int]:
        """Who is recommended with both alternatives."""
        base = self._base
        if base.vetoed or one.weighing.vetoed or other.weighing.vetoed:
            # Whom rules exclude with both, these do not tell.
            return one.with_other(other.alternative).winners
        balance = base.snapshot.lanes.unpacked(one.weighing.packed + other.weighing.packed - base.packed)
        return leaders(balance, base.left)

    def _passes(self, gains: Sequence[int], others: Sequence[int]) -> bool:
        ahead = self._ahead
        return max([gains[each] + others[each] - ahead[each] for each in self._wanted], default=0) > 0
