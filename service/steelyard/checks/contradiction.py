"""Whether a condition can hold at all: exhaustively, since every domain is finite or falls into finitely many parts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

_MOST_TESTS = 20_000
_MOST_TRIALS = 200_000

_Conjunction = tuple[NeedTest, ...]


def contradicted_needs(condition: Condition, needs: Mapping[str, Need]) -> tuple[str, ...]:
    """The needs whose tests contradict each other, if no requirements make the condition true; otherwise none.

    A condition that is too large to be expanded or to be tried out counts as able to hold.
    """
    search = _Search(needs)
    found: dict[str, None] = {}
    for conjunction in _conjunctions(negation_normal_form(condition)) or ():
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

    def __init__(self, needs: Mapping[str, Need]) -> None:
        self._needs = needs
        self._trials_left = _MOST_TRIALS

    def contradicted(self, conjunction: _Conjunction) -> list[str]:
        """The needs whose tests cannot hold together. Needs are independent, so each can be looked at alone."""
        by_need: dict[str, list[NeedTest]] = {}
        for test in conjunction:
            by_need.setdefault(test.need, []).append(test)
        return [need for need, tests in by_need.items() if not self._can_hold(self._needs[need], tests)]

    def _can_hold(self, need: Need, tests: Sequence[NeedTest]) -> bool:
        for answer in telling_answers(need, tests):
            self._trials_left -= len(tests)
            if self._trials_left < 0 or all(_holds(need, test, answer) for test in tests):
                return True
        return False


def _holds(need: Need, test: NeedTest, answer: Answer) -> bool:
    return OPERATORS[test.operator].holds(need, answer, test.operand) != test.negated


def _conjunctions(condition: Condition) -> list[_Conjunction] | None:
    """The disjunctive normal form of a condition without `Not`; None if it is too large."""
    match condition:
        case AnyOf(parts):
            return _sum(map(_conjunctions, parts))
        case AllOf(parts):
            return _product(map(_conjunctions, parts))
        case _:
            return [tuple(tests_of(condition))]


def _sum(expanded: Iterable[list[_Conjunction] | None]) -> list[_Conjunction] | None:
    found: list[_Conjunction] = []
    size = 0
    for each in expanded:
        size += _size(each or ())
        if each is None or size > _MOST_TESTS:
            return None
        found += each
    return found


def _product(expanded: Iterable[list[_Conjunction] | None]) -> list[_Conjunction] | None:
    factors: list[list[_Conjunction]] = []
    count, size = 1, 1
    for each in expanded:
        # Reckoned before anything is multiplied out: a product outgrows any memory.
        size = size * len(each or ()) + _size(each or ()) * count
        count *= len(each or ())
        if each is None or size > _MOST_TESTS:
            return None
        factors.append(each)
    return [tuple(chain.from_iterable(chosen)) for chosen in product(*factors)]


def _size(conjunctions: Sequence[_Conjunction]) -> int:
    """How many tests the conjunctions hold; that there is one counts too."""
    return sum(len(each) + 1 for each in conjunctions)
