"""What comparisons call their sides, and what they leave out of long lists."""

from datetime import date

import pytest

import steelyard
from steelyard.recommendation import RulesetIdentity
from steelyard.render.layout import MINUS
from steelyard.render.page import page_as_text
from steelyard.render.revision import revision_page, survey_page
from steelyard.render.revision.words import side_names, verdict
from steelyard.revision import Side, Sides, survey
from tests.dated import PETS, pets

ONE, OTHER = date(2020, 4, 11), date(2026, 11, 22)
PETS_1 = RulesetIdentity(id="pets", version="1", digest="0123456789abcdef")
MANY = 15
RULE = """\
  rule-{number}:
    criterion: home
    title: Rule {number}
    when: {{garden: true}}
    ratings: {{dog: {before}, cat: {after}}}
"""


@pytest.mark.parametrize(
    ("other", "days", "names"),
    [
        (PETS_1, (ONE, OTHER), ("2020-04-11", "2026-11-22")),
        (PETS_1, (ONE, ONE), ("before", "after")),
        (PETS_1, (None, None), ("before", "after")),
        (RulesetIdentity(id="pets", version="2", digest="f"), (ONE, ONE), ("version 1", "version 2")),
        (RulesetIdentity(id="beasts", version="1", digest="f"), (ONE, ONE), ("pets", "beasts")),
        (
            RulesetIdentity(id="pets", version="1", digest="fedcba98765"),
            (None, None),
            ("digest 01234567", "digest fedcba98"),
        ),
        (
            RulesetIdentity(id="pets", version="2", digest="f"),
            (ONE, OTHER),
            ("version 1, 2020-04-11", "version 2, 2026-11-22"),
        ),
    ],
)
def test_sides_are_called_by_what_sets_them_apart(
    other: RulesetIdentity, days: tuple[date | None, date | None], names: tuple[str, str]
) -> None:
    """By the day, the version, the id or, where all of these are the same, the digest."""
    assert side_names(PETS_1, other, days) == names


def test_verdicts() -> None:
    """A verdict names who is recommended and the lead; where nobody is, the outcome."""
    ruleset = pets()
    assert verdict(ruleset.recommend({"garden": True}, as_of="2024-01-01")) == "Dog +25.0"
    assert verdict(ruleset.recommend({"garden": True}, as_of="2024-01-01"), ids=True) == "dog +25.0"
    assert verdict(ruleset.recommend({}, as_of="2024-01-01")) == "undecided"
    assert verdict(ruleset.recommend({"garden": True}, as_of="2024-01-01", candidates=["cat"])) == "Cat"


def with_rules(before: str, after: str) -> steelyard.Ruleset:
    """The ruleset with many more rules."""
    rules = "".join(RULE.format(number=number, before=before, after=after) for number in range(MANY))
    return steelyard.Ruleset.from_yaml(PETS.replace("cases:\n", rules + "cases:\n"))


def test_long_lists_are_cut() -> None:
    """The rules with the largest moves are told, and what the others come to; all of them when that is asked for."""
    before, after = with_rules("poor", "good"), with_rules("good", "poor")
    revision = steelyard.compare(*(each.recommend({"garden": True}, as_of=OTHER) for each in (before, after)))
    short, long = (page_as_text(revision_page(revision, everything=each)) for each in (False, True))
    assert short.count("poor → good") == 12
    assert f"Through {MANY - 12} more rules\n   +9.4  Dog\n   {MINUS}9.4  Cat\n" in short
    assert long.count("poor → good") == MANY
    sides = Sides(Side(before.model, OTHER), Side(after.model, OTHER))
    surveyed = survey(sides, OTHER)
    assert f"and {MANY - 10} more rules\n" in page_as_text(survey_page(surveyed, sides))
    assert "more rules" not in page_as_text(survey_page(surveyed, sides, everything=True))


def test_a_rule_that_applies_no_longer() -> None:
    """Two answers to different requests tell which rules apply on one side only."""
    ruleset = pets()
    answers = [ruleset.recommend(asked, as_of=OTHER) for asked in ({"garden": True}, {"hours": 8, "allergies": []})]
    text = steelyard.compare(*answers).to_text()
    assert "Copes alone, which applies only now, with weight 3\n" in text
    assert "Likes to be outdoors, which applies no longer; its weight was 2\n" in text
    assert "Dog: was excellent\n" in text
