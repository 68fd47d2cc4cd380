"""An answer that is written at once is, to the byte, the one that is made of objects."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import steelyard
from steelyard.api.kept import Kept
from steelyard.engine import index
from steelyard.library import shipped
from steelyard.model import Need, NeedType, digest_of
from steelyard.recommendation import numbers_as_json, pieces, to_json_text
from tests.property.conditions import IMPORTANCES, Chooser, Data
from tests.property.strategies import cases, request_to, ruleset
from tests.stacks import DAY, stack

DAYS = ("2010-01-01", "2015-11-10", "2017-01-01", "2020-04-11", "2026-03-01", "2026-11-25", "2040-01-01")


def assert_written(asked: steelyard.Ruleset, request: Data) -> steelyard.WrittenAnswer:
    """Holds what is written against the answer made of objects."""
    answer, written = asked.answer(request), asked.write(request)
    assert written.json == answer.to_json().encode()
    again = asked.write(request)
    assert again == written
    assert asked.write(request) is again
    assert asked.write(request, kept=False) == written
    assert (written.id, written.outcome) == (answer.id, answer.outcome)
    assert written.recommended == (answer.recommended and answer.recommended.candidate)
    assert written.request.as_of == answer.as_of
    assert list(written.request.requirements) == list(answer.requirements)
    asked_for = [asked.digest, written.request.as_of, written.request.requirements, written.request.candidates]
    assert written.id == digest_of(asked_for)[:32]
    return written


@st.composite
def rulesets(draw: st.DrawFn) -> tuple[Data, list[Data]]:
    """A ruleset, and several requests put to it."""
    chooser = Chooser(draw)
    document = ruleset(chooser)
    return document, [request_to(chooser, document) for _ in range(4)]


@st.composite
def requests_to_what_ships(draw: st.DrawFn, asked: steelyard.Ruleset) -> Data:
    """A request to a ruleset that ships, on days from before the first candidate until long after."""
    chooser = Chooser(draw)
    answered = [need for need in asked.needs.values() if chooser.rarely(3)]
    request: Data = {"as_of": chooser.one_of(DAYS), "requirements": {each.id: said(chooser, each) for each in answered}}
    if chooser.rarely(3):
        request["candidates"] = chooser.some_of(list(asked.candidates), at_least=1)
    return request


@given(cases(), st.sampled_from([-1, 2, 200]))
def test_random_rulesets(case: tuple[Data, Data], most_tests: int) -> None:
    """Whatever the ruleset, with conditions in the index, evaluated plainly, or both, the bytes are the same."""
    document, request = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "_MOST_TESTS", most_tests)
        assert_written(steelyard.Ruleset.from_dict(document), request)


@given(rulesets())
def test_one_ruleset_asked_again_and_again(asked: tuple[Data, list[Data]]) -> None:
    """What is kept from one answer does no harm to the next, on another day or with another importance."""
    document, requests = asked
    made = steelyard.Ruleset.from_dict(document)
    for request in requests:
        assert_written(made, request)


def test_every_kind_of_answer_is_met() -> None:
    """The random cases reach every outcome, restricted or not, with some excluded, so that none goes unchecked."""
    met: Counter[Any] = Counter()

    @settings(max_examples=400, derandomize=True, database=None)
    @given(cases())
    def look(case: tuple[Data, Data]) -> None:
        written = assert_written(steelyard.Ruleset.from_dict(case[0]), case[1])
        met.update((written.outcome, written.request.candidates is not None and "restricted"))
        met["some excluded"] += written.outcome != "infeasible" and b'"excluded":[]' not in written.json
        met["dated"] += b"Not to be had on that day" in written.json

    look()
    assert {kind for kind in (*steelyard.Outcome, "restricted", "some excluded", "dated") if not met[kind]} == set()


def said(chooser: Chooser, need: Need) -> Any:
    """Any answer to a need of a ruleset that ships, as it is posted."""
    value: Any
    match need.type:
        case NeedType.FLAG:
            value = chooser.one_of((True, False))
        case NeedType.NUMBER:
            value = (need.minimum or 0) + chooser.below(8) / chooser.one_of((1, 8))
        case NeedType.CHOICES:
            value = chooser.some_of(need.option_ids)
        case _:
            value = chooser.one_of(need.option_ids)
    return {"value": value, "importance": chooser.one_of(IMPORTANCES)} if chooser.rarely(2) else value


@pytest.fixture(scope="module", params=list(shipped()))
def shipping(request: pytest.FixtureRequest) -> steelyard.Ruleset:
    """Each ruleset that ships."""
    return steelyard.load(request.param)


@settings(deadline=None)
@given(data=st.data())
def test_rulesets_that_ship(shipping: steelyard.Ruleset, data: st.DataObject) -> None:
    """On any day, with all candidates or some, the bytes are the same."""
    assert_written(shipping, data.draw(requests_to_what_ships(shipping)))


@pytest.mark.parametrize("more", [{"explain": ["questions", "rules"]}, {"compare": ["pytorch", "jax"]}], ids=list)
def test_what_is_to_be_explained(more: Data) -> None:
    """A request that wants more explained is written with its explanation."""
    asked = steelyard.load()
    written = assert_written(asked, {"as_of": "2026-11-25", "requirements": {"stage": "production"}, **more})
    assert (b'"questions":' in written.json) == ("explain" in more)


def test_a_faulty_request_is_refused() -> None:
    """A faulty request raises the error that `answer` raises."""
    asked, request = steelyard.load(), {"requirements": {"stage": "prodcution", "lifetme": 3}}
    with pytest.raises(steelyard.RequestError) as told:
        asked.answer(request)
    with pytest.raises(steelyard.RequestError) as told_too:
        asked.write(request)
    assert told_too.value.diagnostics == told.value.diagnostics


def test_a_stack() -> None:
    """A stack writes what it answers, and tells who is recommended by part, or that nobody is."""
    asked = stack()
    for request in ({"requirements": {"hours": 3}, "as_of": DAY}, {"requirements": {}, "as_of": "2025-02-01"}):
        answer, written = asked.answer(request), asked.write(request)
        assert (written.json, written.id) == (answer.to_json().encode(), answer.id)
        assert list(written.recommended) == list(answer.parts)
        for part, each in answer.parts.items():
            assert written.recommended[part] == (each.recommended and each.recommended.candidate)
            assert written.outcomes[part] is each.outcome


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=5), st.booleans())
def test_numbers(numbers: list[float], is_quick: bool) -> None:
    """Numbers are written as `json` writes them, whether what writes them quickly is installed or not."""
    with pytest.MonkeyPatch.context() as patch:
        if not is_quick:
            patch.setattr(pieces, "_quick_dumps", lambda: None)
        assert list(numbers_as_json(numbers)) == [to_json_text(number).encode() for number in numbers]


def test_without_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without anything but the core installed, the bytes are the same."""
    monkeypatch.setattr(pieces, "_quick_dumps", lambda: None)
    assert_written(steelyard.load(), {"as_of": "2026-11-25", "requirements": {"stage": "production", "lifetime": 7}})


