"""Running an author's cases: what each expects, held against what the ruleset answers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from steelyard.engine import Engine
from steelyard.model import Case, Ruleset
from steelyard.recommendation import Outcome, Recommendation
from steelyard.requirements import RequestReader


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that does not hold.

    Attributes:
        expectation: the key under `expect`.
        expected: what the case says.
        got: what the answer says.
        about: the candidates whose points made it so.
    """

    expectation: str
    expected: str
    got: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case, the answer to its requirements, and the expectations that do not hold."""

    case: Case
    answer: Recommendation
    failures: tuple[Failure, ...]

    @property
    def passed(self) -> bool:
        """Whether every expectation holds."""
        return not self.failures


def run_cases(ruleset: Ruleset, today: date) -> tuple[CaseResult, ...]:
    """Runs every case of the ruleset, in its order; a case without `as_of` asks about `today`."""
    engine, reader = Engine(ruleset), RequestReader.of(ruleset)
    return tuple(_run(case, engine, reader, today) for case in ruleset.cases.values())


def _run(case: Case, engine: Engine, reader: RequestReader, today: date) -> CaseResult:
    answer = engine.recommend(reader.read(case.request, today))
    failures = tuple(
        failure for name, expected in case.expect.items() for failure in _EXPECTATIONS[name](expected, answer)
    )
    return CaseResult(case, answer, failures)


def _outcome(expected: Outcome, answer: Recommendation) -> Iterator[Failure]:
    if answer.outcome is not expected:
        yield Failure("outcome", expected.value, _described(answer), _leaders(answer))


def _recommended(expected: str, answer: Recommendation) -> Iterator[Failure]:
    alone = answer.outcome is Outcome.RECOMMENDED
    if not (alone and answer.recommended and answer.recommended.candidate == expected):
        about = dict.fromkeys((expected, *_leaders(answer)))
        yield Failure("recommended", expected, _described(answer), tuple(about))


def _tied(expected: Sequence[str], answer: Recommendation) -> Iterator[Failure]:
    best = {ranked.candidate for ranked in answer.ranking if ranked.rank == 1}
    tied = best if answer.outcome is Outcome.TIED else set()
    if tied != set(expected):
        yield Failure("tied", _names(expected), _described(answer), tuple(expected))


def _fired(expected: Sequence[str], answer: Recommendation) -> Iterator[Failure]:
    fired = [rule.rule for rule in answer.fired]
    if set(expected) - set(fired):
        yield Failure("fired", _names(expected), _names(fired))


def _not_fired(expected: Sequence[str], answer: Recommendation) -> Iterator[Failure]:
    fired = [rule.rule for rule in answer.fired]
    if set(expected) & set(fired):
        yield Failure("not_fired", _names(expected), _names(fired))


def _excluded(expected: Sequence[str], answer: Recommendation) -> Iterator[Failure]:
    excluded = [each.candidate for each in answer.excluded]
    if set(excluded) != set(expected):
        about = tuple(sorted(set(excluded) ^ set(expected)))
        yield Failure("excluded", _names(expected), _names(excluded), about)


def _above(expected: Mapping[str, Sequence[str]], answer: Recommendation) -> Iterator[Failure]:
    ranks = {ranked.candidate: ranked.rank for ranked in answer.ranking}
    below_all = len(ranks) + 1
    for above, others in expected.items():
        for other in others:
            # An excluded candidate ranks below every ranked one, and above nobody.
            if above not in ranks or ranks[above] >= ranks.get(other, below_all):
                got = f"{above} {_place(above, ranks)}, {other} {_place(other, ranks)}"
                yield Failure("above", f"{above} above {other}", got, (above, other))


_EXPECTATIONS: Mapping[str, Callable[[Any, Recommendation], Iterator[Failure]]] = {
    "outcome": _outcome,
    "recommended": _recommended,
    "tied": _tied,
    "fired": _fired,
    "not_fired": _not_fired,
    "excluded": _excluded,
    "above": _above,
}


def _described(answer: Recommendation) -> str:
    if answer.recommended is None:
        return answer.outcome.value
    return f"{answer.outcome.value}: {_names(_leaders(answer))}"


def _leaders(answer: Recommendation) -> tuple[str, ...]:
    return tuple(ranked.candidate for ranked in answer.ranking if ranked.rank == 1 and answer.recommended)


def _place(candidate: str, ranks: Mapping[str, int]) -> str:
    return f"ranks {ranks[candidate]}" if candidate in ranks else "is not ranked"


def _names(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"
