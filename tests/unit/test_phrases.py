"""Conditions in words and as data."""

from typing import Any

import pytest
from hypothesis import given

from steelyard.library import check_data
from steelyard.model import OPERATORS, AllOf, AnyOf, Condition, NeedTest, Not, condition_data, condition_words
from tests.property.conditions import Data
from tests.property.strategies import documents
from tests.unit.samples import changed, ruleset

WORDS: list[tuple[Any, str]] = [
    ({}, "always"),
    ({"garden": True}, "garden is yes"),
    ({"garden": False}, "garden is no"),
    ({"home": "flat"}, "home is flat"),
    ({"home": ["flat"]}, "home is flat"),
    ({"home": ["house", "flat"]}, "home is flat or house"),
    ({"home": ["farm", "house", "flat"]}, "home is flat, house or farm"),
    ({"home": {"none_of": ["flat"]}}, "home is not flat"),
    ({"home": {"none_of": ["flat", "farm"]}}, "home is neither flat nor farm"),
    ({"allergies": "fur"}, "allergies includes fur"),
    ({"allergies": ["fur", "hay"]}, "allergies includes fur or hay"),
    ({"allergies": {"all_of": ["fur", "hay"]}}, "allergies includes fur and hay"),
    ({"allergies": {"none_of": ["fur"]}}, "allergies does not include fur"),
    ({"allergies": {"none_of": ["fur", "hay"]}}, "allergies includes neither fur nor hay"),
    ({"allergies": {"is": ["hay", "fur"]}}, "allergies is exactly fur and hay"),
    ({"allergies": {"is": []}}, "allergies is none of them"),
    ({"skill": {"at_least": "mid"}}, "skill is at least mid"),
    ({"hours": 6}, "hours is 6 hours"),
    ({"hours": {"at_least": 6, "at_most": 8.5}}, "hours is at least 6 hours and at most 8.5 hours"),
    ({"hours": {"at_most": 8}, "garden": True}, "hours is at most 8 hours, and garden is yes"),
    ({"any": [{"garden": True}, {"home": "flat"}]}, "garden is yes, or home is flat"),
    ({"any": [{"garden": True}]}, "garden is yes"),
    ({"any": [{"all": [{"garden": True}, {"home": "flat"}]}]}, "garden is yes, and home is flat"),
    (
        {"any": [{"hours": {"at_least": 1, "at_most": 2}}, {"garden": True}]},
        "hours is at least 1 hours and at most 2 hours, or garden is yes",
    ),
    (
        {"any": [{"garden": True, "home": "flat"}, {"skill": "low"}]},
        "(garden is yes, and home is flat), or skill is low",
    ),
    (
        {"garden": True, "any": [{"home": "flat"}, {"skill": "low"}]},
        "garden is yes, and (home is flat, or skill is low)",
    ),
    (
        {"all": [{"garden": True, "home": "flat"}, {"skill": "low"}]},
        "garden is yes, and home is flat, and skill is low",
    ),
    ({"not": {"garden": True}}, "garden is no"),
    ({"not": {"home": "flat"}}, "home is not flat"),
    ({"not": {"home": ["flat", "farm"]}}, "home is neither flat nor farm"),
    ({"not": {"home": {"none_of": ["flat", "farm"]}}}, "home is flat or farm"),
    ({"not": {"allergies": "fur"}}, "allergies does not include fur"),
    ({"not": {"allergies": {"all_of": ["fur", "hay"]}}}, "allergies does not include all of fur and hay"),
    ({"not": {"allergies": {"is": ["hay"]}}}, "allergies is not exactly hay"),
    ({"not": {"allergies": {"is": []}}}, "allergies is not none of them"),
    ({"not": {"skill": {"at_least": "mid"}}}, "skill is below mid"),
    ({"not": {"hours": {"at_most": 8}}}, "hours is above 8 hours"),
    ({"not": {"hours": 8}}, "hours is not 8 hours"),
    ({"not": {"garden": True, "home": "flat"}}, "not (garden is yes, and home is flat)"),
    ({"not": {"not": {"garden": True}}}, "not (garden is no)"),
]


def parsed(when: Any) -> Condition:
    """The condition that a `when` holds."""
    return ruleset(changed((("rules", "outdoors", "when"), when))).rules["outdoors"].when


@pytest.mark.parametrize(("when", "words"), WORDS, ids=[words for _, words in WORDS])
def test_words(when: Any, words: str) -> None:
    """A condition reads as the end of a sentence, in the ids of the ruleset."""
    assert condition_words(parsed(when), ruleset().needs) == words


def test_a_negated_test_of_the_normal_form() -> None:
    """A test that the normal form has turned round reads like one under `not`."""
    needs = ruleset().needs
    assert condition_words(NeedTest("skill", "at_least", "mid", negated=True), needs) == "skill is below mid"
    assert condition_data(NeedTest("garden", "is", True, negated=True), needs) == {"not": {"garden": {"is": True}}}


def test_words_are_known_for_every_operator() -> None:
    """Every operator, plain and negated, and every way to combine conditions, is in the table above."""
    told = {(test.operator, False) for when, _ in WORDS for test in the_tests_in(parsed(when), within=False)}
    negated = {(test.operator, True) for when, _ in WORDS for test in the_tests_in(parsed(when), within=True)}
    # What one option is and what includes it read alike under `not`.
    assert told >= {(name, False) for name in OPERATORS}
    assert negated >= {(name, True) for name in OPERATORS}


def the_tests_in(condition: Condition, *, within: bool) -> list[NeedTest]:
    """The tests right under a `not`, or all the others."""
    match condition:
        case NeedTest():
            return [] if within else [condition]
        case Not(NeedTest() as test):
            return [test] if within else []
        case Not(part):
            return the_tests_in(part, within=within)
        case AllOf(parts) | AnyOf(parts):
            return [test for part in parts for test in the_tests_in(part, within=within)]


@pytest.mark.parametrize("when", [when for when, _ in WORDS], ids=[words for _, words in WORDS])
def test_data(when: Any) -> None:
    """A condition as data is a `when` that means the same condition."""
    condition = parsed(when)
    assert parsed(condition_data(condition, ruleset().needs)) == condition


def test_data_spells_operators_out() -> None:
    """Operators that an author leaves out stand in the data, and options in the need's order."""
    when = parsed({"garden": True, "home": ["farm", "flat"], "allergies": "fur"})
    expected = [{"garden": {"is": True}}, {"home": {"any_of": ["flat", "farm"]}}, {"allergies": {"includes": "fur"}}]
    assert condition_data(when, ruleset().needs) == {"all": expected}
    assert condition_data(parsed({}), ruleset().needs) == {}


@given(documents())
def test_data_and_words_of_any_condition(document: Data) -> None:
    """Any ruleset whose conditions are written anew from what was read of them is the same ruleset, and has words."""
    model = check_data(document).required()
    again = {
        **document,
        "rules": {
            id_: {**body, "when": condition_data(model.rules[id_].when, model.needs)}
            for id_, body in document["rules"].items()
        },
    }
    assert check_data(again).required() == model
    for rule in model.rules.values():
        words = condition_words(rule.when, model.needs)
        assert words
        assert words.count("(") == words.count(")")
