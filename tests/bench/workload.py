"""What is measured: rules and requests, drawn from a seed, in a form that belongs to no engine.

Twelve needs, eight candidates, rules of one to four conditions of which about one in six fires. That is dense: most of
the work lies in what is done with the rules that fired, and an index gains less than it would in a sparser ruleset.
"""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Operand = str | bool | int | float | tuple[str, ...]
Value = str | bool | int | float | list[str]
Answers = dict[str, Value]
"""The answers of one request by need, as plain data; every engine is given the same."""

CANDIDATES = ("ash", "birch", "cedar", "elm", "fir", "larch", "oak", "pine")
CRITERIA = ("deployment", "ecosystem", "operation", "performance", "people")
WORTHS = {"excellent": 2, "good": 1, "fair": 0, "poor": -1, "unsupported": -2}
SEED = 20261125


@dataclass(frozen=True, slots=True)
class Need:
    """A need.

    Attributes:
        kind: `choice`, `choices`, `number` or `flag`.
        options: of a choice or of choices.
        minimum: of a number.
        maximum: of a number.
        limits: the numbers that rules compare a number with.
        whole: whether the number is an integer.
        equal: how often rules ask for a number itself, beside 50 times each for at least and at most that.
    """

    kind: str
    options: tuple[str, ...] = ()
    minimum: float = 0
    maximum: float = 0
    limits: tuple[float, ...] = ()
    whole: bool = True
    equal: int = 0


