"""Requests: what is taken, in every form that programs and people send, and what is told of the rest."""

import enum
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from marshmallow import Schema

from steelyard import FaultsError, Ruleset
from steelyard.diagnostics import Code
from steelyard.model import Importance, Need, NeedType, Request, Requirement
from steelyard.reader import PlainText
from steelyard.requirements import RequestError, RequestReader, wanted_ruleset
from steelyard.shape import Shape
from tests.cli.conftest import RULESET
from tests.unit.samples import faults_of, ruleset, sample, told

P = PlainText
TODAY = date(2026, 11, 22)
READER = RequestReader.of(ruleset())


class Home(str, enum.Enum):  # noqa: UP042  the older way, whose `str()` is not the text it equals
    """Options as a program may hold them."""

    HOUSE = "house"


def read(requirements: Any, **more: Any) -> Request:
    """A request for the requirements."""
    return READER.read({"requirements": requirements, **more}, TODAY)


TAKEN: list[tuple[str, Any, Requirement]] = [
    ("garden", True, Requirement(value=True)),
    ("garden", P("no"), Requirement(value=False)),
    ("garden", {"value": False}, Requirement(value=False)),
    ("garden", {"value": True, "importance": "must"}, Requirement(value=True, importance=Importance.MUST)),
    ("home", "house", Requirement("house")),
    ("home", Home.HOUSE, Requirement("house")),
    ("home", {"value": P("flat"), "importance": P("could")}, Requirement("flat", Importance.COULD)),
    ("home", MappingProxyType({"value": "flat", "importance": "should"}), Requirement("flat")),
    ("allergies", [], Requirement(frozenset())),
    ("allergies", ["hay", "fur"], Requirement(frozenset({"fur", "hay"}))),
    ("allergies", ("egg",), Requirement(frozenset({"egg"}))),
    ("allergies", {"egg", "fur"}, Requirement(frozenset({"egg", "fur"}))),
    ("allergies", {"value": ["egg"], "importance": "must"}, Requirement(frozenset({"egg"}), Importance.MUST)),
    ("skill", "high", Requirement("high")),
    ("hours", 6, Requirement(6)),
    ("hours", 6.0, Requirement(6)),
    ("hours", Decimal("6.5"), Requirement(6.5)),
    ("hours", P("1e1"), Requirement(10)),
    ("hours", 0, Requirement(0)),
    ("hours", 24, Requirement(24)),
]

REFUSED: list[tuple[str, Any, list[str]]] = [
    ("gardn", True, ["request/unknown-need "]),
    ("garden", None, ["value/wrong-type "]),
    ("garden", "true", ["value/wrong-type "]),
    ("garden", 1, ["value/wrong-type "]),
    ("garden", [True], ["value/wrong-type "]),
    ("garden", {}, ["request/no-value "]),
    ("garden", {"importance": "must"}, ["request/no-value "]),
    ("garden", {"importance": "mus"}, ["request/no-value ", "value/unknown-word /importance"]),
    ("garden", {"value": None}, ["value/wrong-type /value"]),
    ("garden", {"value": True, "importance": None}, ["value/wrong-type /importance"]),
    ("garden", {"value": True, "importance": "Must"}, ["value/unknown-word /importance"]),
    ("garden", {"value": True, "importance": ["must"]}, ["value/wrong-type /importance"]),
    ("garden", {"vlaue": True}, ["key/unknown /vlaue"]),
    ("garden", {"value": True, "weight": 2}, ["key/unknown /weight"]),
    ("garden", {"value": True, None: 2}, ["yaml/key-not-text "]),
    ("garden", {"value": {"value": True}}, ["value/wrong-type /value"]),
    ("home", "hous", ["request/unknown-option "]),
    ("home", "House", ["request/unknown-option "]),
    ("home", "", ["request/unknown-option "]),
    ("home", ["house"], ["value/wrong-type "]),
    ("home", 5, ["value/wrong-type "]),
    ("allergies", "fur", ["value/wrong-type "]),
    ("allergies", b"fur", ["value/wrong-type "]),
    ("allergies", {"fur": True}, ["key/unknown /fur", "request/no-value "]),
    ("allergies", ["fur", "fru", "fur"], ["request/unknown-option /1", "value/repeated /2"]),
    ("allergies", [None, ["fur"]], ["value/wrong-type /0", "value/wrong-type /1"]),
    ("allergies", {"value": ["x"]}, ["request/unknown-option /value/0"]),
    ("hours", 24.001, ["value/out-of-range "]),
    ("hours", -1, ["value/out-of-range "]),
    ("hours", "6", ["value/wrong-type "]),
    ("hours", True, ["value/wrong-type "]),
    ("hours", float("nan"), ["value/out-of-range "]),
    ("hours", float("inf"), ["value/out-of-range "]),
    ("hours", P("1e999"), ["value/out-of-range "]),
    ("hours", P(".nan"), ["value/wrong-type "]),
    ("hours", 10**41, ["value/out-of-range "]),
    ("hours", date(2020, 1, 1), ["value/wrong-type "]),
]  # fmt: skip


