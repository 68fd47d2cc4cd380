"""Checks across a ruleset: rules that can never hold are found, whether their tests are looked at alone or not."""

from typing import Any

import pytest

from tests.unit.samples import changed, checked

NEVER = {"none_of": ["flat", "house", "farm"]}


@pytest.mark.parametrize(
    ("when", "is_told"),
    [
        ({"home": NEVER}, True),
        ({"garden": True, "home": NEVER}, True),
        ({"all": [{"garden": True}, {"garden": False}]}, True),
        ({"any": [{"home": NEVER}, {"garden": True}]}, False),
        ({"garden": True, "home": {"none_of": ["flat", "house"]}}, False),
        ({"not": {"home": NEVER}}, False),
    ],
)
def test_rules_that_can_never_hold(when: dict[str, Any], is_told: bool) -> None:
    """Each of two rules with tests that contradict each other, or one that nothing passes, is told."""
    rules = ("outdoors", "allergy")
    found = checked(changed(*((("rules", rule, "when"), when) for rule in rules)))
    told = {f"rule/never-holds /rules/{rule}/when" for rule in rules}
    assert told & set(found) == (told if is_told else set())
