"""Whether a condition can hold at all: exhaustively, since every domain is finite or falls into finitely many parts."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations, pairwise, product

from steelyard.model import (
    OPERATORS,
    AllOf,
    Answer,
    AnyOf,
    Condition,
    Need,
    NeedTest,
    NeedType,
    negation_normal_form,
    tests_of,
)

_MOST_CONJUNCTIONS = 2_000
_MOST_OPTIONS_TRIED = 10


def contradicted_needs(condition: Condition, needs: Mapping[str, Need]) -> tuple[str, ...]:
    """The needs whose tests contradict each other, if no requirements make the condition true; otherwise none.

    Conditions too large to expand, and tests of more than ten options of one need, count as able to hold.
    """
    conjunctions = _conjunctions(negation_normal_form(condition))
    if conjunctions is None:
        return ()
    found: dict[str, None] = {}
    for conjunction in conjunctions:
        contradicted = _contradicted(conjunction, needs)
        if not contradicted:
            return ()
        found.update(dict.fromkeys(contradicted))
    return tuple(found)


def telling_answers(need: Need, tests: Iterable[NeedTest]) -> list[Answer]:
    """Answers to the need that between them give every combination of outcomes that the tests can have.

    Of a number: every bound, every number tested, and one between each two of them. Of `choices`: every set of the
    options that are tested, with one other option standing for all the rest. Otherwise every answer.
    """
    match need.type:
        case NeedType.FLAG:
            return [True, False]
        case NeedType.NUMBER:
            return _telling_numbers(need, tests)
        case NeedType.CHOICES:
            return _telling_sets(need, tests)
        case _:
            return list(need.option_ids)


def _telling_numbers(need: Need, tests: Iterable[NeedTest]) -> list[Answer]:
    bounds = [need.minimum, need.maximum]
    tested = {test.operand for test in tests} | set(bounds)
    marks = sorted(mark for mark in tested if isinstance(mark, int | float))
    between = [(low + high) / 2 for low, high in pairwise(marks)]
    return [*marks, *between]


def _telling_sets(need: Need, tests: Iterable[NeedTest]) -> list[Answer]:
    tested: set[str] = set()
    for test in tests:
        tested |= test.operand if isinstance(test.operand, frozenset) else {str(test.operand)}
    others = [option for option in need.option_ids if option not in tested][:1]
    options = sorted(tested) + others
    sizes = range(len(options) + 1)
    return [frozenset(chosen) for chosen in chain.from_iterable(combinations(options, n) for n in sizes)]


def _contradicted(conjunction: Sequence[NeedTest], needs: Mapping[str, Need]) -> list[str]:
    """The needs whose tests cannot hold together. Needs are independent, so each can be looked at alone."""
    by_need: dict[str, list[NeedTest]] = {}
    for test in conjunction:
        by_need.setdefault(test.need, []).append(test)
    return [need for need, tests in by_need.items() if not _can_hold_together(needs[need], tests)]


def _can_hold_together(need: Need, tests: Sequence[NeedTest]) -> bool:
    named = {option for test in tests if isinstance(test.operand, frozenset) for option in test.operand}
    if len(named) > _MOST_OPTIONS_TRIED:
        return True
    return any(all(_holds(need, test, answer) for test in tests) for answer in telling_answers(need, tests))


def _holds(need: Need, test: NeedTest, answer: Answer) -> bool:
    return OPERATORS[test.operator].holds(need, answer, test.operand) != test.negated


def _conjunctions(condition: Condition) -> list[tuple[NeedTest, ...]] | None:
    """The disjunctive normal form of a condition without `Not`; None if it is too large."""
    match condition:
        case AnyOf(parts):
            expanded = [_conjunctions(part) for part in parts]
            found: list[tuple[NeedTest, ...]] = []
            for each in expanded:
                if each is None or len(found) + len(each) > _MOST_CONJUNCTIONS:
                    return None
                found += each
            return found
        case AllOf(parts):
            return _product([_conjunctions(part) for part in parts])
        case _:
            return [tuple(tests_of(condition))]


def _product(factors: Sequence[list[tuple[NeedTest, ...]] | None]) -> list[tuple[NeedTest, ...]] | None:
    size = 1
    known = [factor for factor in factors if factor is not None]
    for factor in known:
        size *= len(factor)
    if len(known) < len(factors) or size > _MOST_CONJUNCTIONS:
        return None
    return [tuple(chain.from_iterable(parts)) for parts in product(*known)]
