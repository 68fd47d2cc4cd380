"""Conditions: every operator in every written form, three-valued combinations, and what is told of faulty ones."""

from typing import Any

import pytest

from steelyard import Ruleset, model
from steelyard.model import (
    OPERATORS,
    AllOf,
    AnyOf,
    Condition,
    NeedTest,
    NeedType,
    Not,
    negation_normal_form,
    operators_for,
)
from tests.unit.samples import changed, checked, ruleset, sample

UNSAID = None
"""An answer that is not given."""

Form = tuple[Any, list[Any], list[Any]]

FLAG: list[Form] = [
    (True, [True], [False, UNSAID]),
    ({"is": False}, [False], [True, UNSAID]),
]
CHOICE: list[Form] = [
    ("house", ["house"], ["flat", UNSAID]),
    ({"is": "house"}, ["house"], ["flat", UNSAID]),
    (["house", "farm"], ["house", "farm"], ["flat", UNSAID]),
    ({"any_of": ["house"]}, ["house"], ["flat", UNSAID]),
    ({"none_of": ["flat", "farm"]}, ["house"], ["flat", "farm", UNSAID]),
    ({"any_of": ["house", "flat"], "none_of": ["flat"]}, ["house"], ["flat", "farm", UNSAID]),
]
CHOICES: list[Form] = [
    ("fur", [["fur"], ["hay", "fur"]], [[], ["hay"], UNSAID]),
    ({"includes": "fur"}, [["fur"], ["hay", "fur"]], [[], ["hay"], UNSAID]),
    ({"is": ["hay", "fur"]}, [["fur", "hay"]], [[], ["fur"], ["fur", "hay", "egg"], UNSAID]),
    ({"is": []}, [[]], [["fur"], UNSAID]),
    (["fur", "hay"], [["fur"], ["hay", "egg"]], [[], ["egg"], UNSAID]),
    ({"any_of": ["fur", "hay"]}, [["fur"], ["hay", "egg"]], [[], ["egg"], UNSAID]),
    ({"all_of": ["fur", "hay"]}, [["hay", "fur"], ["fur", "hay", "egg"]], [[], ["fur"], UNSAID]),
    ({"none_of": ["fur", "hay"]}, [[], ["egg"]], [["fur"], ["egg", "hay"], UNSAID]),
    ({"includes": "fur", "none_of": ["egg"]}, [["fur"]], [["fur", "egg"], [], UNSAID]),
]
SCALE: list[Form] = [
    ("mid", ["mid"], ["low", "high", UNSAID]),
    ({"is": "mid"}, ["mid"], ["low", "high", UNSAID]),
    (["low", "high"], ["low", "high"], ["mid", UNSAID]),
    ({"any_of": ["low"]}, ["low"], ["mid", UNSAID]),
    ({"none_of": ["low"]}, ["mid", "high"], ["low", UNSAID]),
    ({"at_least": "mid"}, ["mid", "high"], ["low", UNSAID]),
    ({"at_most": "mid"}, ["low", "mid"], ["high", UNSAID]),
    ({"at_least": "mid", "at_most": "mid"}, ["mid"], ["low", "high", UNSAID]),
]
NUMBER: list[Form] = [
    (6, [6, 6.0], [5, 6.5, UNSAID]),
    ({"is": 6.0}, [6], [5, UNSAID]),
    ({"at_least": 6}, [6, 24], [5.999, UNSAID]),
    ({"at_most": 6}, [0, 6], [6.001, UNSAID]),
    ({"at_least": 6, "at_most": 8.5}, [6, 7, 8.5], [5, 8.6, UNSAID]),
]
FORMS = [
    (need, *form)
    for need, forms in zip(
        ("garden", "home", "allergies", "skill", "hours"), (FLAG, CHOICE, CHOICES, SCALE, NUMBER), strict=True
    )
    for form in forms
]


def fires(when: Any, requirements: dict[str, Any]) -> bool:
    """Whether a rule with the condition fires on the answers; those not given are left out."""
    data = changed((("rules", "outdoors", "when"), when))
    said = {need: answer for need, answer in requirements.items() if answer is not UNSAID}
    return "outdoors" in [fired.rule for fired in Ruleset.from_dict(data).recommend(said).fired]


@pytest.mark.parametrize(("need", "test", "passing", "failing"), FORMS)
def test_every_operator_in_every_form(need: str, test: Any, passing: list[Any], failing: list[Any]) -> None:
    """A test passes and fails on the answers that it should, and is not true of an unanswered need."""
    assert [fires({need: test}, {need: answer}) for answer in passing] == [True] * len(passing)
    assert [fires({need: test}, {need: answer}) for answer in failing] == [False] * len(failing)


