"""The engine where a hand-made example says more than a law."""

from decimal import localcontext

import steelyard
from tests.cli.conftest import RULESET


def test_weights_do_not_depend_on_the_decimal_context() -> None:
    """An embedding program that computes with two decimal digits gets the same answer, to the byte."""
    ruleset = RULESET.replace("title: Copes alone\n", "title: Copes alone\n    weight: 246.912\n")
    requirements = {"garden": True, "hours": 9}
    expected = steelyard.Ruleset.from_yaml(ruleset).recommend(requirements, as_of="2025-01-01").to_json()
    with localcontext() as context:
        context.prec = 2
        assert steelyard.Ruleset.from_yaml(ruleset).recommend(requirements, as_of="2025-01-01").to_json() == expected
    assert '"weight":493.824' in expected


def test_both_candidates_excluded() -> None:
    """When both of two candidates are excluded, the summary names them."""
    asked = steelyard.Ruleset.from_yaml(RULESET)
    answer = asked.recommend({"allergies": {"value": ["fur"], "importance": "must"}}, as_of="2025-01-01")
    assert answer.summary == "Both candidates, Dog and Cat, are excluded, so none is recommended."


BACKGROUND = RULESET.replace("    when: {garden: true}\n", "")


def test_nothing_but_what_holds_for_every_project() -> None:
    """Where only rules without a condition fire, the summary does not pass their order off as an answer."""
    answer = steelyard.Ruleset.from_yaml(BACKGROUND).recommend({}, as_of="2025-01-01")
    assert answer.recommended
    assert answer.recommended.candidate == "dog"
    assert not answer.rests_on_needs
    assert answer.summary == (
        "Nothing that was said tells the candidates apart. By what holds for every project, Dog comes first."
    )


def test_a_tie_of_what_holds_for_every_project() -> None:
    """Candidates that tie so come first alike."""
    ruleset = BACKGROUND.replace("{rating: excellent, because: Dogs run.", "{rating: good, because: Dogs run.")
    answer = steelyard.Ruleset.from_yaml(ruleset).recommend({}, as_of="2025-01-01")
    assert answer.summary.endswith("By what holds for every project, Dog and Cat come first alike.")


def test_one_need_makes_it_an_answer() -> None:
    """Once a rule that reads a need fires as well, the summary says how far ahead the winner is."""
    answer = steelyard.Ruleset.from_yaml(BACKGROUND).recommend({"hours": 9}, as_of="2025-01-01")
    assert answer.rests_on_needs
    assert answer.summary.startswith("Cat fits best: 75 of 100, ")
