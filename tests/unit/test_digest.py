"""The digest of a ruleset: the same for the same content everywhere, another for any change that can be seen."""

import decimal
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from steelyard import Ruleset
from steelyard.engine import Engine
from steelyard.knowledge import Knowledge, rules_document
from steelyard.library import check_text
from steelyard.model import AllOf, AnyOf, Importance, digest_of
from tests.unit.samples import Keys, changed, ruleset, sample, without

DIGEST = ruleset().digest

SAME: list[tuple[Keys, Any]] = [
    (("rules", "outdoors", "weight"), 2.0),
    (("rules", "outdoors", "weight"), Decimal("2.000")),
    (("rules", "outdoors", "veto"), False),
    (("ruleset", "title"), "  Which \n pet?"),
    (("needs", "hours", "maximum"), 24.0),
    (("evidence", "study", "published"), date(2024, 6, 15)),
    (("rules", "outdoors", "when", "home"), {"any_of": ["farm", "house"]}),
    (("rules", "left-alone", "when", "hours"), {"at_least": 6.0}),
    (("cases",), {}),
    (("cases", "a-house", "expect"), {"outcome": "tied"}),
]
OTHER: list[tuple[Keys, Any]] = [
    (("ruleset", "id"), "beasts"),
    (("ruleset", "title"), "Which beast?"),
    (("ruleset", "version"), "4"),
    (("ruleset", "importance", "could"), 0.25),
    (("ruleset", "stale_after_days"), 366),
    (("needs", "garden", "question"), "Is there a yard?"),
    (("needs", "garden", "help"), "Another."),
    (("needs", "home", "type"), "scale"),
    (("needs", "home", "options", "flat"), "A flat"),
    (("needs", "hours", "minimum"), 0.5),
    (("needs", "hours", "unit"), "h"),
    (("candidates", "dog", "name"), "Hound"),
    (("candidates", "dog", "summary"), "Other."),
    (("candidates", "dog", "steward"), "A club"),
    (("candidates", "dog", "licence"), "MIT"),
    (("candidates", "dog", "homepage"), "https://example.org/"),
    (("candidates", "cat", "since"), "2000-01-01"),
    (("candidates", "robot", "until"), "2026-01-02"),
    (("criteria", "home"), "House"),
    (("evidence", "survey", "title"), "Another"),
    (("evidence", "survey", "published"), "2025-03-02"),
    (("evidence", "survey", "source"), "Also a book"),
    (("rules", "outdoors", "criterion"), "care"),
    (("rules", "outdoors", "title"), "Another"),
    (("rules", "outdoors", "weight"), 2.001),
    (("rules", "outdoors", "veto"), True),
    (("rules", "outdoors", "since"), "2000-01-01"),
    (("rules", "outdoors", "when", "garden"), False),
    (("rules", "outdoors", "when"), {"not": {"garden": True, "home": ["house", "farm"]}}),
    (("rules", "allergy", "when"), {"all": [{"allergies": "fur"}, {"allergies": {"all_of": ["hay", "egg"]}}]}),
    (("rules", "allergy", "because"), "Another."),
    (("rules", "allergy", "evidence"), ["study", "survey"]),
    (("rules", "outdoors", "ratings", "dog", "rating"), "good"),
    (("rules", "outdoors", "ratings", "dog", "because"), "Another."),
    (("rules", "outdoors", "ratings", "robot"), "fair"),
    (("rules", "left-alone", "ratings", "robot", "2024-01-01"), "fair"),
]


@pytest.mark.parametrize(("keys", "value"), SAME, ids=str)
def test_the_same_content_has_the_same_digest(keys: Keys, value: Any) -> None:
    """Another way to write the same thing, and other cases, leave the digest as it is."""
    assert ruleset(changed((keys, value))).digest == DIGEST


@pytest.mark.parametrize(("keys", "value"), OTHER, ids=str)
def test_any_change_changes_the_digest(keys: Keys, value: Any) -> None:
    """Whatever could be seen in an answer is part of the digest."""
    assert ruleset(changed((keys, value))).digest != DIGEST


@pytest.mark.parametrize(
    "keys", [("ruleset", "stale_after_days"), ("needs", "garden", "help"), ("rules", "outdoors", "when", "garden")]
)
def test_what_is_left_out_changes_the_digest(keys: Keys) -> None:
    """Leaving out what was said changes the digest."""
    assert ruleset(without(keys)).digest != DIGEST


def test_changes_of_all_kinds_differ_from_each_other() -> None:
    """No two of the changes come to the same digest."""
    digests = [ruleset(changed(change)).digest for change in OTHER]
    assert len(set(digests)) == len(OTHER)


def test_the_order_of_candidates_counts() -> None:
    """Candidates in another order are another ruleset: the order decides who stands first in a tie."""
    data = sample()
    data["candidates"] = dict(reversed(data["candidates"].items()))
    assert ruleset(data).digest != DIGEST


def test_text_and_data_have_one_digest() -> None:
    """A ruleset has the same digest from YAML and from the data that the YAML holds."""
    text = str(sample()).replace("True", "true")
    assert check_text(text).required().digest == DIGEST
    assert Ruleset.from_dict(sample()).digest == DIGEST == Ruleset.from_yaml(text).digest


def test_the_arithmetic_of_the_program_around_does_not_matter() -> None:
    """A program that rounds decimals coarsely gets the digest that everybody gets."""
    data = changed((("rules", "outdoors", "weight"), 123.456))
    expected = ruleset(data).digest
    with decimal.localcontext(prec=2):
        assert ruleset(data).digest == expected


def test_digests_of_plain_data() -> None:
    """Equal content has an equal digest whatever it stands in; content that differs only in kind has another."""
    assert digest_of({"a": (1, 2)}) == digest_of({"a": [1, 2]})
    assert digest_of(frozenset("ab")) == digest_of(frozenset("ba"))
    assert digest_of(Decimal("1.50")) == digest_of(Decimal("1.5"))
    different = [
        AllOf(),
        AnyOf(),
        [],
        None,
        "",
        "None",
        0,
        False,
        True,
        1,
        "1",
        Importance.MUST,
        "x",
        date.max,
        [[]],
    ]
    assert len({digest_of(each) for each in different}) == len(different)
    with pytest.raises(TypeError, match="no digest of object"):
        digest_of(object())


def test_a_ruleset_works_its_digest_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody who needs the digest of a ruleset, for each answer or each view, gets what was worked out first."""
    made = ruleset()
    first = made.digest
    monkeypatch.setattr("steelyard.model.ruleset.digest_of", lambda _: pytest.fail("worked out again"))
    assert made.digest == Engine(made).identity.digest == first
    assert rules_document(Knowledge.of(made, date(2025, 1, 1)))["ruleset"]["digest"] == first
