"""Whether a condition can hold at all: exhaustively, since every domain is finite or falls into finitely many parts."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise

from steelyard.model import (
    Answer,
    Condition,
    Conjunction,
    Need,
    NeedTest,
    NeedType,
    disjunctive_normal_form,
    negation_normal_form,
    passes,
)

_MOST_TESTS = 20_000
_MOST_TRIALS = 200_000


Known = dict[Conjunction, bool]
"""Whether tests of one need can hold together, of those that were tried out."""


def contradicted_needs(condition: Condition, needs: Mapping[str, Need], known: Known | None = None) -> tuple[str, ...]:
    """The needs whose tests contradict each other, if no requirements make the condition true; otherwise none.

    A condition that is too large to be expanded or to be tried out counts as able to hold.

    Args:
        condition: the condition.
        needs: the needs that it tests.
        known: what was found of other conditions on these needs, and is added to: many are made of the same few tests.
    """
    search = _Search(needs, {} if known is None else known)
    found: dict[str, None] = {}
    for conjunction in disjunctive_normal_form(negation_normal_form(condition), most_tests=_MOST_TESTS) or ():
        contradicted = search.contradicted(conjunction)
        if not contradicted:
            return ()
        found.update(dict.fromkeys(contradicted))
    return tuple(found)


def telling_answers(need: Need, tests: Iterable[NeedTest]) -> Iterator[Answer]:
    """Answers to the need that between them give every combination of outcomes that the tests can have.

    Of a number: every bound, every number tested, and one between each two of them. Of `choices`: every set of the
    options that are tested, with one other option standing for all the rest. Otherwise every answer.
    """
    match need.type:
        case NeedType.FLAG:
            yield from (True, False)
        case NeedType.NUMBER:
            yield from _telling_numbers(need, tests)
        case NeedType.CHOICES:
            yield from _telling_sets(need, tests)
        case _:
            yield from need.option_ids


def _telling_numbers(need: Need, tests: Iterable[NeedTest]) -> list[int | float]:
    bounds = [need.minimum, need.maximum]
    tested = {test.operand for test in tests} | set(bounds)
    marks = sorted(mark for mark in tested if isinstance(mark, int | float))
    between = [(low + high) / 2 for low, high in pairwise(marks)]
    return [*marks, *between]


def _telling_sets(need: Need, tests: Iterable[NeedTest]) -> Iterator[frozenset[str]]:
    tested: set[str] = set()
    for test in tests:
        tested |= test.operand if isinstance(test.operand, frozenset) else {str(test.operand)}
    others = [option for option in need.option_ids if option not in tested][:1]
    options = sorted(tested) + others
    for size in range(len(options) + 1):
        yield from map(frozenset, combinations(options, size))


class _Search:
    """A search for answers that pass tests. It gives up, and takes it that there are some, after so many trials."""

    def __init__(self, needs: Mapping[str, Need], known: Known) -> None:
        self._needs = needs
        self._known = known
        self._trials_left = _MOST_TRIALS

    def contradicted(self, conjunction: Conjunction) -> list[str]:
        """The needs whose tests cannot hold together. Needs are independent, so each can be looked at alone."""
        by_need: dict[str, Conjunction] = {}
        for test in conjunction:
            by_need[test.need] = (*by_need.get(test.need, ()), test)
        return [need for need, tests in by_need.items() if not self._can_hold(self._needs[need], tests)]

    def _can_hold(self, need: Need, tests: Conjunction) -> bool:
        if tests not in self._known:
            found = self._tried_out(need, tests)
            if found is None:
                return True
            self._known[tests] = found
        return self._known[tests]

    def _tried_out(self, need: Need, tests: Conjunction) -> bool | None:
        """Whether some answer passes the tests; None if that was given up."""
        for answer in telling_answers(need, tests):
            self._trials_left -= len(tests)
            if self._trials_left < 0:
                return None
            if all(passes(test, need, answer) for test in tests):
                return True
        return False
