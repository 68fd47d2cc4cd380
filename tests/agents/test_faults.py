"""Faulty arguments are answered so that a model can correct itself: every fault, its place, and what would be taken."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard import Ruleset
from steelyard.agents.served import Served
from steelyard.agents.tools import Told, offered
from tests.agents.pets import ferns, one, pets, several
from tests.unit.samples import changed, sample

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
        ("explain", {"requirements": {}, "candidate": "cat", "candidates": ["dog"]}, ["/candidate"]),
        (
            "explain",
            {"requirements": {"gardn": 1}, "candidate": "cat", "candidates": ["dog"]},
            ["/candidate", "/requirements/gardn"],
        ),
        ("get_needs", {"needs": "home"}, ["/needs"]),
        ("get_needs", {"needs": []}, ["/needs"]),
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


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("recommend", {"requirements": {"home": {"valu": "flat"}}}, "`value`?); allowed: value, importance"),
        ("recommend", {"requirements": {"home": {"answer": "flat"}}}, "has no value"),
        ("recommend", {"requirements": {}, "candidates": "dog"}, "; allowed: a list of any of dog, cat, robot"),
        ("compare", {"requirements": {}, "compare": ["dog"]}, "not 1; allowed: a list of two of dog, cat, robot"),
        ("compare", {"requirements": {}, "compare": "dog"}, "; allowed: a list of two of dog, cat, robot"),
        ("compare", {"requirements": {}}, "is missing; allowed: a list of two of dog, cat, robot"),
        ("compare", {"requirements": {}, "compare": ["dog", "dgo"]}, "; allowed: dog, cat, robot"),
        ("next_question", {"skip": "home"}, f"; allowed: a list of any of {', '.join(NEEDS)}"),
        ("next_question", {"skip": ["hom"]}, f"; allowed: {', '.join(NEEDS)}"),
        ("get_needs", {"needs": []}, f"the list is empty; allowed: a list of any of {', '.join(NEEDS)}"),
        ("explain", {"requirements": {}, "candidate": "dgo"}, "; allowed: dog, cat, robot"),
    ],
)
def test_what_is_taken_there(name: str, arguments: dict[str, Any], told: str) -> None:
    """What is allowed is what the very place takes: keys where a key is wrong, a list where a list is wanted."""
    text = refused(name, arguments).text
    assert told in text


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("explain", {"requirements": {}, "candidates": ["dog"], "candidate": "cat"}),
        ("compare", {"requirements": {}, "candidates": ["dog"], "compare": ["dog", "cat"]}),
    ],
)
def test_whoever_is_not_weighed_is_not_explained(name: str, arguments: dict[str, Any]) -> None:
    """It is refused alike by both tools, and all candidates are not what is allowed there."""
    (error,) = refused(name, arguments).document["errors"]
    assert error["detail"].startswith("`cat` is ")
    assert error["help"] == "name it in `candidates` too, or leave `candidates` out"
    assert "expected" not in error


def test_names_of_other_rulesets() -> None:
    """A need or a candidate that another ruleset has is told with the rulesets that have it."""
    tools = offered(Served.of(pets(), ferns()))
    said = {"requirements": {"light": True, "nothing_like_it": 1}, "candidates": ["dog", "fern"]}
    errors = {each["pointer"]: each["help"] for each in tools["recommend"].call(said).document["errors"]}
    assert errors == {
        "/requirements/light": "it is a need of `ferns`",
        "/requirements/nothing_like_it": None,
        "/candidates/1": "it is a candidate of `ferns`",
    }
    for name, arguments in (
        ("explain", {"requirements": {}, "candidate": "fern"}),
        ("compare", {"requirements": {}, "compare": ["dog", "fern"]}),
        ("next_question", {"skip": ["garden", "light"]}),
        ("get_needs", {"needs": ["light"]}),
    ):
        (error,) = tools[name].call(arguments).document["errors"]
        assert error["help"].endswith("of `ferns`")


def test_long_names_are_cut() -> None:
    """Whatever a model makes up does not come back whole."""
    told = refused("recommend", {"requirements": {"x" * 200_000: True}})
    pointer = told.document["errors"][0]["pointer"]
    assert pointer.startswith("/requirements/xxx")
    assert pointer.endswith("x…")
    assert len(pointer) == 200
    assert len(told.text) < 1000


def test_what_is_allowed_is_told_once() -> None:
    """Where the same is allowed in many places, it is told at the first."""
    lines = refused("recommend", {"requirements": {f"xyz_{number}": 1 for number in range(9)}}).text.splitlines()
    assert lines[1] == f"- /requirements/xyz_0: unknown need `xyz_0`; allowed: {', '.join(NEEDS)}"
    assert lines[2] == "- /requirements/xyz_1: unknown need `xyz_1`; allowed: the same as at /requirements/xyz_0"
    short = refused("recommend", {"requirements": {"garden": 1, "hours": True}, "candidates": ["a", "b"]}).text
    assert short.count("allowed: dog, cat, robot") == 2


def test_too_many_to_be_told() -> None:
    """Where there are more candidates than anybody reads, only what they stand in is told."""
    many = changed((("candidates",), {**sample()["candidates"], **{f"a-{n}": {"name": f"A {n}"} for n in range(99)}}))
    tools = offered(Served.of(Ruleset.from_dict(many)))
    assert tools["compare"].call({"requirements": {}, "compare": ["dog"]}).text.endswith("; allowed: a list of two")
    assert tools["recommend"].call({"requirements": {}, "candidates": 1}).text.endswith("; allowed: a list")
    unknown = tools["recommend"].call({"requirements": {}, "candidates": ["fish"]}).text
    assert unknown.endswith("(one of `dog`, `cat`, `robot`, `a-0`, `a-1` or 97 more)")


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