@pytest.mark.parametrize(("need", "answer", "requirement"), TAKEN)
def test_answers_are_taken(need: str, answer: Any, requirement: Requirement) -> None:
    """An answer is a bare value, or a value with its importance; `should` is meant when none is said."""
    found = read({need: answer}).requirements[need]
    assert found == requirement
    assert type(found.value) is type(requirement.value)


@pytest.mark.parametrize(("need", "answer", "faults"), REFUSED)
def test_answers_are_refused(need: str, answer: Any, faults: list[str]) -> None:
    """A faulty answer is told with its code and the pointer into the request; nothing is guessed."""
    found = faults_of(lambda: read({need: answer}))
    assert sorted(each.replace(f"/requirements/{need}", "") for each in found) == faults


ENVELOPES: list[tuple[Any, list[str]]] = [
    ({"requirements": {}}, []),
    ({"requirements": {}, "as_of": "2020-01-01", "candidates": ["dog"], "ruleset": "pets"}, []),
    ({"requirements": {}, "as_of": date(2020, 1, 1)}, []),
    ({"requirements": {}, "candidates": ("cat", "dog")}, []),
    ({}, ["key/missing /requirements"]),
    ({"requirments": {}}, ["key/unknown /requirments"]),
    ({"requirements": None}, ["value/wrong-type /requirements"]),
    ({"requirements": []}, ["value/wrong-type /requirements"]),
    ({"requirements": "garden"}, ["value/wrong-type /requirements"]),
    ({"requirements": {5: True}}, ["request/unknown-need /requirements/5"]),
    ({"requirements": {None: True}}, ["yaml/key-not-text /requirements"]),
    ({"requirements": {}, "as_of": None}, ["value/wrong-type /as_of"]),
    ({"requirements": {}, "as_of": "2020-02-30"}, ["value/bad-date /as_of"]),
    ({"requirements": {}, "as_of": 20200101}, ["value/wrong-type /as_of"]),
    ({"requirements": {}, "as_of": datetime(2020, 1, 1, tzinfo=UTC)}, ["value/wrong-type /as_of"]),
    ({"requirements": {}, "candidates": []}, ["value/empty /candidates"]),
    ({"requirements": {}, "candidates": "dog"}, ["value/wrong-type /candidates"]),
    ({"requirements": {}, "candidates": None}, ["value/wrong-type /candidates"]),
    ({"requirements": {}, "candidates": ["dog", "dgo"]}, ["request/unknown-candidate /candidates/1"]),
    ({"requirements": {}, "candidates": ["dog", "dog"]}, ["value/repeated /candidates/1"]),
    ({"requirements": {}, "candidates": ["Dog", 5]}, ["value/bad-id /candidates/0", "value/wrong-type /candidates/1"]),
    ({"requirements": {}, "ruleset": None}, ["value/wrong-type /ruleset"]),
    ({"requirements": {}, "explain": True}, ["value/wrong-type /explain"]),
    ({"requirements": {}, "explain": ["why"]}, ["value/unknown-word /explain/0"]),
    ({"requirements": {}, "explains": ["changes"]}, ["key/unknown /explains"]),
    ({"requirements": {}, "compare": ["dog", 5]}, ["value/wrong-type /compare/1"]),
    ({"requirements": {}, "a/b~": 1, "": 2}, ["key/unknown /", "key/unknown /a~1b~0"]),
    (None, ["value/wrong-type "]),
    ([], ["value/wrong-type "]),
    ("x", ["value/wrong-type "]),
    (5, ["value/wrong-type "]),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "faults"), ENVELOPES)
def test_whole_requests(request_: Any, faults: list[str]) -> None:
    """The parts of a request are each taken or told; a request of another kind is told to be none."""
    assert sorted(faults_of(lambda: READER.read(request_, TODAY))) == faults


def test_every_fault_at_once() -> None:
    """All faults of a request are told together, in the order of their pointers."""
    faulty = {"requirements": {"gardn": True, "home": "hut", "hours": 99}, "as_of": "soon", "candidates": ["x", "y"]}
    assert faults_of(lambda: READER.read(faulty, TODAY)) == [
        "value/bad-date /as_of",
        "request/unknown-candidate /candidates/0",
        "request/unknown-candidate /candidates/1",
        "request/unknown-need /requirements/gardn",
        "request/unknown-option /requirements/home",
        "value/out-of-range /requirements/hours",
    ]


