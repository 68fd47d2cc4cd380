"""From true conjunctions to scores, exclusions, ranks and robustness, in exact integers, each when it is asked for."""

import math
from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from operator import and_, attrgetter, or_

from steelyard.engine.bits import chosen, places_of
from steelyard.engine.compiled import CompiledRuleset
from steelyard.engine.fired_rule import POINTS_PER_WORTH, FiredRule
from steelyard.engine.index import Fired
from steelyard.engine.lazy import lazy
from steelyard.engine.snapshot import Snapshot
from steelyard.model import Importance, Request, Requirement
from steelyard.recommendation import Outcome

_MIDDLE = 50.0
_ORDER = attrgetter("order")
TIES_PER_POINT = 10**9
"""Scores that differ by no more than one part of this many of a point are a tie."""


class Weighing:
    """What the rules say to one request, by the numbers of the candidates in the ruleset."""

    def __init__(
        self,
        compiled: CompiledRuleset,
        snapshot: Snapshot,
        request: Request,
        true: int,
        near: "Weighing | None" = None,
    ) -> None:
        """Takes the conjunctions that the request makes true; nothing else is worked out yet.

        A weighing `near` this one, in which mostly the same rules fire, saves adding them up again.
        """
        self.compiled = compiled
        self.snapshot = snapshot
        self.request = request
        self.true = true
        self._near = near

    @classmethod
    def of(cls, compiled: CompiledRuleset, request: Request) -> "Weighing":
        """What the rules of a ruleset say to a valid request."""
        true = compiled.index.true_conjunctions(request.requirements)
        return cls(compiled, compiled.snapshot_on(request.as_of), request, true)

    @lazy
    def fired(self) -> Sequence[Fired]:
        """The rules that fire, by importance."""
        return self.compiled.index.fired(self.true, self.snapshot.standing, self.request.requirements)

    @property
    def fired_as_must(self) -> int:
        """The rules that fire as a must: a bit for each place."""
        return next((places for importance, places in self.fired if importance is Importance.MUST), 0)

    @property
    def all_fired(self) -> int:
        """The rules that fire, whatever their importance: a bit for each place."""
        return reduce(or_, (places for _, places in self.fired), 0)

    @property
    def importance_by_place(self) -> Mapping[int, Importance]:
        """The places of the rules that fire, with their importance."""
        return {place: importance for importance, places in self.fired for place in places_of(places)}

    @property
    def fired_orders(self) -> Sequence[int]:
        """The numbers of the rules that fire, in the order of the ruleset."""
        rules = self.compiled.index.rules
        return sorted([each.order for _, places in self.fired for each in chosen(rules, places)])

    @lazy
    def fired_rules(self) -> Sequence[FiredRule]:
        """The rules that fire, in the order of the ruleset, with what they rest on."""
        index, true, requirements = self.compiled.index, self.true, self.request.requirements
        fired_rule, matched_needs, places = self.compiled.fired_rule, index.matched_needs, index.places
        fired = [
            fired_rule(place, importance, matched_needs(place, true, requirements))
            for importance, bits in self.fired
            for place in chosen(places, bits)
        ]
        fired.sort(key=_ORDER)
        return fired

    @lazy
    def packed(self) -> int:
        """The balance, packed (see `lanes`)."""
        lanes, multipliers, near = self.snapshot.lanes, self.compiled.multipliers, self._near
        if near is None:
            return lanes.balance(self.fired, multipliers)
        gained, lost = _without(self.fired, near.fired), _without(near.fired, self.fired)
        return near.packed + lanes.balance(gained, multipliers) - lanes.balance(lost, multipliers)

    @lazy
    def balance(self) -> tuple[int, ...]:
        """The lane of each candidate, and last the total effective weight in millionths (see `lanes`)."""
        return self.snapshot.lanes.unpacked(self.packed)

    @lazy
    def asked(self) -> Sequence[int]:
        """The candidates that the request asks about."""
        return self.compiled.numbers_of(self.request.candidates)

    @lazy
    def excluded(self) -> Sequence[int]:
        """The candidates among those asked about that cannot be chosen: by their own dates, or by a veto."""
        available, vetoed = self.snapshot.available, self.vetoed
        return [each for each in self.asked if not available[each] or each in vetoed]

    @lazy
    def vetoed(self) -> Collection[int]:
        """The candidates among those asked about that a fired rule excludes."""
        vetoes, all_fired, must = self.snapshot.vetoes, self.all_fired, self.fired_as_must
        if not (all_fired & vetoes.any_always or must & vetoes.any_if_must):
            return ()
        return [each for each in self.asked if vetoes.excludes(each, all_fired, must)]

    @lazy
    def left(self) -> Sequence[int]:
        """The candidates among those asked about that can be chosen."""
        excluded = self.excluded
        return [each for each in self.asked if each not in excluded] if excluded else self.asked

    @lazy
    def winners(self) -> Sequence[int]:
        """The candidates that are recommended: one, all that share the best rank, or none."""
        return leaders(self.balance, self.left)

    @lazy
    def ranking(self) -> Sequence[tuple[int, int]]:
        """Rank and candidate of those that are not excluded, best first; equals share the best rank of theirs."""
        lanes, margin = self.balance, self.margin
        ranked: list[tuple[int, int]] = []
        rank, least = 0, math.inf
        for place, each in enumerate(sorted(self.left, key=lanes.__getitem__, reverse=True)):
            if lanes[each] < least or not ranked:
                rank, least = place + 1, lanes[each] - margin
            ranked.append((rank, each))
        # Those that tie without being equal come out by score, and go back to the order of the ruleset.
        return sorted(ranked) if margin else ranked

    @lazy
    def outcome(self) -> Outcome:
        """What it comes to."""
        ranking = self.ranking
        if not ranking:
            return Outcome.INFEASIBLE
        if not self.balance[-1]:
            return Outcome.UNDECIDED
        return Outcome.TIED if len(ranking) > 1 and ranking[1][0] == 1 else Outcome.RECOMMENDED

    @property
    def is_to_be_explained(self) -> bool:
        """Whether there is more to tell than the answer: it was asked for, or nothing is left and musts may be."""
        return bool(self.request.explain or self.request.compare) or self.outcome is Outcome.INFEASIBLE

    @property
    def has_winner(self) -> bool:
        """Whether some candidate is recommended, alone or with its equals."""
        return bool(self.ranking and self.balance[-1])

    @property
    def lead(self) -> float | None:
        """Points between the first and the second of the ranking; None without a second, or without a winner."""
        if len(self.ranking) < 2 or not self.has_winner:
            return None
        (_, first), (_, second), *_ = self.ranking
        return POINTS_PER_WORTH * (self.balance[first] - self.balance[second]) / self.balance[-1]

    @property
    def robustness(self) -> float | None:
        """The least share by which every weight may be wrong before a rival draws level; None as for the lead."""
        return self.closest and self.closest[0]

    @lazy
    def closest(self) -> tuple[float, int] | None:
        """The robustness, and the place in the ranking of the rival that draws level first; None as for the lead."""
        ranking, lanes, margin = self.ranking, self.balance, self.margin
        if len(ranking) < 2 or not lanes[-1]:
            return None
        winner = ranking[0][1]
        best, spread = lanes[winner], self.snapshot.lanes.spread(winner, self.fired, self.compiled.multipliers)
        return min(
            [
                (0.0 if best - lanes[rival] <= margin else (best - lanes[rival]) / spread[rival], place)
                for place, (_, rival) in enumerate(ranking)
                if place
            ]
        )

    @lazy
    def scores(self) -> Sequence[float]:
        """By candidate, 0 to 100; 50 when no rule fired. Python divides integers correctly rounded, however large."""
        *lanes, total = self.balance
        return [POINTS_PER_WORTH * lane / total for lane in lanes] if total else [_MIDDLE] * len(lanes)

    def score(self, candidate: int) -> float:
        """The score of one candidate."""
        return self.scores[candidate]

    @lazy
    def rated(self) -> Sequence[float]:
        """By candidate, the share of the total effective weight on which it is rated, 0 to 1; 0 when no rule fired."""
        lanes = self.snapshot.rated
        known = sum([each.effective * lanes[each.place] for each in self.fired_rules])
        *shares, total = self.snapshot.lanes.unpacked(known)
        return [share / total for share in shares] if total else [0.0] * len(shares)

    def varied(self, need: str, requirement: Requirement | None) -> "Weighing":
        """The weighing with another answer to one need, or with none, without starting over."""
        index, request = self.compiled.index, self.request
        requirements = self.compiled.with_answer(request.requirements, need, requirement)
        varied = Request(as_of=request.as_of, requirements=requirements, candidates=request.candidates)
        true = self.true
        if need in index.masks:
            masks = index.masks[need]
            mask = masks.unanswered if requirement is None else masks.mask_of(requirement.value)
            true = self._others[need] & mask
        return Weighing(self.compiled, self.snapshot, varied, true, near=self)

    @lazy
    def _others(self) -> Mapping[str, int]:
        """For each need, the conjunctions that the answers to all others leave standing."""
        index, requirements = self.compiled.index, self.request.requirements
        masks = [
            each.mask_of(requirements[need].value) if need in requirements else each.unanswered
            for need, each in index.masks.items()
        ]
        before = accumulate(masks, and_, initial=index.possible)
        after = list(accumulate(reversed(masks), and_, initial=index.possible))[-2::-1]
        return dict(zip(index.masks, map(and_, before, after), strict=True))

    @lazy
    def margin(self) -> int:
        """The greatest difference between two lanes that is a tie."""
        return _margin(self.balance)


def leaders(balance: Sequence[int], left: Collection[int]) -> Sequence[int]:
    """The candidates of those left which share the best rank by a balance; none where no rule fired or none is left."""
    if not balance[-1] or not left:
        return ()
    least = max([balance[each] for each in left]) - _margin(balance)
    return [each for each in left if balance[each] >= least]


def _margin(balance: Sequence[int]) -> int:
    return balance[-1] // (POINTS_PER_WORTH * TIES_PER_POINT)


def _without(some: Sequence[Fired], others: Sequence[Fired]) -> Sequence[Fired]:
    """The rules of some that do not fire with the same importance among others."""
    there = dict(others)
    return [Fired(importance, places & ~there.get(importance, 0)) for importance, places in some]
