"""Conditions that can never hold: held against trying every answer, and bounded however large they are."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain, combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.checks import contradicted_needs
from steelyard.model import AllOf, AnyOf, Condition, Need, NeedTest, NeedType, Not
from tests.unit.samples import changed, checked

OPTIONS = ("a", "b", "c")
NEEDS = {
    need.id: need
    for need in (
        Need(id="flag", question="?", type=NeedType.FLAG),
        Need(id="choice", question="?", type=NeedType.CHOICE, options=tuple((each, each) for each in OPTIONS)),
        Need(id="choices", question="?", type=NeedType.CHOICES, options=tuple((each, each) for each in OPTIONS)),
        Need(id="scale", question="?", type=NeedType.SCALE, options=tuple((each, each) for each in OPTIONS)),
        Need(id="number", question="?", type=NeedType.NUMBER, minimum=0, maximum=2),
    )
}
SETS = [frozenset(each) for each in chain.from_iterable(combinations(OPTIONS, size) for size in range(4))]
ANSWERS: Mapping[str, list[Any]] = {
    "flag": [True, False],
    "choice": list(OPTIONS),
    "choices": SETS,
    "scale": list(OPTIONS),
    # Every number that a test may name, and one between each two of them.
    "number": [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2],
}
NUMBERS = (0, 0.5, 1, 1.5, 2)

some_options = st.sampled_from([each for each in SETS if each])
one_option = st.sampled_from(OPTIONS)
OPERANDS: Mapping[str, Mapping[str, st.SearchStrategy[Any]]] = {
    "flag": {"is": st.booleans()},
    "choice": {"is": one_option, "any_of": some_options, "none_of": some_options},
    "choices": {
        "is": st.sampled_from(SETS),
        "includes": one_option,
        "any_of": some_options,
        "all_of": some_options,
        "none_of": some_options,
    },
    "scale": {
        "is": one_option,
        "any_of": some_options,
        "none_of": some_options,
        "at_least": one_option,
        "at_most": one_option,
    },
    "number": dict.fromkeys(("is", "at_least", "at_most"), st.sampled_from(NUMBERS)),
}


@st.composite
def need_tests(draw: st.DrawFn) -> NeedTest:
    """Any test of any of the needs."""
    need = draw(st.sampled_from(list(OPERANDS)))
    operator = draw(st.sampled_from(list(OPERANDS[need])))
    return NeedTest(need, operator, draw(OPERANDS[need][operator]), negated=draw(st.booleans()))


def combined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    """Conditions made of the parts."""
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.builds(AllOf, several) | st.builds(AnyOf, several) | st.builds(Not, parts)


conditions = st.recursive(need_tests(), combined, max_leaves=10)


def passes(test: NeedTest, answer: Any) -> bool:
    """Whether the answer passes the test, said again as plainly as can be."""
    operand: Any = test.operand
    chosen, named = ({each} if isinstance(each, str) else each for each in (answer, operand))
    match test.operator:
        case "is":
            passed = answer == operand
        case "includes" | "all_of":
            passed = all(each in chosen for each in named)
        case "any_of":
            passed = any(each in chosen for each in named)
        case "none_of":
            passed = not any(each in chosen for each in named)
        case "at_least":
            passed = answer >= operand
        case _:
            passed = answer <= operand
    return bool(passed) != test.negated


def holds(condition: Condition, answers: Mapping[str, Any]) -> bool:
    """Whether the condition holds, all of its needs being answered."""
    match condition:
        case NeedTest():
            return passes(condition, answers[condition.need])
        case Not(part):
            return not holds(part, answers)
        case AllOf(parts):
            return all(holds(part, answers) for part in parts)
        case AnyOf(parts):
            return any(holds(part, answers) for part in parts)


def needs_in(condition: Condition) -> set[str]:
    """The needs that the condition reads."""
    match condition:
        case NeedTest(need):
            return {need}
        case Not(part):
            return needs_in(part)
        case AllOf(parts) | AnyOf(parts):
            return set().union(*(needs_in(part) for part in parts))


@lru_cache
def all_answers(needs: tuple[str, ...]) -> list[dict[str, Any]]:
    """Every answer to all of the needs."""
    return [dict(zip(needs, answers, strict=True)) for answers in product(*(ANSWERS[need] for need in needs))]


def can_hold(condition: Condition) -> bool:
    """Whether some answers make the condition true: all of them are tried."""
    return any(holds(condition, answers) for answers in all_answers(tuple(sorted(needs_in(condition)))))


@settings(max_examples=300)
@given(conditions)
def test_it_agrees_with_trying_every_answer(condition: Condition) -> None:
    """Needs are called contradicted exactly where no answers at all make the condition true."""
    contradicted = contradicted_needs(condition, NEEDS)
    assert set(contradicted) <= needs_in(condition)
    assert bool(contradicted) == (not can_hold(condition))


@settings(max_examples=300)
@given(st.lists(need_tests(), min_size=1, max_size=4))
def test_contradictions_of_one_conjunction(tests: list[NeedTest]) -> None:
    """In a plain list of tests, the contradicted needs are those whose own tests no answer passes."""
    expected = {
        need
        for need in {test.need for test in tests}
        if not any(all(passes(test, answer) for test in tests if test.need == need) for answer in ANSWERS[need])
    }
    assert set(contradicted_needs(AllOf(tuple(tests)), NEEDS)) == expected


TOLD: list[tuple[Any, bool]] = [
    ({"all": [{"garden": True}, {"garden": False}]}, True),
    ({"home": {"is": "flat", "none_of": ["flat"]}}, True),
    ({"skill": {"at_least": "high", "at_most": "low"}}, True),
    ({"hours": {"at_least": 7, "at_most": 6}}, True),
    ({"hours": {"at_least": 6}, "not": {"hours": {"at_least": 6}}}, True),
    ({"hours": {"at_least": 6, "at_most": 6}}, False),
    ({"all": [{"not": {"hours": 24}}, {"hours": {"at_least": 24}}]}, True),
    ({"all": [{"allergies": "fur"}, {"allergies": {"is": []}}]}, True),
    ({"all": [{"allergies": "fur"}, {"allergies": "hay"}]}, False),
    ({"home": {"none_of": ["flat", "house", "farm"]}}, True),
    ({"any": [{"all": [{"garden": True}, {"garden": False}]}, {"home": "flat"}]}, False),
    ({"not": {"any": [{"garden": True}, {"garden": False}]}}, True),
    ({"not": {"all": [{"garden": True}, {"garden": False}]}}, False),
]


@pytest.mark.parametrize(("when", "never"), TOLD)
def test_a_rule_that_can_never_hold_is_a_warning(when: Any, never: bool) -> None:
    """A rule whose own tests contradict each other is warned of at its condition; any other is not."""
    found = checked(changed((("rules", "left-alone", "when"), when)))
    assert ("rule/never-holds /rules/left-alone/when" in found) == never


def every(parts: Iterable[Any]) -> AllOf:
    """All of the parts."""
    return AllOf(tuple(parts))


def test_conditions_too_large_to_be_tried_out() -> None:
    """However large a condition is, the check of it ends, and what cannot be tried out counts as able to hold."""
    options = tuple((f"o{n}", "") for n in range(100))
    needs = {**NEEDS, "many": Need(id="many", question="?", type=NeedType.CHOICES, options=options)}
    yes, no = NeedTest("flag", "is", operand=True), NeedTest("flag", "is", operand=False)
    included = [NeedTest("many", "includes", option) for option, _ in options]
    excluded = [NeedTest("many", "includes", option, negated=True) for option, _ in options]
    either = AnyOf((yes, no))
    numbers = [NeedTest("number", "at_least", n / 5000) for n in range(5000)]
    large: list[Condition] = [
        every([either] * 60),
        Not(AnyOf((Not(every([either] * 60)),))),
        every(included),
        every([*included, excluded[99]]),
        every(AnyOf(pair) for pair in zip(included, excluded, strict=True)),
        AnyOf((AnyOf(tuple(included * 300)), yes)),
        every([AnyOf(tuple([yes] * 2000)), *[no] * 5000]),
        every([*numbers, NeedTest("number", "at_most", 0.5)]),
    ]
    assert [contradicted_needs(condition, needs) for condition in large] == [()] * len(large)
    assert contradicted_needs(AnyOf((every([yes, no]),) * 5000), needs) == ("flag",)
