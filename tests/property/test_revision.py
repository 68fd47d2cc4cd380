"""The laws of what sets two answers apart, on random rulesets, requests and days."""

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import steelyard
from steelyard.revision import Revision, RuleStatus
from tests.property.conditions import Chooser, Data
from tests.property.strategies import DAYS, request_to, ruleset

SWAPPED = {
    RuleStatus.NEW: RuleStatus.GONE,
    RuleStatus.GONE: RuleStatus.NEW,
    RuleStatus.FIRES: RuleStatus.SILENT,
    RuleStatus.SILENT: RuleStatus.FIRES,
    RuleStatus.KEPT: RuleStatus.KEPT,
}


@st.composite
def pairs(draw: st.DrawFn) -> tuple[steelyard.Answer, steelyard.Answer]:
    """A ruleset's answers to one request on two days, to two requests, or those of it and a changed version of it."""
    chooser = Chooser(draw)
    document = ruleset(chooser)
    request, other = request_to(chooser, document), request_to(chooser, document)
    first = steelyard.Ruleset.from_dict(document)
    before = first.answer(request)
    match chooser.one_of(("days", "requests", "rulesets")):
        case "days":
            return before, first.answer({**request, "as_of": chooser.one_of(DAYS)})
        case "requests":
            return before, first.answer(other)
    return before, steelyard.Ruleset.from_dict(changed(chooser, document)).answer(request)


def changed(chooser: Chooser, document: Data) -> Data:
    """The ruleset with other weights, and perhaps without one of its rules."""
    rules: dict[str, Any] = {key: dict(body) for key, body in document["rules"].items()}
    for body in rules.values():
        if chooser.rarely(2):
            body["weight"] = 1 + chooser.below(9)
    if len(rules) > 1 and chooser.rarely(2):
        del rules[chooser.one_of(list(rules))]
    return {**document, "rules": rules, "cases": {}}


def moved(revision: Revision) -> dict[str, Fraction]:
    """What each candidate gained or lost through all rules."""
    sums: dict[str, Fraction] = {}
    for rule in revision.rules:
        for each in rule.points:
            sums[each.candidate] = sums.get(each.candidate, Fraction(0)) + each.change
    return sums


@given(pairs())
def test_points_that_moved_sum_to_the_change_of_the_score(pair: tuple[steelyard.Answer, steelyard.Answer]) -> None:
    """For every candidate that both weighed, to the last fraction."""
    revision = steelyard.compare(*pair)
    sums = moved(revision)
    for move in revision.candidates:
        if move.change is not None:
            assert sums.get(move.candidate, 0) == move.change
        else:
            assert move.candidate not in sums


@given(pairs())
def test_exact_scores_are_those_of_the_answers(pair: tuple[steelyard.Answer, steelyard.Answer]) -> None:
    """Rounded once, exact scores and points are the numbers that the answers tell."""
    revision = steelyard.compare(*pair)
    for move in revision.candidates:
        for place, answer in ((move.before, revision.before), (move.after, revision.after)):
            told = {each.candidate: each for each in (*answer.ranking, *answer.excluded)}.get(move.candidate)
            assert (place is None) == (told is None)
            if place is not None and told is not None:
                assert float(place.score) == told.score
                assert (place.rank is None) == (told in answer.excluded)
    for rule in revision.rules:
        for each in rule.points:
            before, after = (reason.points if reason else 0 for reason in (each.before, each.after))
            assert abs(float(each.change) - (after - before)) <= 1e-9


@given(pairs())
def test_an_answer_beside_itself_shows_nothing(pair: tuple[steelyard.Answer, steelyard.Answer]) -> None:
    """Nothing differs, and no point moved."""
    for answer in pair:
        revision = steelyard.compare(answer, answer)
        assert not revision.differs
        assert revision.rules == ()
        assert {move.change for move in revision.candidates} <= {Fraction(0)}


@given(pairs())
def test_swapping_the_sides_negates(pair: tuple[steelyard.Answer, steelyard.Answer]) -> None:
    """Every change has the other sign; what was new is gone."""
    forwards, backwards = steelyard.compare(*pair), steelyard.compare(*reversed(pair))
    assert forwards.differs == backwards.differs
    assert moved(forwards) == {candidate: -change for candidate, change in moved(backwards).items()}
    assert {move.rule: move.status for move in forwards.rules} == {
        move.rule: SWAPPED[move.status] for move in backwards.rules
    }
    assert {(move.candidate, move.before, move.after) for move in forwards.candidates} == {
        (move.candidate, move.after, move.before) for move in backwards.candidates
    }


@given(pairs())
def test_points_by_a_rule_that_is_as_it_was_move_by_the_share_alone(
    pair: tuple[steelyard.Answer, steelyard.Answer],
) -> None:
    """Where neither weight nor rating changed, points changed only if the weights of all rules did, and alike."""
    revision = steelyard.compare(*pair)
    before, after = revision.totals
    for rule in revision.rules:
        for each in rule.points:
            if rule.is_share_only(each):
                assert rule.status is RuleStatus.KEPT
                assert before != after
                assert (abs(each.change) > 0) == (each.after is not None and each.after.points != 0)
