"""From data to the model: what each section comes to, every fault at once, and no fault told twice."""

import re
from collections import OrderedDict
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
import yaml

from steelyard.diagnostics import Code
from steelyard.library import check_data, check_text
from steelyard.model import (
    DEFAULT_MULTIPLIERS,
    Candidate,
    Case,
    Evidence,
    Grade,
    Importance,
    Need,
    NeedType,
    Period,
    Rating,
    RatingHistory,
)
from steelyard.parser import keys_of_format, parse
from tests.unit.samples import Keys, changed, checked, ruleset, sample, told, without


def test_the_head_of_a_ruleset() -> None:
    """The section `ruleset` gives identity, multipliers and how old evidence may be."""
    model = ruleset()
    assert (model.id, model.title, model.version, model.stale_after_days) == ("pets", "Which pet?", "3", 365)
    assert model.multipliers == {
        Importance.MUST: Decimal(4),
        Importance.SHOULD: Decimal(2),
        Importance.COULD: Decimal("0.5"),
    }


def test_needs() -> None:
    """Each type of need keeps its question and what goes with the type, in the author's order."""
    needs = ruleset().needs
    assert list(needs) == ["garden", "home", "allergies", "skill", "hours"]
    assert needs["garden"] == Need(
        id="garden", question="Is there a garden?", type=NeedType.FLAG, help="A yard counts."
    )
    assert needs["skill"].options == (("low", "Low"), ("mid", "Mid"), ("high", "High"))
    assert needs["skill"].position("high") == 2
    assert needs["allergies"].in_order(frozenset({"egg", "fur"})) == ("fur", "egg")
    hours = needs["hours"]
    assert (hours.minimum, hours.maximum, hours.unit, hours.option_ids) == (0, 24, "hours", ())


def test_candidates_and_evidence() -> None:
    """Candidates and evidence keep what was said of them; what was not said is None."""
    model = ruleset()
    assert model.candidates["cat"] == Candidate(id="cat", name="Cat")
    dog = model.candidates["dog"]
    assert (dog.summary, dog.steward, dog.licence) == ("Loyal.", "Breeders", "By the town")
    robot = Candidate(id="robot", name="Robot", period=Period(date(2018, 1, 11), date(2026, 1, 1)))
    assert model.candidates["robot"] == robot
    study = Evidence(id="study", title="A study", published=date(2024, 6, 15), source="Volume 12, page 7")
    assert model.evidence["study"] == study
    assert model.criteria == {"home": "Home", "care": "Care"}


def test_rules_and_ratings() -> None:
    """Ratings are a word with the rule's own reason and evidence, a mapping with its own, or such by date."""
    rules = ruleset().rules
    because = Rating(grade=Grade.EXCELLENT, because="Dogs run.", evidence=("survey",))
    assert rules["outdoors"].ratings["dog"] == RatingHistory(((None, because),))
    shared = Rating(grade=Grade.UNSUPPORTED, because="It has fur.", evidence=("study",), is_one_word=True)
    assert rules["allergy"].ratings["cat"] == RatingHistory(((None, shared),))
    dated = rules["left-alone"].ratings["robot"]
    assert [(first, rating.grade) for first, rating in dated.entries] == [
        (date(2020, 1, 1), Grade.GOOD),
        (date(2023, 1, 1), Grade.EXCELLENT),
    ]
    assert (rules["outdoors"].weight, rules["allergy"].weight) == (Decimal(2), Decimal(1))
    assert (rules["outdoors"].veto, rules["allergy"].veto) == (False, True)
    assert rules["left-alone"].period == Period(date(2019, 1, 1), date(2030, 1, 1))


def test_dated_ratings_are_sorted() -> None:
    """Ratings by date are kept oldest first, however they are written; the newest not after a day counts."""
    ratings = {"2023-01-01": "fair", date(2019, 10, 10): {"rating": "poor"}, "2021-01-01": "good"}
    model = ruleset(changed((("rules", "outdoors", "ratings", "cat"), ratings)))
    history = model.rules["outdoors"].ratings["cat"]
    days = [date(2019, 10, 9), date(2019, 10, 10), date(2020, 12, 31), date(2021, 1, 1), date(2024, 1, 1)]
    standing = [history.on(day) for day in days]
    assert [rating and rating.grade for rating in standing] == [None, Grade.POOR, Grade.POOR, Grade.GOOD, Grade.FAIR]


def test_one_day_in_two_forms() -> None:
    """A day that stands both as a text and as a date of the program is a key that stands twice."""
    data = sample()
    data["rules"]["left-alone"]["ratings"]["robot"][date(2020, 1, 1)] = "good"
    assert checked(data) == ["yaml/duplicate-key /rules/left-alone/ratings/robot/2020-01-01"]