@pytest.mark.parametrize(
    ("requirements", "message", "help_"),
    [
        ({"gardn": True}, "unknown need `gardn`", "did you mean `garden`?"),
        ({"Garden": True}, "unknown need `Garden`", "did you mean `garden`?"),
        ({"x": 1}, "unknown need `x`", "one of `garden`, `home`, `allergies`, `skill` or `hours`"),
        ({"home": "hous"}, "`home` has no option `hous`", "did you mean `house`?"),
        ({"home": 5}, "expected an option of `home`, got a number", "one of `flat`, `house` or `farm`"),
        ({"allergies": "fur"}, "expected a list, got the text `fur`", 'write it as `["fur"]`'),
        ({"hours": 25}, "25 is above the maximum of `hours`, 24", None),
        ({"hours": -0.5}, "-0.5 is below the minimum of `hours`, 0", None),
        ({"hours": "6"}, "expected a number, got the text `6`", "write it without quotes"),
        (
            {"garden": {"importance": "must"}},
            "`garden` is a must but has no value",
            "answer the need, or leave it out",
        ),
        ({"garden": {"importance": "x", "value": True}}, "`x` is not an importance", None),
    ],
)
def test_messages(requirements: Any, message: str, help_: str | None) -> None:
    """A message says what is wrong with which need, and the help what was probably meant."""
    with pytest.raises(RequestError) as caught:
        read(requirements)
    (found,) = caught.value.diagnostics
    assert found.message == message
    assert help_ is None or found.help == help_


def test_the_order_of_the_ruleset() -> None:
    """Requirements and candidates stand in the ruleset's order, whatever order they were given in."""
    request = read({"hours": 1, "garden": True, "home": "flat"}, candidates=["robot", "dog"], as_of="2020-01-01")
    assert list(request.requirements) == ["garden", "home", "hours"]
    assert (request.candidates, request.as_of) == (("dog", "robot"), date(2020, 1, 1))
    assert (read({}).candidates, read({}).as_of) == (None, TODAY)


def test_needs_by_any_name() -> None:
    """A need may be called like anything in the machinery that reads requests."""
    words = (*dir(Shape), *vars(Shape()), *dir(Schema), *vars(Schema()), "self", "data", "value")
    names = {word for word in words if word.isalpha() and word.islower()}
    assert {"fields", "load", "validate", "noun", "opts"} <= names
    needs = {name: Need(id=name, question="?", type=NeedType.FLAG) for name in names}
    reader = RequestReader(needs, {})
    request = reader.read({"requirements": dict.fromkeys(names, True)}, TODAY)
    assert set(request.requirements) == names
    with pytest.raises(RequestError) as caught:
        reader.read({"requirements": {**dict.fromkeys(names, True), "load": 5}}, TODAY)
    assert told(caught.value.diagnostics) == ["value/wrong-type /requirements/load"]


def test_answers_to_broken_needs_are_passed_over() -> None:
    """While a ruleset is checked, answers to needs whose declaration is faulty are neither taken nor told."""
    reader = RequestReader(ruleset().needs, {}, broken=frozenset({"size"}))
    request = reader.read({"requirements": {"size": object(), "garden": True}}, TODAY)
    assert list(request.requirements) == ["garden"]


@pytest.mark.parametrize(
    "request_",
    [
        {"requirements": {f"n{n:05d}": True for n in range(5000)}},
        {"requirements": {"allergies": [f"x{n}" for n in range(5000)]}},
        {"requirements": {"allergies": ["fur"] * 5000}},
        {"requirements": {}, "candidates": [f"c{n}" for n in range(5000)]},
        {"requirements": {}, **{f"k{n:05d}": 1 for n in range(5000)}},
    ],
    ids=["needs", "options", "repeated", "candidates", "keys"],
)
def test_so_many_faults_are_enough(request_: Mapping[str, Any]) -> None:
    """Of a request with thousands of faults the first thousand are told, the same ones every time."""
    first = faults_of(lambda: READER.read(request_, TODAY))
    assert len(first) == 1000
    assert faults_of(lambda: READER.read(request_, TODAY)) == first


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        ({"ruleset": "a"}, "a"),
        ({"ruleset": Home.HOUSE}, "house"),
        ({"ruleset": 5}, None),
        ({}, None),
        (None, None),
        ([], None),
    ],
)
def test_the_wanted_ruleset(request_: Any, name: str | None) -> None:
    """The ruleset that a request names can be seen before the request is read."""
    assert wanted_ruleset(request_) == name


def test_what_embedding_programs_catch() -> None:
    """A faulty request raises a `RequestError`, which is a `FaultsError` and a `ValueError`, and says where."""
    asked = Ruleset.from_dict(sample())
    with pytest.raises(FaultsError, match=r"unknown need `gardn` at /requirements/gardn \[request/unknown-need\]"):
        asked.recommend({"gardn": True})
    with pytest.raises(ValueError, match="is not a date"):
        asked.recommend({}, as_of="soon")
    with pytest.raises(RequestError) as caught:
        asked.answer({})
    assert caught.value.diagnostics[0].code is Code.KEY_MISSING


@pytest.mark.parametrize("wrong", ["dog", 5, {"dog": 1}])
def test_candidates_must_be_a_list(wrong: object) -> None:
    """Candidates that are no list are a fault of the request; a text is not taken apart into letters."""
    with pytest.raises(RequestError) as caught:
        Ruleset.from_yaml(RULESET).recommend({}, candidates=wrong)  # type: ignore[arg-type]  # that is the point
    (found,) = caught.value.diagnostics
    assert (found.pointer, found.code) == ("/candidates", Code.VALUE_WRONG_TYPE)
