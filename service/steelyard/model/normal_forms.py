"""Normal forms of conditions: without `Not`, and as a choice between conjunctions of tests."""

from collections.abc import Iterable, Sequence
from itertools import chain, product

from steelyard.model.conditions import AllOf, AnyOf, Condition, NeedTest, Not

Conjunction = tuple[NeedTest, ...]
"""Tests that must all hold; without any, it always holds."""


def negation_normal_form(condition: Condition, *, negate: bool = False) -> Condition:
    """The same condition without `Not`: negations are pushed down to the tests (De Morgan)."""
    if not negate and is_conjunction(condition):
        return condition
    match condition:
        case NeedTest(need, operator, operand, negated):
            return NeedTest(need, operator, operand, not negated) if negate else condition
        case Not(part):
            return negation_normal_form(part, negate=not negate)
        case AllOf(parts) | AnyOf(parts):
            pushed = tuple(negation_normal_form(part, negate=negate) for part in parts)
            return AllOf(pushed) if isinstance(condition, AllOf) != negate else AnyOf(pushed)


def is_conjunction(condition: Condition) -> bool:
    """Whether the condition is one test, or an `all` of nothing but tests."""
    if isinstance(condition, AllOf):
        return all(isinstance(part, NeedTest) for part in condition.parts)
    return isinstance(condition, NeedTest)


def disjunctive_normal_form(condition: Condition, *, most_tests: int) -> list[Conjunction] | None:
    """The conjunctions of which one must hold, for a condition in negation normal form.

    Each choice of one conjunction per part of an `all` makes one of the whole, so that those which hold tell every
    test that does.

    Args:
        condition: a condition without `Not`.
        most_tests: how many tests, and conjunctions, the form may hold together.

    Returns:
        The conjunctions; None if they would be more than that.
    """
    match condition:
        case NeedTest():
            return [(condition,)]
        case AnyOf(parts):
            return _sum([disjunctive_normal_form(part, most_tests=most_tests) for part in parts], most_tests)
        case AllOf(parts):
            if is_conjunction(condition):
                return [parts]  # type: ignore[list-item]  # all of them tests
            return _product([disjunctive_normal_form(part, most_tests=most_tests) for part in parts], most_tests)
    raise TypeError(f"{type(condition).__name__} is not in negation normal form")


def _sum(expanded: Iterable[list[Conjunction] | None], most_tests: int) -> list[Conjunction] | None:
    found: list[Conjunction] = []
    size = 0
    for each in expanded:
        size += _size(each or ())
        if each is None or size > most_tests:
            return None
        found += each
    return found


def _product(expanded: Iterable[list[Conjunction] | None], most_tests: int) -> list[Conjunction] | None:
    factors: list[list[Conjunction]] = []
    count, size = 1, 1
    for each in expanded:
        # Reckoned before anything is multiplied out: a product outgrows any memory.
        size = size * len(each or ()) + _size(each or ()) * count
        count *= len(each or ())
        if each is None or size > most_tests:
            return None
        factors.append(each)
    return [tuple(chain.from_iterable(chosen)) for chosen in product(*factors)]


def _size(conjunctions: Sequence[Conjunction]) -> int:
    """How many tests the conjunctions hold; that there is one counts too."""
    return sum(len(each) + 1 for each in conjunctions)
