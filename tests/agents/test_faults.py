"""Faulty arguments are answered so that a model can correct itself: every fault, its place, and what would be taken."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.agents.tools import Told, offered
from tests.agents.pets import one, several

NEEDS = ["garden", "home", "allergies", "skill", "hours"]
WRONG: dict[str, Any] = {
    "ruleset": "pets",
    "as_of": "yesterday",
    "requirements": {
        "gardn": True,
        "garden": "ja",
        "home": "castle",
        "allergies": ["furr"],
        "hours": 30,
        "skill": {"value": "low", "importance": "most"},
    },
    "candidates": ["dgo"],
    "detail": "all",
    "verbose": True,
}


KEYS = ("ruleset", "as_of", "requirements", "candidates", "candidate", "compare", "detail", "needs", "skip", "other")
WORDS = ("", "pets", "dog", "cat", "garden", "home", "house", "brief", "must", "value", "importance", "2024-01-01")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS) | st.text(), inner, max_size=3),
    max_leaves=8,
)


def refused(name: str, arguments: dict[str, Any]) -> Told:
    """What the tool tells of faulty arguments."""
    told = offered(several())[name].call(arguments)
    assert told.is_error
    return told


def test_all_at_once() -> None:
    """Every fault is told at once, by a pointer into the arguments, with what would be taken there."""
    errors = {each["pointer"]: each for each in refused("recommend", WRONG).document["errors"]}
    expected = {pointer: each.get("expected", {}).get("enum") for pointer, each in errors.items()}
    assert expected == {
        "/as_of": None,
        "/candidates/0": ["dog", "cat", "robot"],
        "/detail": ["brief", "full"],
        "/requirements/allergies/0": None,
        "/requirements/garden": None,
        "/requirements/gardn": NEEDS,
        "/requirements/home": ["flat", "house", "farm"],
        "/requirements/hours": None,
        "/requirements/skill/importance": ["must", "should", "could"],
        "/verbose": ["ruleset", "as_of", "requirements", "candidates", "detail"],
    }
    assert errors["/requirements/gardn"]["help"] == "did you mean `garden`?"
    assert errors["/requirements/garden"]["expected"] == {"type": "boolean"}
    assert errors["/requirements/hours"]["expected"]["maximum"] == 24
    assert errors["/requirements/allergies/0"]["expected"]["items"]["enum"] == ["fur", "hay", "egg"]


def test_they_can_be_read() -> None:
    """The text says the same: what was meant, and the allowed values."""
    lines = refused("recommend", WRONG).text.splitlines()
    assert lines[0] == "The arguments have 10 faults. Correct them and call again."
    for told in (
        f"- /requirements/gardn: unknown need `gardn` (did you mean `garden`?); allowed: {', '.join(NEEDS)}",
        "- /requirements/hours: 30 is above the maximum of `hours`, 24; allowed: a number from 0 to 24",
        "- /requirements/garden: expected true or false, got the text `ja`; allowed: true, false",
    ):
        assert told in lines
    assert any(line.endswith("allowed: a list of any of fur, hay, egg") for line in lines)
    assert any(line.endswith("allowed: a day, YYYY-MM-DD") for line in lines)


@pytest.mark.parametrize(
    ("name", "arguments", "pointers"),
    [
        ("recommend", {}, ["/requirements"]),
        ("recommend", {"requirements": None}, ["/requirements"]),
        ("recommend", {"requirements": "all"}, ["/requirements"]),
        ("recommend", {"ruleset": "petz", "requirements": {"garden": True}, "more": 1}, ["/more", "/ruleset"]),
        ("recommend", {"ruleset": 1, "requirements": {}}, ["/ruleset"]),
        ("explain", {"requirements": {}, "candidate": "dgo"}, ["/candidate"]),
        ("explain", {"requirements": {}, "candidate": ["dog"]}, ["/candidate"]),
        ("compare", {"requirements": {}}, ["/compare"]),
        ("compare", {"requirements": {}, "compare": ["dog"]}, ["/compare"]),
        ("compare", {"requirements": {}, "compare": ["dog", "bird"]}, ["/compare/1"]),
        ("next_question", {"skip": ["gardn"], "requirements": {"hom": 1}}, ["/requirements/hom", "/skip/0"]),
        ("get_needs", {"needs": "home"}, ["/needs"]),
        ("get_needs", {"requirements": {}}, ["/requirements"]),
        ("list_rulesets", {"ruleset": "petz"}, ["/ruleset", "/ruleset"]),
    ],
)
def test_places(name: str, arguments: dict[str, Any], pointers: list[str]) -> None:
    """Whatever is wrong has a place in the arguments."""
    assert [each["pointer"] for each in refused(name, arguments).document["errors"]] == pointers


def test_many_faults_are_counted() -> None:
    """A model is not drowned: so many are told, and the others counted."""
    document = refused("recommend", {"requirements": {f"need_{number}": 1 for number in range(50)}}).document
    assert (len(document["errors"]), document["left_out"]) == (20, 30)


def test_the_default_is_asked() -> None:
    """Without a ruleset, faults are those of the default."""
    told = offered(one())["recommend"].call({"requirements": {"gardn": True}})
    assert told.document["errors"][0]["help"] == "did you mean `garden`?"


@given(st.sampled_from(sorted(offered(one()))), st.dictionaries(st.sampled_from(KEYS), JSON))
def test_whatever_is_given(name: str, arguments: dict[str, Any]) -> None:
    """Whatever a model makes up is answered or told as faults, each with a place, and both can be sent."""
    told = offered(several())[name].call(arguments)
    json.dumps(told.document, allow_nan=False).encode()
    told.text.encode()
    if told.is_error:
        assert told.document["errors"]
        assert all(each["pointer"] for each in told.document["errors"])