def test_nothing_said_on_the_day_of_today() -> None:
    """A request without a day is written for today."""
    written = steelyard.load().write({"requirements": {}})
    assert isinstance(written.request.as_of, date)
    assert f'"as_of":"{written.request.as_of}"'.encode() in written.json


def test_answers_are_kept_up_to_bounds() -> None:
    """What was asked again stays; what was not makes room, by number and by size, and one too large is not kept."""
    few, small = Kept[str](most=2), Kept[str](most_bytes=20)
    for kept in (few, small):
        kept.keep(1, "one", 10)
        assert len(kept) == 0
        for number, answer in ((1, "one"), (2, "two"), (2, "two"), (2, "two"), (3, "three")):
            kept.keep(number, answer, 10)
        kept.get(1)
        kept.keep(3, "three", 10)
        assert [kept.get(number) for number in (1, 2, 3)] == ["one", None, "three"]
    nothing = Kept[str](most_bytes=10)
    nothing.keep(1, "one", 11)
    nothing.keep(1, "one", 11)
    assert len(nothing) == 0


def test_threads_that_ask_at_once() -> None:
    """Threads that share a ruleset are given the same bytes, whatever was made first by whom."""
    asked, other = steelyard.load(), steelyard.load()
    requests = [{"requirements": {"lifetime": years}, "as_of": "2026-11-25"} for years in (1, 2, 3, 4)] * 8
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(asked.write, requests))
    assert [each.json for each in written] == [other.answer(each).to_json().encode() for each in requests]
