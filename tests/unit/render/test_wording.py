"""Numbers and answers in words."""

from typing import Any

import pytest

from steelyard.model import Need, NeedType, answer_ids, answer_labels
from steelyard.recommendation import percent
from steelyard.render.wording import known, possible_answers, signed

OPTIONS = (("web", "Browsers"), ("edge", "shops, offline"))


def need(type_: NeedType, **more: Any) -> Need:
    """A need of the type."""
    return Need(id="n", question="What?", type=type_, **more)


@pytest.mark.parametrize(
    ("points", "shown"),
    [
        (12.5, "+12.5"),
        (7, "+7.0"),
        (-3.14, "\N{MINUS SIGN}3.1"),
        (0, "±0"),
        (-0.0, "±0"),
        (0.04, "+<0.1"),
        (-1e-9, "\N{MINUS SIGN}<0.1"),
    ],
)
def test_points_have_a_sign_and_one_decimal(points: float, shown: str) -> None:
    """Points are never shown as nothing when they are something."""
    assert shown == signed(points)


@pytest.mark.parametrize(
    ("share", "shown"),
    [(1, "100 %"), (0.999, "99 %"), (1 - 1e-15, "99 %"), (0.29, "29 %"), (0.005, "less than 1 %")],
)
def test_percentages_are_rounded_down(share: float, shown: str) -> None:
    """A percentage claims no more than is so: 100 % is said of all only."""
    assert shown == percent(share)


@pytest.mark.parametrize(
    ("rated", "shown"),
    [(1, "all of it known"), (0.8, "80 % of it known"), (0.001, "less than 1 % of it known"), (0, "none of it known")],
)
def test_what_is_known_is_told_in_words(rated: float, shown: str) -> None:
    """How much of what was asked is known of a candidate is told in words."""
    assert shown == known(rated)


@pytest.mark.parametrize(
    ("asked", "value", "typed", "read"),
    [
        (need(NeedType.FLAG), True, "yes", "Yes"),
        (need(NeedType.FLAG), False, "no", "No"),
        (need(NeedType.CHOICE, options=OPTIONS), "web", "web", "Browsers"),
        (need(NeedType.SCALE, options=OPTIONS), "edge", "edge", "shops, offline"),
        (need(NeedType.CHOICES, options=OPTIONS), ["web", "edge"], "web, edge", "Browsers; shops, offline"),
        (need(NeedType.CHOICES, options=OPTIONS), [], "none of them", "None of them"),
        (need(NeedType.NUMBER, minimum=0, maximum=9, unit="people"), 3, "3 people", "3 people"),
        (need(NeedType.NUMBER, minimum=0, maximum=9), 0.5, "0.5", "0.5"),
    ],
)
def test_answers_are_told_as_typed_and_as_read(asked: Need, value: Any, typed: str, read: str) -> None:
    """An answer has a short form, of ids, and a form in words, of labels."""
    assert typed == answer_ids(asked, value)
    assert read == answer_labels(asked, value)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (need(NeedType.FLAG), "yes or no"),
        (need(NeedType.CHOICE, options=OPTIONS), "web or edge"),
        (need(NeedType.CHOICE, options=OPTIONS[:1]), "web"),
        (need(NeedType.CHOICES, options=OPTIONS), "any of web, edge"),
        (need(NeedType.NUMBER, minimum=0, maximum=9, unit="people"), "a number from 0 to 9 people"),
        (need(NeedType.NUMBER, minimum=0, maximum=9), "a number from 0 to 9"),
    ],
)
def test_possible_answers_are_told_as_typed(asked: Need, shown: str) -> None:
    """What a need takes is told so that one can type it."""
    assert shown == possible_answers(asked)
