"""What a ruleset knows on a day, how even that is, and how it came about."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from steelyard.knowledge import (
    CandidateChange,
    Change,
    Knowledge,
    RatingChange,
    RuleChange,
    balance,
    balance_document,
    candidate_document,
    changes,
    changes_document,
    rules_document,
)
from steelyard.model import Grade
from tests.dated import pets

MODEL = pets().model
DAY = date(2026, 11, 25)
TODAY = Knowledge.of(MODEL, DAY)
IN_2021 = Knowledge.of(MODEL, date(2021, 7, 1))
FIRST_DAY = date(2015, 1, 1)


def ids(knowledge: Knowledge) -> list[str]:
    """The rules that are looked at."""
    return [rule.id for rule in knowledge.rules]


def told(change: Change) -> tuple[str, ...]:
    """A change in short."""
    day = change.day.isoformat()
    match change:
        case CandidateChange(candidate=candidate, came=came):
            return day, candidate.id, "came" if came else "went"
        case RuleChange(rule=rule, came=came):
            return day, rule.id, "came" if came else "went"
        case RatingChange(rule=rule, candidate=candidate, before=before, after=after):
            return day, rule.id, candidate.id, before.grade.word if before else "", after.grade.word


def test_what_stands_on_a_day() -> None:
    """Rules outside their dates are known, but do not stand; ratings and candidates are those of the day."""
    assert ids(TODAY) == ["outdoors", "alone", "friendly"]
    assert [rule.id for rule in TODAY.standing] == ["outdoors", "alone"]
    assert [rule.id for rule in TODAY.others] == ["friendly"]
    assert [rule.id for rule in IN_2021.standing] == ["outdoors", "alone", "friendly"]
    outdoors = MODEL.rules["outdoors"]
    rating = TODAY.rating(outdoors, "cat")
    assert rating is not None
    assert rating.grade is Grade.EXCELLENT
    assert TODAY.rating(outdoors, "alpaca") is None
    assert Knowledge.of(MODEL, FIRST_DAY).rating(outdoors, "cat") is None
    available = [key for key, each in MODEL.candidates.items() if TODAY.is_available(each)]
    assert available == ["dog", "cat"]


@pytest.mark.parametrize(
    ("criterion", "need", "expected"),
    [
        ("care", None, ["alone", "friendly"]),
        (None, "garden", ["outdoors", "alone"]),
        ("home", "garden", ["outdoors"]),
        ("home", "pool", []),
    ],
)
def test_a_part_of_the_rules(criterion: str | None, need: str | None, expected: list[str]) -> None:
    """The rules of a criterion, those that read a need, or those that do both."""
    assert ids(Knowledge.of(MODEL, DAY, criterion=criterion, need=need)) == expected


def test_the_rules_that_read_a_need() -> None:
    """Of the rules that stand, those whose condition reads the need, each once."""
    assert [rule.id for rule in TODAY.reading(MODEL.needs["garden"])] == ["outdoors", "alone"]
    assert TODAY.reading(MODEL.needs["pool"]) == ()


def test_balance() -> None:
    """Each word is counted over the rules that stand, and the weights of the rules that rate are summed."""
    shares = {share.candidate.id: share for share in balance(TODAY)}
    dog, alpaca = shares["dog"], shares["alpaca"]
    assert {grade.word: count for grade, count in dog.ratings.items() if count} == {"excellent": 1, "poor": 1}
    assert (dog.unknown, dog.rated, dog.total) == (0, Decimal("2.5"), Decimal("2.5"))
    assert (alpaca.unknown, alpaca.rated, sum(alpaca.ratings.values())) == (2, Decimal(0), 0)
    assert (shares["robot"].unknown, shares["robot"].rated) == (1, Decimal(1))


def test_changes_in_order_of_date() -> None:
    """What came, changed and went is told in order of date; what is rated before its rule comes, with the rule."""
    assert [told(change) for change in changes(TODAY, FIRST_DAY)] == [
        ("2018-01-11", "robot", "came"),
        ("2019-01-01", "outdoors", "cat", "", "good"),
        ("2020-01-01", "outdoors", "robot", "", "unsupported"),
        ("2020-03-01", "alone", "came"),
        ("2021-01-01", "outdoors", "robot", "unsupported", "poor"),
        ("2021-06-01", "outdoors", "cat", "good", "good"),
        ("2022-01-01", "friendly", "went"),
        ("2025-01-01", "outdoors", "cat", "good", "excellent"),
        ("2026-01-01", "robot", "went"),
    ]


def test_changes_between_two_days() -> None:
    """What came on the earlier day was so already; what came on the later day is told."""
    between = Knowledge.of(MODEL, date(2021, 6, 1))
    assert [told(each)[0] for each in changes(between, date(2021, 1, 1))] == ["2021-06-01"]
    assert changes(between, date(2021, 6, 1)) == ()


def test_changes_about_one_candidate() -> None:
    """A change is about the candidate that came, is rated, or is rated by the rule that came."""
    dog, cat = MODEL.candidates["dog"], MODEL.candidates["cat"]
    found = changes(TODAY, FIRST_DAY)
    assert [told(each) for each in found if each.is_about(dog)] == [
        ("2020-03-01", "alone", "came"),
        ("2022-01-01", "friendly", "went"),
    ]
    assert len([each for each in found if each.is_about(cat)]) == 4
    assert [told(each) for each in found if each.is_about(MODEL.candidates["robot"])][-1] == (
        "2026-01-01",
        "robot",
        "went",
    )


def test_the_rules_as_a_document() -> None:
    """The document holds needs, candidates, rules with all their history, and evidence, and says what is in force."""
    document = rules_document(TODAY)
    assert document["ruleset"] == {
        "id": "pets",
        "title": "Which pet fits?",
        "version": "1",
        "digest": MODEL.digest,
    }
    assert document["as_of"] == "2026-11-25"
    assert document["needs"][0] == {
        "id": "garden",
        "question": "Is there a garden?",
        "help": "A balcony is none.",
        "type": "flag",
        "options": [],
        "minimum": None,
        "maximum": None,
        "unit": None,
        "rules": ["outdoors", "alone"],
    }
    assert document["candidates"][2] == {
        "id": "robot",
        "name": "Robot dog",
        "summary": None,
        "steward": None,
        "licence": None,
        "homepage": None,
        "since": "2018-01-11",
        "until": "2026-01-01",
        "available": False,
    }
    home, care = document["criteria"]
    assert (home["id"], home["title"]) == ("home", "Home")
    alone, friendly = care["rules"]
    words = "hours is at least 6 hours and at most 12 hours, and not (allergies includes fur, and garden is no)"
    assert {key: alone[key] for key in alone if key not in ("when", "ratings")} == {
        "id": "alone",
        "title": "Copes alone",
        "condition": words,
        "needs": ["hours", "allergies", "garden"],
        "weight": 1.5,
        "veto": False,
        "since": "2020-03-01",
        "until": None,
        "in_force": True,
    }
    assert friendly["in_force"] is False
    assert [entry["in_force"] for entry in home["rules"][0]["ratings"]["cat"]] == [False, False, True]
    assert home["rules"][0]["ratings"]["cat"][0] == {
        "since": "2019-01-01",
        "rating": "good",
        "because": "Cats roam.",
        "evidence": ["survey", "book"],
        "in_force": False,
    }
    assert document["evidence"]["book"] == {
        "title": "A book",
        "url": None,
        "source": "Page 3",
        "published": "2019-05-01",
        "stale": True,
    }


def test_one_candidate_as_a_document() -> None:
    """Only its ratings are there, with their evidence; a rule that does not rate it is there without any."""
    document = candidate_document(TODAY, MODEL.candidates["robot"])
    rules = {rule["id"]: rule["ratings"] for each in document["criteria"] for rule in each["rules"]}
    assert {rule: list(ratings) for rule, ratings in rules.items()} == {
        "outdoors": ["robot"],
        "alone": [],
        "friendly": [],
    }
    assert list(document["evidence"]) == ["book"]
    assert document["candidate"]["available"] is False


def test_balance_as_a_document() -> None:
    """The counts stand beside the weights."""
    document = balance_document(TODAY, balance(TODAY))
    assert document["rules"] == 2
    assert document["balance"][1] == {
        "candidate": "cat",
        "name": "Cat",
        "available": True,
        "ratings": {"excellent": 1, "good": 1, "fair": 0, "poor": 0, "unsupported": 0},
        "unknown": 0,
        "rated_weight": 2.5,
        "total_weight": 2.5,
    }


def test_changes_as_a_document() -> None:
    """Each change has its kind; a rule that came has the ratings that came with it."""
    document = changes_document(TODAY, FIRST_DAY, changes(TODAY, FIRST_DAY))
    by_kind: dict[str, dict[str, Any]] = {change["kind"]: change for change in document["changes"]}
    assert (document["since"], document["as_of"]) == ("2015-01-01", "2026-11-25")
    assert by_kind["candidate-came"] == {"day": "2018-01-11", "kind": "candidate-came", "candidate": "robot"}
    assert by_kind["rule-went"] == {"day": "2022-01-01", "kind": "rule-went", "rule": "friendly", "ratings": {}}
    came = by_kind["rule-came"]["ratings"]
    assert {key: rating["rating"] for key, rating in came.items()} == {"dog": "poor", "cat": "good"}
    assert by_kind["rating"]["before"]["because"] == "Cats still roam."
    assert by_kind["rating"]["after"]["rating"] == "excellent"
    assert set(document["evidence"]) == {"survey", "book"}


def test_documents_are_json() -> None:
    """Every document can be written as JSON."""
    found = changes(TODAY, FIRST_DAY)
    documents = [
        rules_document(TODAY),
        candidate_document(TODAY, MODEL.candidates["dog"]),
        balance_document(TODAY, balance(TODAY)),
        changes_document(TODAY, FIRST_DAY, found),
    ]
    for document in documents:
        assert json.loads(json.dumps(document, allow_nan=False)) == document