@pytest.mark.parametrize(("need", "test", "passing", "failing"), FORMS)
def test_a_negated_test(need: str, test: Any, passing: list[Any], failing: list[Any]) -> None:
    """Under `not` a test turns round on every answer, and stays unknown of an unanswered need."""
    assert not any(fires({"not": {need: test}}, {need: answer}) for answer in passing)
    turned = [fires({"not": {need: test}}, {need: answer}) for answer in failing]
    assert turned == [answer is not UNSAID for answer in failing]


def test_the_table_of_forms_is_complete() -> None:
    """Every operator stands in the table above for every type that it fits."""
    types = {need.id: need.type for need in ruleset().needs.values()}
    shown = {(types[need], name) for need, test, _, _ in FORMS if isinstance(test, dict) for name in test}
    assert shown == {(type_, operator.name) for type_ in NeedType for operator in operators_for(type_)}


COMBINED: list[tuple[Any, dict[str, Any], bool]] = [
    ({}, {}, True),
    (None, {}, True),
    ({"garden": True, "home": "flat"}, {"garden": True, "home": "flat"}, True),
    ({"garden": True, "home": "flat"}, {"garden": True, "home": "farm"}, False),
    ({"garden": True, "home": "flat"}, {"garden": True}, False),
    ({"any": [{"garden": True}, {"home": "flat"}]}, {"garden": True}, True),
    ({"any": [{"garden": True}, {"home": "flat"}]}, {"garden": False}, False),
    ({"any": [{"garden": True}, {"home": "flat"}]}, {}, False),
    ({"not": {"any": [{"garden": True}, {"home": "flat"}]}}, {"garden": False}, False),
    ({"not": {"any": [{"garden": True}, {"home": "flat"}]}}, {"garden": False, "home": "farm"}, True),
    ({"not": {"garden": True, "home": "flat"}}, {"garden": False}, True),
    ({"not": {"garden": True, "home": "flat"}}, {"garden": True}, False),
    ({"not": {"all": [{"garden": True}, {"home": "flat"}]}}, {"home": "farm"}, True),
    ({"not": {"not": {"garden": True}}}, {"garden": True}, True),
    ({"not": {"not": {"garden": True}}}, {}, False),
    ({"any": [{"garden": True}, {"not": {"garden": True}}]}, {}, False),
    ({"all": [{"any": [{"garden": True}]}, {"not": {"home": ["flat"]}}]}, {"garden": True, "home": "farm"}, True),
    ({"not": {"hours": {"at_least": 6, "at_most": 8}}}, {"hours": 9}, True),
    ({"not": {"hours": {"at_least": 6, "at_most": 8}}}, {"hours": 7}, False),
]


@pytest.mark.parametrize(("when", "said", "holds"), COMBINED)
def test_combinations(when: Any, said: dict[str, Any], holds: bool) -> None:
    """`all`, `any`, `not` and several entries combine tests by Kleene's three-valued logic."""
    assert fires(when, said) == holds


WHEN = "/rules/outdoors/when"
FAULTY: list[tuple[Any, list[str]]] = [
    (5, ["value/wrong-type "]),
    ("garden", ["value/wrong-type "]),
    (["garden"], ["value/wrong-type "]),
    ({"all": []}, ["rule/empty-condition /all"]),
    ({"any": []}, ["rule/empty-condition /any"]),
    ({"any": [{}]}, ["rule/empty-condition /any/0"]),
    ({"not": {}}, ["rule/empty-condition /not"]),
    ({"not": None}, ["value/wrong-type /not"]),
    ({"not": [{"garden": True}]}, ["value/wrong-type /not"]),
    ({"all": {"garden": True}}, ["value/wrong-type /all"]),
    ({"any": ["garden"]}, ["value/wrong-type /any/0"]),
    ({"any": None}, ["value/wrong-type /any"]),
    ({"garden": {}}, ["rule/empty-condition /garden"]),
    ({"gardn": True}, ["rule/unknown-need /gardn"]),
    ({"gardn": True, "any": [{"hoem": 1}, {"not": {"skil": 1}}]}, [
        "rule/unknown-need /any/0/hoem", "rule/unknown-need /any/1/not/skil", "rule/unknown-need /gardn",
    ]),
    ({"garden": "yes"}, ["value/wrong-type /garden"]),
    ({"garden": None}, ["value/wrong-type /garden"]),
    ({"garden": [True]}, ["rule/operator-unfit /garden"]),
    ({"hours": [1, 2]}, ["rule/operator-unfit /hours"]),
    ({"garden": {"any_of": [True]}}, ["rule/operator-unfit /garden/any_of"]),
    ({"home": {"at_least": "flat"}}, ["rule/operator-unfit /home/at_least"]),
    ({"skill": {"includes": "low"}}, ["rule/operator-unfit /skill/includes"]),
    ({"home": {"equals": "flat"}}, ["rule/unknown-operator /home/equals"]),
    ({"home": {"not": "flat", "Is": "farm"}}, ["rule/unknown-operator /home/Is", "rule/unknown-operator /home/not"]),
    ({"home": "hous"}, ["rule/unknown-option /home"]),
    ({"home": ["hous", "farm", "fla"]}, ["rule/unknown-option /home/0", "rule/unknown-option /home/2"]),
    ({"home": {"any_of": "farm"}}, ["value/wrong-type /home/any_of"]),
    ({"home": {"any_of": []}}, ["value/empty /home/any_of"]),
    ({"home": []}, ["value/empty /home"]),
    ({"home": ["flat", "flat"]}, ["value/repeated /home/1"]),
    ({"home": {"is": ["flat"]}}, ["value/wrong-type /home/is"]),
    ({"allergies": {"is": "fur"}}, ["value/wrong-type /allergies/is"]),
    ({"allergies": {"includes": ["fur"]}}, ["value/wrong-type /allergies/includes"]),
    ({"hours": 25}, ["value/out-of-range /hours"]),
    ({"hours": {"at_least": -1, "at_most": 24.1}}, [
        "value/out-of-range /hours/at_least", "value/out-of-range /hours/at_most",
    ]),
    ({"hours": {"at_least": True}}, ["value/wrong-type /hours/at_least"]),
    ({"hours": float("nan")}, ["value/out-of-range /hours"]),
    ({None: True, "garden": True}, ["yaml/key-not-text "]),
    ({"garden": {True: True}}, ["yaml/key-not-text /garden"]),
]  # fmt: skip


