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