@dataclass(frozen=True, slots=True)
class Test:
    """A test of one need: `is`, `any_of`, `none_of`, `includes` (of choices), `at_least` or `at_most`."""

    __test__ = False  # pytest takes it for a class of tests otherwise

    need: str
    operator: str
    operand: Operand


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    Attributes:
        id: unique.
        criterion: one of the criteria.
        when: what must all hold; of each of these, one of its tests.
        hundredths: its weight, in hundredths.
        ratings: by candidate, a word of `WORTHS`.
        because: the reason, one sentence.
    """

    id: str
    criterion: str
    when: tuple[tuple[Test, ...], ...]
    hundredths: int
    ratings: Mapping[str, str]
    because: str


@dataclass(frozen=True)
class Workload:
    """Rules over needs, and requests to put to them."""

    needs: Mapping[str, Need]
    rules: Sequence[Rule]
    requests: Sequence[Answers]


def _options(stem: str, count: int) -> tuple[str, ...]:
    return tuple(f"{stem}-{letter}" for letter in "abcdefgh"[:count])


NEEDS: Mapping[str, Need] = {
    "stage": Need("choice", _options("stage", 4)),
    "language": Need("choice", _options("language", 5)),
    "hardware": Need("choice", _options("hardware", 6)),
    "licence": Need("choice", _options("licence", 5)),
    "targets": Need("choices", _options("target", 8)),
    "model_kinds": Need("choices", _options("kind", 6)),
    "tools": Need("choices", _options("tool", 4)),
    "experience": Need("number", maximum=5, limits=(1, 2, 3, 4), equal=40),
    "urgency": Need("number", maximum=5, limits=(1, 2, 3, 4), equal=40),
    "latency_ms": Need("number", minimum=1, maximum=1000, limits=(5, 10, 20, 50, 100, 200, 500)),
    "model_size_mb": Need(
        "number", minimum=1, maximum=5000, limits=(2.5, 10.0, 25.0, 75.0, 150.0, 400.0, 1000.0, 2500.0), whole=False
    ),
    "offline": Need("flag"),
}
LOGARITHMIC = ("latency_ms", "model_size_mb")


def workload(rules: int, requests: int = 1000, seed: int = SEED) -> Workload:
    """So many rules and requests; the same for the same numbers. The requests do not depend on how many rules."""
    return Workload(NEEDS, _rules(rules, random.Random(f"{seed} rules")), _requests(requests, f"{seed} requests"))  # noqa: S311


def _rules(count: int, rng: random.Random) -> list[Rule]:
    return [_rule(number, rng) for number in range(count)]


def _rule(number: int, rng: random.Random) -> Rule:
    conditions = rng.choices((1, 2, 3, 4), (15, 35, 30, 20))[0]
    needs = rng.sample(list(NEEDS), conditions + 1)
    when: list[tuple[Test, ...]] = [(_test(need, rng),) for need in needs[:conditions]]
    if rng.random() < 0.15:
        when[-1] = _either(when[-1][0], needs[-1], rng)
    rated = rng.sample(CANDIDATES, rng.randint(1, 3))
    return Rule(
        id=f"rule-{number:05}",
        criterion=rng.choice(CRITERIA),
        when=tuple(when),
        hundredths=rng.randint(1, 300),
        ratings={candidate: rng.choice(list(WORTHS)) for candidate in sorted(rated)},
        because=_sentence(rng),
    )


def _either(test: Test, other_need: str, rng: random.Random) -> tuple[Test, ...]:
    """The test or another one: of the same need in four cases out of ten."""
    is_same = rng.random() < 0.4 and NEEDS[test.need].kind != "flag"
    while (other := _test(test.need if is_same else other_need, rng)) == test:
        pass
    return test, other


def _test(need: str, rng: random.Random) -> Test:
    draw = {"choice": _choice, "choices": _choices, "number": _number, "flag": _flag}[NEEDS[need].kind]
    return Test(need, *draw(NEEDS[need], rng))


def _choice(need: Need, rng: random.Random) -> tuple[str, Operand]:
    operator = rng.choices(("is", "any_of", "none_of"), (70, 25, 5))[0]
    if operator == "is":
        return operator, rng.choice(need.options)
    count = rng.randint(2, 3) if operator == "any_of" else 1
    return operator, tuple(sorted(rng.sample(need.options, count)))


def _choices(need: Need, rng: random.Random) -> tuple[str, Operand]:
    operator = rng.choices(("includes", "any_of", "none_of"), (75, 20, 5))[0]
    if operator == "includes":
        return operator, rng.choice(need.options)
    return operator, tuple(sorted(rng.sample(need.options, 2 if operator == "any_of" else 1)))


def _number(need: Need, rng: random.Random) -> tuple[str, Operand]:
    operator = rng.choices(("is", "at_least", "at_most"), (need.equal, 50, 50))[0]
    return operator, rng.choice(need.limits)


def _flag(need: Need, rng: random.Random) -> tuple[str, Operand]:  # noqa: ARG001  drawn as the others are
    return "is", rng.random() < 0.5


_WORDS = ("support", "runtime", "release", "latency", "memory", "export", "device", "graph", "kernel", "documented")


def _sentence(rng: random.Random) -> str:
    """A reason of about 105 characters."""
    sentence = rng.choice(_WORDS).capitalize()
    while len(sentence) < 96:
        sentence += " " + rng.choice(_WORDS)
    return sentence + "."


def _requests(count: int, seed: str) -> list[Answers]:
    rng = random.Random(seed)  # noqa: S311  nothing is kept secret
    return [{need: _answer(need, each, rng) for need, each in NEEDS.items()} for _ in range(count)]


def _answer(name: str, need: Need, rng: random.Random) -> Value:
    if need.kind == "choice":
        return rng.choice(need.options)
    if need.kind == "choices":
        present = rng.sample(need.options, rng.randint(1, 3))
        return [option for option in need.options if option in present]
    if need.kind == "flag":
        return rng.random() < 0.5
    if name in LOGARITHMIC:
        number = math.exp(rng.uniform(math.log(need.minimum), math.log(need.maximum)))
        return round(number) if need.whole else round(number, 2)
    return rng.randint(int(need.minimum), int(need.maximum))


_OPERATORS: Mapping[str, Callable[[Value, Operand], bool]] = {
    "is": lambda value, operand: value == operand,
    "any_of": lambda value, operand: any(each in _as_set(value) for each in _as_set(operand)),
    "none_of": lambda value, operand: not any(each in _as_set(value) for each in _as_set(operand)),
    "includes": lambda value, operand: operand in _as_set(value),
    "at_least": lambda value, operand: _as_number(value) >= _as_number(operand),
    "at_most": lambda value, operand: _as_number(value) <= _as_number(operand),
}


def _as_set(value: Value | Operand) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else [value]


def _as_number(value: Value | Operand) -> float:
    assert isinstance(value, int | float)
    return value


def fires(rule: Rule, answers: Answers) -> bool:
    """Whether a rule fires, said as plainly as can be: what every engine is held to."""
    return all(any(_OPERATORS[t.operator](answers[t.need], t.operand) for t in tests) for tests in rule.when)