@pytest.mark.parametrize(("when", "faults"), FAULTY)
def test_faulty_conditions(when: Any, faults: list[str]) -> None:
    """Every fault in a condition is told with its code, at the very part that is faulty, and nothing else."""
    found = checked(changed((("rules", "outdoors", "when"), when)))
    assert [each.replace(WHEN, "") for each in found] == faults


def test_tests_of_a_faulty_need_are_passed_over() -> None:
    """A need whose declaration is faulty is told there, and not again at every rule and case that reads it."""
    data = changed((("needs", "garden", "type"), "flagg"), (("needs", "hours", "maximum"), -5))
    assert checked(data) == ["value/unknown-word /needs/garden/type", "need/empty-range /needs/hours/maximum"]


def test_conditions_as_data() -> None:
    """What is written becomes tests of the model: a bare value, a list and operators are the same few kinds of test."""
    rules = ruleset().rules
    outdoors = (NeedTest("garden", "is", True), NeedTest("home", "any_of", frozenset({"house", "farm"})))
    assert rules["outdoors"].when == AllOf(outdoors)
    both = NeedTest("allergies", "all_of", frozenset({"hay", "egg"}))
    assert rules["allergy"].when == AnyOf((NeedTest("allergies", "includes", "fur"), both))
    unskilled = Not(NeedTest("skill", "at_least", "high"))
    assert rules["left-alone"].when == AllOf((NeedTest("hours", "at_least", 6), unskilled))


def test_negation_normal_form() -> None:
    """Negations are pushed down to the tests, and two of them are none."""
    a, b = NeedTest("a", "is", True), NeedTest("b", "is", True)
    not_a, not_b = NeedTest("a", "is", True, negated=True), NeedTest("b", "is", True, negated=True)
    table: list[tuple[Condition, Condition]] = [
        (a, a),
        (Not(a), not_a),
        (Not(Not(a)), a),
        (Not(AllOf((a, b))), AnyOf((not_a, not_b))),
        (Not(AnyOf((a, Not(b)))), AllOf((not_a, b))),
        (AllOf((Not(AllOf((a, Not(AnyOf((b,)))))),)), AllOf((AnyOf((not_a, AnyOf((b,)))),))),
        (Not(AllOf()), AnyOf()),
    ]
    assert [negation_normal_form(condition) for condition, _ in table] == [expected for _, expected in table]
    assert list(model.tests_of(Not(AllOf((a, AnyOf((b, Not(a)))))))) == [a, b, a]


def test_sets_have_no_order() -> None:
    """Comparing sets of options by order is a mistake of the caller, not a silent answer."""
    need = ruleset().needs["allergies"]
    with pytest.raises(TypeError, match="no order: allergies"):
        OPERATORS["at_least"].holds(need, frozenset({"fur"}), frozenset({"hay"}))


def test_a_rule_without_a_condition() -> None:
    """A rule without `when` always holds, and its reasons rest on no need."""
    data = sample()
    del data["rules"]["outdoors"]["when"]
    answer = Ruleset.from_dict(data).recommend({}, as_of="2024-01-01")
    assert [(fired.rule, fired.needs) for fired in answer.fired] == [("outdoors", ())]