def test_cases() -> None:
    """A case keeps its requirements as they would be posted, and its expectations as ids."""
    case = ruleset().cases["a-house"]
    assert case == Case(
        id="a-house",
        note="Room to run.",
        requirements={"garden": {"value": True, "importance": "must"}, "home": "house"},
        as_of=date(2024, 1, 1),
        candidates=("dog", "cat"),
        expect={"recommended": "dog", "fired": ("outdoors",), "above": {"dog": ("cat",)}},
    )


def test_what_need_not_be_said() -> None:
    """A ruleset without what is optional is complete, and has the default multipliers and no cases."""
    optional: list[Keys] = [
        ("ruleset", "importance"),
        ("ruleset", "stale_after_days"),
        ("needs", "garden", "help"),
        ("needs", "hours", "unit"),
        ("cases",),
    ]
    model = ruleset(without(*optional))
    assert model.multipliers == DEFAULT_MULTIPLIERS
    assert (model.stale_after_days, dict(model.cases)) == (None, {})
    stated = changed((("cases",), None), (("ruleset", "importance"), {"must": 5}))
    assert ruleset(stated).multipliers == {**DEFAULT_MULTIPLIERS, Importance.MUST: Decimal(5)}


# The place that is changed stands as `@` in the pointers of its faults.
FAULTS: list[tuple[Keys, Any, list[str]]] = [
    (("rulez",), {}, ["key/unknown @"]),
    (("ruleset",), None, ["value/wrong-type @"]),
    (("ruleset", "version"), 3, ["value/wrong-type @"]),
    (("ruleset", "id"), "Pets", ["value/bad-id @"]),
    (("ruleset", "importance", "must"), 1, ["ruleset/importance-order /ruleset/importance"]),
    (("ruleset", "importance", "could"), 0, ["value/out-of-range @"]),
    (("ruleset", "importance"), {"must": "x", "should": 9}, ["value/wrong-type @/must"]),
    (("ruleset", "importance"), {"most": 9}, ["key/unknown @/most"]),
    (("ruleset", "stale_after_days"), 1.5, ["value/wrong-type @"]),
    (("needs",), 5, ["value/wrong-type @"]),
    (("needs",), {}, ["value/empty @"]),
    (("needs",), [{"garden": 1}], ["value/wrong-type @"]),
    (("needs", "garden"), None, ["value/wrong-type @"]),
    (("needs", "garden", "options"), {"a": "A"}, ["key/unknown @"]),
    (("needs", "garden", "minimum"), 1, ["key/unknown @"]),
    (("needs", "home", "options"), {}, ["value/empty @"]),
    (("needs", "home", "options"), ["flat"], ["value/wrong-type @"]),
    (("needs", "home", "options", "farm"), None, ["value/wrong-type @"]),
    (("needs", "home", "unit"), "m", ["key/unknown @"]),
    (("needs", "hours", "maximum"), 0, ["need/empty-range @"]),
    (("needs", "hours", "type"), "flag",
     ["key/unknown /needs/hours/maximum", "key/unknown /needs/hours/minimum", "key/unknown /needs/hours/unit"]),
    (("needs", "garden", "type"), "number", ["key/missing /needs/garden/maximum", "key/missing /needs/garden/minimum"]),
    (("needs", "garden", "type"), "scale", ["key/missing /needs/garden/options"]),
    (("needs", "all"), {"question": "?", "type": "flag"}, ["value/bad-id @"]),
    (("candidates",), [], ["value/wrong-type @"]),
    (("candidates", "dog", "nam"), "x", ["key/unknown @"]),
    (("candidates", "dog", "steward"), {"name": "A club"}, ["value/wrong-type @"]),
    (("candidates", "dog", "license"), "MIT", ["key/unknown @"]),
    (("candidates", "dog", "homepage"), "example.org", ["value/bad-address @"]),
    (("candidates", "robot", "until"), "2018-01-11", ["date/empty-range @"]),
    (("criteria",), None, ["value/wrong-type @"]),
    (("criteria", "home"), {}, ["value/wrong-type @"]),
    (("evidence",), [], ["value/wrong-type @"]),
    (("evidence", "study", "source"), None, ["value/wrong-type @"]),
    (("evidence", "study", "published"), "soon", ["value/bad-date @"]),
    (("evidence", "other"), {"title": "x", "published": "2020-01-01"}, ["evidence/no-address @"]),
    (("rules",), "none", ["value/wrong-type @"]),
    (("rules", "outdoors", "criterion"), "hom", ["rule/unknown-criterion @"]),
    (("rules", "outdoors", "weight"), 0.0001, ["value/too-fine @"]),
    (("rules", "outdoors", "veto"), "yes", ["value/wrong-type @"]),
    (("rules", "outdoors", "until"), "2020-13-01", ["value/bad-date @"]),
    (("rules", "outdoors", "evidence"), ["study", "studdy"], ["rule/unknown-evidence @/1"]),
    (("rules", "outdoors", "ratings"), {}, ["value/empty @"]),
    (("rules", "outdoors", "ratings", "dgo"), "good", ["rule/unknown-candidate @"]),
    (("rules", "outdoors", "ratings", "dog"), "god", ["value/unknown-word @"]),
    (("rules", "outdoors", "ratings", "dog"), None, ["value/wrong-type @"]),
    (("rules", "outdoors", "ratings", "dog"), ["good"], ["value/wrong-type @"]),
    (("rules", "outdoors", "ratings", "dog"), {}, ["key/missing @/rating"]),
    (("rules", "outdoors", "ratings", "dog", "evidence", 0), "x", ["rule/unknown-evidence @"]),
    (("rules", "left-alone", "ratings", "robot", "2020-13-01"), "good", ["value/bad-date @"]),
    (("rules", "left-alone", "ratings", "robot", "2020-01-01"), {"rating": "god", "because": "x", "evidence": ["y"]},
     ["rule/unknown-evidence @/evidence/0", "value/unknown-word @/rating"]),
    (("rules", "left-alone", "ratings", "robot", "rating"), "good", ["value/bad-date @"]),
    (("cases", "a-house", "requirements"), None, ["value/wrong-type @"]),
    (("cases", "a-house", "requirements", "gardn"), 1, ["request/unknown-need @"]),
    (("cases", "a-house", "requirements", "home"), "hut", ["request/unknown-option @"]),
    (("cases", "a-house", "requirements", "hours"), 25, ["value/out-of-range @"]),
    (("cases", "a-house", "candidates"), ["dog", "dgo"], ["request/unknown-candidate @/1"]),
    (("cases", "a-house", "candidates"), [], ["value/empty @"]),
    (("cases", "a-house", "as_of"), "today", ["value/bad-date @"]),
    (("cases", "a-house", "expect"), {}, ["case/expects-nothing @"]),
    (("cases", "a-house", "expect"), {"winner": "dog"}, ["key/unknown @/winner"]),
    (("cases", "a-house", "expect"), {"outcome": "tie"}, ["value/unknown-word @/outcome"]),
    (("cases", "a-house", "expect"), {"recommended": "dgo"}, ["case/unknown-candidate @/recommended"]),
    (("cases", "a-house", "expect"), {"tied": ["dog", "x"]}, ["case/unknown-candidate @/tied/1"]),
    (("cases", "a-house", "expect"), {"not_fired": ["x"]}, ["case/unknown-rule @/not_fired/0"]),
    (("cases", "a-house", "expect"), {"above": {"x": ["dog", "y"]}},
     ["case/unknown-candidate @/above/x", "case/unknown-candidate @/above/x/1"]),
    (("cases", "a-house", "expect"), {"above": {}}, ["value/empty @/above"]),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "value", "faults"), FAULTS)
