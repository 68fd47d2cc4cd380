"""The laws of the index and of decisions: however it is worked out, the answer is the same."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import steelyard
from steelyard.engine import Decision, Engine, index
from steelyard.engine.bits import bits_at, chosen, places_of
from steelyard.library import check_data
from steelyard.model import Request, Ruleset
from steelyard.requirements import RequestReader
from tests.property.conditions import Data
from tests.property.strategies import DAYS, cases, documents, requests
from tests.property.test_engine import test_engine_equals_reference as engine_equals_reference

assert_case = engine_equals_reference.hypothesis.inner_test  # type: ignore[attr-defined]  # hypothesis adds it


def read(ruleset: Ruleset, request: Data) -> Request:
    """The request, validated."""
    return RequestReader.of(ruleset).read(request, date.max)


def numbers(decision: Decision) -> dict[str, Any]:
    """Everything that a decision tells without its document."""
    return {
        "outcome": decision.outcome,
        "winner": decision.winner,
        "scores": decision.scores,
        "ranks": list(decision.ranks.items()),
        "excluded": decision.excluded,
        "recommended": decision.recommended,
        "fired": decision.fired,
        "reasons": {
            candidate: {(each.rule.id, each.rating.grade) for each in said}
            for candidate, said in decision.reasons.items()
        },
    }


@given(st.sets(st.integers(0, 3000)), st.integers(1, 40))
def test_bits_hold_a_set_of_places(places: set[int], copies: int) -> None:
    """The places of the bits set are those they were set at, few or many, and choose the items at them."""
    crowd = {each + shift for each in places for shift in range(copies)}
    bits = bits_at(crowd)
    assert list(places_of(bits)) == sorted(crowd)
    assert list(chosen(range(3100), bits)) == sorted(crowd)


@given(cases(), st.integers(2, 30))
def test_many_rules_equal_reference(case: tuple[Data, Data], copies: int) -> None:
    """With each rule repeated, so that masks and layers span several machine words, the reference is still met."""
    document, request = case
    many = {f"{rule}-{copy}": body for copy in range(copies) for rule, body in document["rules"].items()}
    assert_case(({**document, "rules": many}, request))


@given(cases(), st.sampled_from((0, 2, 3, 5, 8)))
def test_plain_evaluation_equals_reference(case: tuple[Data, Data], most_tests: int) -> None:
    """Where conditions are too large for the index, some or all, plain evaluation meets the reference as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "_MOST_TESTS", most_tests)
        assert_case(case)


@given(cases())
def test_every_depth_of_a_decision_tells_the_same(case: tuple[Data, Data]) -> None:
    """The winner, the scores, the ranks and the reasons alone are those of the whole document."""
    document, request = case
    ruleset = steelyard.Ruleset.from_dict(document)
    asked = {key: request[key] for key in ("as_of", "candidates") if key in request}
    whole = ruleset.recommend(request["requirements"], **asked)
    decision = ruleset.decide(request["requirements"], **asked)
    every = [*whole.ranking, *whole.excluded]
    assert decision.winner == (whole.recommended and whole.recommended.candidate)
    assert decision.recommended == whole.recommended
    assert decision.outcome == whole.outcome
    assert dict(decision.scores) == {each.candidate: each.score for each in every}
    assert list(decision.ranks.items()) == [(each.candidate, each.rank) for each in whole.ranking]
    assert decision.excluded == tuple(each.candidate for each in whole.excluded)
    assert decision.fired == tuple(each.rule for each in whole.fired)
    assert {candidate: sorted(each.rule.id for each in said) for candidate, said in decision.reasons.items()} == {
        each.candidate: sorted(reason.rule for reason in each.reasons if reason.rule is not None) for each in every
    }
    assert decision.answer() == whole


@given(st.data())
def test_a_variation_is_the_decision_on_the_other_request(data: st.DataObject) -> None:
    """Answers changed, added and withdrawn one after another lead where asking anew leads, to the same id."""
    document = data.draw(documents())
    ruleset = check_data(document).required()
    engine = Engine(ruleset)
    first, second = (read(ruleset, data.draw(requests(document))) for _ in range(2))
    second = Request(as_of=first.as_of, candidates=first.candidates, requirements=second.requirements)
    decision = engine.decide(first)
    for need in data.draw(st.permutations(list(ruleset.needs))):
        decision = decision.vary(need, second.requirements.get(need))
    assert numbers(decision) == numbers(engine.decide(second))
    assert decision.recommendation() == engine.recommend(second)


@given(cases(), st.lists(st.sampled_from(sorted(DAYS)), min_size=2, max_size=6))
def test_one_engine_answers_for_every_day(case: tuple[Data, Data], days: list[str]) -> None:
    """What an engine keeps of the days it was asked about changes no answer for other days."""
    document, request = case
    ruleset = check_data(document).required()
    engine = Engine(ruleset)
    for day in days:
        asked = read(ruleset, {**request, "as_of": day})
        assert engine.recommend(asked) == Engine(ruleset).recommend(asked)
