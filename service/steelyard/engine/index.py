"""The index over the rules of a ruleset: which of them fire is found by intersecting a few large integers.

Every condition becomes a choice of conjunctions (its disjunctive normal form), and every conjunction gets one bit. For
every need there is one integer per answer, whose bits are the conjunctions which that answer does not contradict, and
one for the need unanswered. With the answers to all needs intersected, just the conjunctions that are true are left:

                                            r2    r0 r1 | r2
                                            a     b  c  | a'      a or a' makes r2 fire, b makes r0, c makes r1
    deployment = production                 1     1  0  | 1
    targets = android, ios                  1     0  1  | 1
    team_size unanswered                    0     1  1  | 1       a tests it, and an unanswered need is unknown
                                         &  ---------------
                                            0     0  0  | 1       a' is true: r2 fires

The first conjunctions of all rules come first, in the order of their number of conjunctions, then the second ones of
those that have two, and so on: these *layers*, laid over each other, give one bit per rule. The place of a rule in that
order is its *place*. A layer starts at a whole machine word, so that whole words can be laid over each other.

A condition that is too large to be written so is evaluated plainly for every request.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from steelyard.engine.bits import WORD, bits_at, words_for
from steelyard.engine.need_masks import Constraint, NeedMasks, need_masks
from steelyard.engine.plain import basis_of
from steelyard.model import (
    ALWAYS,
    AllOf,
    AnyOf,
    Condition,
    Conjunction,
    Importance,
    Need,
    NeedType,
    Requirement,
    Rule,
    disjunctive_normal_form,
    in_thousandths,
    is_conjunction,
    negation_normal_form,
)

_MOST_TESTS = 200
"""A condition with more tests and conjunctions in its disjunctive normal form is evaluated plainly."""


@dataclass(frozen=True, slots=True)
class IndexedRule:
    """A rule with its condition in negation normal form, and as conjunctions if it is not too large for that."""

    rule: Rule
    order: int
    condition: Condition
    conjunctions: Sequence[Conjunction] | None

    @property
    def height(self) -> int:
        """How many layers it is in."""
        return max(1, len(self.conjunctions or ()))


class Layer(NamedTuple):
    """Where the conjunctions of one number start, and a bit for each place that has one."""

    start: int
    places: int


class Fired(NamedTuple):
    """Rules that fired with the same importance: a bit for each place."""

    importance: Importance
    places: int


class RuleIndex:
    """The index over all rules of a ruleset, on whatever day they stand."""

    def __init__(self, rules: Sequence[Rule], needs: Mapping[str, Need]) -> None:
        """Indexes the rules, whose conditions test the needs."""
        self.needs = needs
        indexed = [_indexed(order, rule) for order, rule in enumerate(rules)]
        self.rules = tuple(sorted(indexed, key=lambda each: -each.height))
        self.places = range(len(self.rules))
        self.weights = tuple(in_thousandths(each.rule.weight) for each in self.rules)
        self.layers = _layers([each.height for each in self.rules])
        self.plain = tuple(place for place, each in enumerate(self.rules) if each.conjunctions is None)
        conjunctions = self._located_conjunctions()
        self.possible = bits_at(bit for bit, _ in conjunctions)
        self.unconditional = bits_at(bit for bit, conjunction in conjunctions if not conjunction)
        self.masks = _all_masks(conjunctions, self.possible, needs)
        finite = [each for each in self.masks.values() if each.need.type is not NeedType.NUMBER]
        numbers = [each for each in self.masks.values() if each.need.type is NeedType.NUMBER]
        self._finite = tuple((each.need.id, each.by_answer, each.unanswered) for each in finite)
        self._numbers = tuple((each.need.id, each.edges, each.slots, each.unanswered) for each in numbers)
        self._need_order = {need: order for order, need in enumerate(needs)}
        # A rule with a single conjunction rests on all of it whenever it fires.
        self._needs_of_only = tuple(
            self._in_order(test.need for test in each.conjunctions[0])
            if each.conjunctions is not None and len(each.conjunctions) == 1
            else None
            for each in self.rules
        )

    def true_conjunctions(self, requirements: Mapping[str, Requirement]) -> int:
        """A bit for every conjunction that the requirements make true."""
        true, said = self.possible, requirements.get
        for need, by_answer, unanswered in self._finite:
            requirement = said(need)
            true &= unanswered if requirement is None else by_answer[requirement.value]
        for need, edges, slots, unanswered in self._numbers:
            requirement = said(need)
            true &= unanswered if requirement is None else slots[bisect_right(edges, requirement.value)]
        return true

    def fired(self, true: int, standing: int, requirements: Mapping[str, Requirement]) -> Sequence[Fired]:
        """The rules that fire among those standing, given the true conjunctions, by importance."""
        by_importance = self._by_importance(true, standing, requirements)
        for place in self.plain:
            basis = basis_of(self.rules[place].condition, self.needs, requirements)
            if basis is not None and standing >> place & 1:
                importance = basis.importance or Importance.SHOULD
                by_importance[importance] = by_importance.get(importance, 0) | 1 << place
        return [Fired(importance, places) for importance, places in by_importance.items() if places]

    def _by_importance(
        self, true: int, standing: int, requirements: Mapping[str, Requirement]
    ) -> dict[Importance, int]:
        """A conjunction is as important as its least important need, a rule as its most important true conjunction."""
        rules = self.laid_over(true) & standing
        if _USUAL.issuperset(map(_IMPORTANCE_OF, requirements.values())):
            return {Importance.SHOULD: rules}
        should, must = self._resting_on_more(true, requirements)
        should, must = self.laid_over(should) & standing, self.laid_over(must) & standing
        return {Importance.MUST: must, Importance.SHOULD: should & ~must, Importance.COULD: rules & ~should & ~must}

    def _resting_on_more(self, true: int, requirements: Mapping[str, Requirement]) -> tuple[int, int]:
        """The true conjunctions that test no need less important than `should`, and than `must`, but at least one."""
        should, must = true, true & ~self.unconditional
        for need, requirement in requirements.items():
            if requirement.importance is not Importance.MUST and need in self.masks:
                untested = self.masks[need].unanswered
                must &= untested
                if requirement.importance is Importance.COULD:
                    should &= untested
        return should, must

    def laid_over(self, conjunctions: int) -> int:
        """The rules that have one of the conjunctions: a bit for each place."""
        first, *others = self.layers
        places = conjunctions & first.places
        for layer in others:
            places |= conjunctions >> layer.start & layer.places
        return places

    def matched_needs(self, place: int, true: int, requirements: Mapping[str, Requirement]) -> tuple[str, ...]:
        """The needs that a fired rule rests on, in the order of the ruleset: those of its true conjunctions."""
        only = self._needs_of_only[place]
        if only is not None:
            return only
        rule = self.rules[place]
        if rule.conjunctions is None:
            basis = basis_of(rule.condition, self.needs, requirements)
            return self._in_order(basis.needs if basis is not None else ())
        return self._in_order(
            test.need
            for layer, conjunction in zip(self.layers, rule.conjunctions, strict=False)
            if true >> (layer.start + place) & 1
            for test in conjunction
        )

    def _in_order(self, needs: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(set(needs), key=self._need_order.__getitem__))

    def _located_conjunctions(self) -> list[tuple[int, Conjunction]]:
        """Every conjunction with its bit."""
        return [
            (layer.start + place, conjunction)
            for place, each in enumerate(self.rules)
            for layer, conjunction in zip(self.layers, each.conjunctions or (), strict=False)
        ]


_USUAL = frozenset((Importance.SHOULD,))
_IMPORTANCE_OF = attrgetter("importance")


def _indexed(order: int, rule: Rule) -> IndexedRule:
    condition = negation_normal_form(rule.when)
    expanded = None
    # An `all` without parts inside of another condition has no importance of its own, which conjunctions cannot tell.
    if is_conjunction(condition) or not _holds_always_somewhere(condition):
        expanded = disjunctive_normal_form(condition, most_tests=_MOST_TESTS)
    return IndexedRule(rule, order, condition, expanded)


def _holds_always_somewhere(condition: Condition) -> bool:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return condition == ALWAYS or any(map(_holds_always_somewhere, parts))
    return False


def _layers(heights: Sequence[int]) -> tuple[Layer, ...]:
    """The layers of rules that are sorted by height, highest first."""
    layers: list[Layer] = []
    start = 0
    for level in range(max(heights, default=1)):
        width = sum(height > level for height in heights)
        layers.append(Layer(start, (1 << width) - 1))
        start += words_for(width) * WORD
    return tuple(layers)


def _all_masks(
    conjunctions: Sequence[tuple[int, Conjunction]], possible: int, needs: Mapping[str, Need]
) -> dict[str, NeedMasks]:
    """The masks of every need that some conjunction tests, in the order of the ruleset."""
    testing: dict[str, dict[Conjunction, list[int]]] = {}
    for bit, conjunction in conjunctions:
        by_need: dict[str, Conjunction] = {}
        for test in conjunction:
            by_need[test.need] = (*by_need.get(test.need, ()), test)
        for tested_need, tests in by_need.items():
            testing.setdefault(tested_need, {}).setdefault(tests, []).append(bit)
    masks = {}
    for need in needs.values():
        constraints = [Constraint(tests, bits_at(bits)) for tests, bits in testing.get(need.id, {}).items()]
        if constraints:
            tested = bits_at(bit for bits in testing[need.id].values() for bit in bits)
            masks[need.id] = need_masks(need, possible & ~tested, constraints)
    return masks