def test_each_fault_is_told_once(keys: Keys, value: Any, faults: list[str]) -> None:
    """A fault is told with its code at its own place, and nothing that only follows from it is told."""
    pointer = "/" + "/".join(map(str, keys))
    assert sorted(checked(changed((keys, value)))) == [each.replace("@", pointer) for each in faults]


@pytest.mark.parametrize("section", ["ruleset", "needs", "candidates", "criteria", "rules"])
def test_a_missing_section_is_told_once(section: str) -> None:
    """A section that is missing is told once, not at every use of what it would have held."""
    assert checked(without((section,))) == [f"key/missing /{section}"]


@pytest.mark.parametrize(
    ("keys", "slip"),
    [
        (("ruleset", "title"), "tilte"),
        (("needs", "garden", "question"), "questoin"),
        (("candidates", "dog", "name"), "names"),
        (("rules", "outdoors", "criterion"), "criteria"),
        (("rules", "outdoors", "ratings"), "rating"),
        (("cases", "a-house", "expect"), "expects"),
    ],
)
def test_a_misspelt_key_is_told_once(keys: Keys, slip: str) -> None:
    """A required key that is misspelt is told as unknown, and not as missing too."""
    data = without(keys)
    holder = data
    for key in keys[:-1]:
        holder = holder[str(key)]
    holder[slip] = sample()[str(keys[0])] if len(keys) == 1 else "x"
    assert checked(data) == ["key/unknown /" + "/".join([*map(str, keys[:-1]), slip])]


