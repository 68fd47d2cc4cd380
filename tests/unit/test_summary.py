"""The sentences that sum an answer up, where the property test's random cases seldom come."""

from typing import Any

import steelyard
from tests.property.test_summary import claims
from tests.unit.test_explain import ruleset


def answered(*rules: Any, garden: bool = True, **more: Any) -> steelyard.Answer:
    """The answer of a small ruleset to a project with a garden."""
    return ruleset(*rules, **more).recommend({"garden": garden, "kind": "play"}, as_of="2020-06-01")


def test_a_near_tie() -> None:
    """A lead that a small error would undo is told as what it is, with what to decide by on either side."""
    answer = answered(
        ({"garden": True}, {"dog": "excellent", "cat": "poor"}),
        ({"kind": "play"}, {"dog": "poor", "cat": "excellent"}),
        rule_0={"weight": 1.05, "title": "Room to run"},
        rule_1={"title": "Easy to keep"},
    )

    assert answer.headline == (
        "Dog fits best: 63 of 100, 1.8 ahead of Cat. That is a near tie with Cat: decide by “Room to run”, where Dog "
        "is ahead, or by “Easy to keep”, where Cat is."
    )
    assert "near tie" in claims(answer)


def test_a_near_tie_with_the_third() -> None:
    """The rival of a near tie is the one that the least error lets draw level, be it not the next in the ranking."""
    answer = answered(
        ({}, {"dog": "excellent", "cat": "excellent", "fish": "poor"}),
        ({}, {"dog": "poor", "cat": "poor", "fish": "excellent"}),
        ({"garden": True}, {"dog": "good", "cat": "fair", "fish": "good"}),
        rule_0={"weight": 20.5, "title": "Company"},
        rule_1={"weight": 20, "title": "Quiet"},
        rule_2={"weight": 0.5, "title": "Room"},
    )

    assert [each.candidate for each in answer.ranking] == ["dog", "cat", "fish"]
    assert "That is a near tie with Fish: decide by “Company”, where Dog is ahead, or by “Quiet”" in answer.summary
    assert "near tie" in claims(answer)


def test_the_only_one_asked_about() -> None:
    """A candidate beside which none was asked about is not left over from others."""
    asked = ruleset(({"garden": True}, {"dog": "good", "cat": "poor"}))

    alone = asked.recommend({"garden": True}, candidates=["dog"], as_of="2020-06-01").summary

    assert alone.startswith("Dog is the only candidate asked about: 75 of 100")


def test_strongest_reasons() -> None:
    """The summary names the two strongest reasons for and the strongest against; the headline leaves them out."""
    answer = answered(
        ({"garden": True}, {"dog": "excellent", "cat": "fair"}),
        ({"kind": "play"}, {"dog": "good", "cat": "fair"}),
        ({}, {"dog": "good", "cat": "fair"}),
        ({"garden": True}, {"dog": "poor", "cat": "fair"}),
        rule_0={"title": "Room to run"},
        rule_1={"title": "Plays", "weight": 2},
        rule_2={"title": "Loyal", "weight": 0.5},
        rule_3={"title": "Noise", "weight": 0.5},
    )

    assert answer.summary.startswith(
        "Dog fits best: 75 of 100, 25 ahead of Cat, above all for “Room to run” and “Plays”, despite “Noise”. "
    )
    assert "“" not in answer.headline


def test_little_said() -> None:
    """Where hardly any of many needs is answered, the sentence says so."""
    shipped = steelyard.load()

    little = shipped.recommend({"targets": ["android"]}, as_of="2026-11-25").summary
    more = shipped.recommend(
        {"targets": ["android"], "stage": "production", "team_experience": "beginner"}, as_of="2026-11-25"
    ).summary

    assert "but only 1 of 25 needs is answered" in little
    assert "needs are answered" not in more