def test_every_fault_at_once() -> None:
    """Faults in all sections are told together, so that an author mends them in one go."""
    data = changed(
        (("ruleset", "version"), 3),
        (("needs", "garden", "minimum"), 1),
        (("candidates", "robot", "until"), "2018-01-11"),
        (("criteria", "home"), None),
        (("evidence", "other"), {"title": "x", "published": "2020-01-01"}),
        (("rules", "outdoors", "when"), {"gardn": True, "home": "hut"}),
        (("rules", "allergy", "evidence", 0), "studdy"),
        (("cases", "a-house", "requirements", "skill"), "top"),
        (("cases", "a-house", "expect"), {"fired": ["x"]}),
    )
    assert sorted(checked(data)) == [
        "case/unknown-rule /cases/a-house/expect/fired/0",
        "date/empty-range /candidates/robot/until",
        "evidence/no-address /evidence/other",
        "key/unknown /needs/garden/minimum",
        "request/unknown-option /cases/a-house/requirements/skill",
        "rule/unknown-evidence /rules/allergy/evidence/0",
        "rule/unknown-need /rules/outdoors/when/gardn",
        "rule/unknown-option /rules/outdoors/when/home",
        "value/wrong-type /criteria/home",
        "value/wrong-type /ruleset/version",
    ]


@pytest.mark.parametrize("data", [None, 5, "x", [], (), object(), MappingProxyType({}), {}, {5: 6}, {None: {}}])
def test_what_is_no_ruleset(data: Any) -> None:
    """Data of any other kind is told to be no ruleset, or to lack its sections."""
    assert check_data(data).ruleset is None
    assert {found.code.value for found in check_data(data).diagnostics} <= {
        "value/wrong-type",
        "key/missing",
        "key/unknown",
        "yaml/key-not-text",
    }


def test_data_of_other_kinds_of_mappings() -> None:
    """Any mapping will do for a mapping, and any collection for a list."""
    data = changed(
        (("rules", "outdoors", "ratings", "dog", "evidence"), {"survey"}),
        (("rules", "allergy", "evidence"), ("study",)),
        (("needs", "home", "options"), OrderedDict(flat="Flat", house="House", farm="Farm")),
    )
    assert ruleset(MappingProxyType(data)) == ruleset()


def test_what_another_reader_of_yaml_makes_of_a_ruleset() -> None:
    """A ruleset that another YAML reader typed, with real dates and numbers, is the same ruleset."""
    typed = yaml.safe_load(re.sub(r"'(\d{4}-\d\d-\d\d)'", r"\1", str(sample())))
    assert isinstance(typed["evidence"]["survey"]["published"], date)
    assert any(isinstance(key, date) for key in typed["rules"]["left-alone"]["ratings"]["robot"])
    assert parse(typed).faults == []
    assert ruleset(typed).rules == ruleset().rules


def test_one_fault_of_many_aliases() -> None:
    """What several aliases repeat is told where it is written, once."""
    text = str(sample()).replace("'ratings': {'dog': 'unsupported'", "'ratings': &r {'dog': 'unsuported'")
    other = "'other': {'criterion': 'home', 'title': 'x', 'ratings': *r}, 'left-alone': {"
    text = text.replace("'left-alone': {", other, 1)
    told_ = [each for each in check_text(text).diagnostics if each.code is Code.VALUE_UNKNOWN_WORD]
    assert told(told_) == ["value/unknown-word /rules/allergy/ratings/dog"]


def test_so_many_unknown_names_are_enough() -> None:
    """Of unknown names about a thousand are told, so that no ruleset can keep its reader busy with guesses."""
    ratings = {f"c{n}": "good" for n in range(2500)}
    assert 1000 <= len(checked(changed((("rules", "outdoors", "ratings"), ratings)))) <= 1100
    parts = [{f"n{n}": True} for n in range(2500)]
    assert 1000 <= len(checked(changed((("rules", "outdoors", "when"), {"any": parts})))) <= 1100


def test_keys_of_the_format() -> None:
    """The keys of every mapping of the format can be listed, for documents to be held against."""
    keys = keys_of_format()
    assert set(keys["document"]) == set(sample())
    assert keys["rating"] == ("rating", "because", "evidence")
    assert {"case", "expect", "rule", "need", "evidence", "candidate", "ruleset", "importance"} < set(keys)
