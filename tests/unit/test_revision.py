"""What sets two answers apart, and many pairs of them."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

import steelyard
from steelyard import RequestError
from steelyard.revision import (
    LeftOut,
    Revision,
    RuleMove,
    RuleStatus,
    Side,
    Sides,
    Which,
    revision_document,
    survey,
    survey_document,
)
from tests.dated import pets, pets_later

TODAY = date(2026, 11, 25)
EARLIER, LATER = "2021-07-01", "2025-02-01"


def between(before: str, after: str, requirements: dict[str, Any]) -> Revision:
    """The ruleset's answers on two days."""
    ruleset = pets()
    return steelyard.compare(
        ruleset.recommend(requirements, as_of=before), ruleset.recommend(requirements, as_of=after)
    )


def versions(as_of: date | None = TODAY) -> Sides:
    """Both versions, on one day or each question on its own."""
    return Sides(Side(pets().model, as_of), Side(pets_later().model, as_of))


def points_of(move: RuleMove) -> dict[str, Fraction]:
    """What each candidate gained or lost."""
    return {each.candidate: each.change for each in move.points}


def test_who_is_recommended() -> None:
    """An answer differs where another is recommended, or where a tie arises."""
    assert not between(EARLIER, EARLIER, {"garden": True}).differs
    revision = between(EARLIER, LATER, {"garden": True})
    assert revision.before.recommended is not None
    assert revision.before.recommended.candidate == "dog"
    assert revision.after.outcome is steelyard.Outcome.TIED
    assert revision.differs


def test_scores_and_ranks() -> None:
    """Each candidate's place before and after is told, exactly; one that is excluded has no rank."""
    moves = {move.candidate: move for move in between(EARLIER, "2026-06-01", {"garden": True}).candidates}
    cat, robot = moves["cat"], moves["robot"]
    assert cat.before is not None
    assert cat.after is not None
    # Two of four before, with a rule of the same weight that rates it fair; two of two after.
    assert (cat.before.rank, cat.before.score) == (2, Fraction(125, 2))
    assert (cat.after.rank, cat.after.score) == (1, Fraction(100))
    assert cat.change == Fraction(75, 2)
    assert robot.after is not None
    assert robot.after.rank is None
    assert [veto.because for veto in robot.after.vetoes] == ["Robot dog stands only until 2026-01-01."]


def test_the_rules_through_which_points_moved() -> None:
    """A rule that is gone, one that rates otherwise, and the share of the whole that this leaves, add up."""
    revision = between(EARLIER, LATER, {"garden": True, "hours": 8, "allergies": []})
    moves = {move.rule: move for move in revision.rules}
    # Weights of 2, 3 and 2 before, of 2 and 3 after.
    assert revision.totals == (Fraction(7), Fraction(5))
    assert moves["outdoors"].status is RuleStatus.KEPT
    assert points_of(moves["outdoors"]) == {
        "cat": Fraction(100, 5) - Fraction(50, 7),
        "dog": Fraction(100, 5) - Fraction(100, 7),
        "robot": Fraction(-50, 5) + Fraction(50, 7),
    }
    assert [each.candidate for each in moves["outdoors"].own_moves] == ["cat"]
    assert [each.is_rerated for each in moves["outdoors"].points] == [True, False, False]
    # It rates the dog fair, so that no point goes with it.
    assert "friendly" not in moves


def test_a_rule_that_comes_and_one_that_goes() -> None:
    """A rule that does not stand, or does not exist, on one side is new or gone; its points are all moved."""
    forwards = between("2020-01-01", EARLIER, {"hours": 8, "allergies": []})
    assert [(move.rule, move.status) for move in forwards.rules] == [("alone", RuleStatus.NEW)]
    backwards = between(EARLIER, "2020-01-01", {"hours": 8, "allergies": []})
    assert [(move.rule, move.status) for move in backwards.rules] == [("alone", RuleStatus.GONE)]
    assert (forwards.rules[0].weight_before, forwards.rules[0].weight_after) == (0, 3)
    assert points_of(forwards.rules[0]) == {key: -each for key, each in points_of(backwards.rules[0]).items()}


def test_a_rule_that_applies_on_one_side_only() -> None:
    """Where both sides have the rule, and only one of the requests calls for it, it is neither new nor gone."""
    ruleset = pets()
    without = ruleset.recommend({"garden": True}, as_of=LATER)
    with_hours = ruleset.recommend({"garden": True, "hours": 8}, as_of=LATER)
    fires = {move.rule: move.status for move in steelyard.compare(without, with_hours).rules}
    silent = {move.rule: move.status for move in steelyard.compare(with_hours, without).rules}
    assert (fires["alone"], silent["alone"]) == (RuleStatus.FIRES, RuleStatus.SILENT)


def test_a_candidate_that_only_one_side_has() -> None:
    """It is told, without a change of its score, and no points of it are said to have moved."""
    sides = versions()
    revision = sides.compare(sides.pose({"requirements": {"garden": True}}, TODAY))
    fish = next(move for move in revision.candidates if move.candidate == "fish")
    assert (fish.before, fish.change) == (None, None)
    assert fish.after is not None
    assert "fish" not in {each.candidate for move in revision.rules for each in move.points}


def test_a_weight_that_changed() -> None:
    """A rule that weighs otherwise has moved points itself, even where its ratings are the same."""
    sides = versions(date(2025, 2, 1))
    revision = sides.compare(sides.pose({"requirements": {"hours": 8, "garden": True}}, TODAY))
    move = next(move for move in revision.rules if move.rule == "alone")
    assert (move.weight_before, move.weight_after, move.is_changed) == (3, 8, True)
    assert move.own_moves == move.points


def test_what_one_side_does_not_know_is_left_out_for_it() -> None:
    """A need or a candidate of the other ruleset is not asked of it, and said."""
    request = {"requirements": {"pool": True, "garden": True}, "candidates": ["dog", "fish"]}
    posed = versions().pose(request, TODAY)
    assert posed.left_out == (LeftOut("fish", Which.BEFORE), LeftOut("pool", Which.AFTER))
    assert (list(posed.before.requirements), list(posed.after.requirements)) == (["garden", "pool"], ["garden"])
    assert (posed.before.candidates, posed.after.candidates) == (("dog",), ("dog", "fish"))


def test_faults_of_both_sides() -> None:
    """A fault that both sides find is told once; of one that only one finds is told which does."""
    with pytest.raises(RequestError) as caught:
        versions().pose({"requirements": {"hours": 11, "moat": True}}, TODAY)
    assert [each.message for each in caught.value.diagnostics] == [
        "11 is above the maximum of `hours`, 10, on the second side",
        "unknown need `moat`",
    ]


NO_REQUESTS: list[Any] = [
    None,
    [],
    {"requirements": 5},
    {"requirements": {}, "candidates": "dog"},
    {"requirements": {}, "candidates": [{}, ["fish"], None]},
    {"requirements": {3: True}},
]


@pytest.mark.parametrize("request_", NO_REQUESTS, ids=repr)
def test_what_is_no_request(request_: Any) -> None:
    """Whatever is no request is refused as such."""
    with pytest.raises(RequestError):
        versions().pose(request_, TODAY)


def test_the_day_of_a_side_goes_before_that_of_the_request() -> None:
    """A side with a day asks about it; one without asks about the request's, or else about today."""
    model = pets().model
    request = {"requirements": {}, "as_of": "2020-01-01"}
    dated = Sides(Side(model, date(2019, 1, 1)), Side(model)).pose(request, TODAY)
    assert (dated.before.as_of, dated.after.as_of) == (date(2019, 1, 1), date(2020, 1, 1))
    assert Sides(Side(model), Side(model)).pose({"requirements": {}}, TODAY).after.as_of == TODAY


def test_a_survey_asks_each_question_once() -> None:
    """Cases of both that ask the same are asked once; of a case that only one has, or has otherwise, is told which."""
    found = survey(versions(None), TODAY)
    assert [(each.case, each.only_in) for each in found.compared] == [
        ("running", None),
        ("sleeping", Which.BEFORE),
        ("swimming", Which.BEFORE),
        ("sleeping", Which.AFTER),
        ("paddling", Which.AFTER),
    ]
    swimming = found.compared[2]
    assert swimming.left_out == (LeftOut("pool", Which.AFTER),)
    assert swimming.revision.before.as_of == date(2021, 7, 1)


def test_a_survey_passes_over_what_a_side_does_not_take() -> None:
    """A case whose answers the other ruleset does not accept is told with what is wrong, and the others are asked."""
    later = steelyard.Ruleset.from_yaml(
        "ruleset: {id: pets, title: x, version: '3'}\n"
        "needs: {garden: {question: x, type: choice, options: {big: Big, small: Small}}}\n"
        "candidates: {dog: {name: Dog}}\ncriteria: {home: Home}\n"
        "rules: {outdoors: {criterion: home, title: x, when: {garden: big}, ratings: {dog: good}}}\n"
    )
    found = survey(Sides(Side(pets().model), Side(later.model)), TODAY)
    assert [each.case for each in found.passed_over] == ["running", "running-again", "swimming"]
    assert [each.case for each in found.compared] == ["sleeping"]
    assert found.passed_over[0].faults[0].message == "`garden` has no option `true`, on the second side"


def test_the_rules_that_moved_most() -> None:
    """Points are counted over all answers, gained or lost, but for those that moved only with the share."""
    model = pets().model
    found = survey(Sides(Side(model, date(2021, 7, 1)), Side(model, date(2025, 2, 1))), TODAY)
    expected: dict[str, Fraction] = {}
    for each in found.compared:
        for rule in each.revision.rules:
            moved = sum((abs(move.change) for move in rule.own_moves), Fraction(0))
            expected[rule.rule] = expected.get(rule.rule, Fraction(0)) + moved
    assert {mover.rule: mover.points for mover in found.movers} == {key: each for key, each in expected.items() if each}
    assert [mover.points for mover in found.movers] == sorted((m.points for m in found.movers), reverse=True)


def test_documents() -> None:
    """The documents hold both answers in short, every candidate and rule, and round only what they tell."""
    sides = versions()
    posed = sides.pose({"requirements": {"garden": True, "pool": True}}, TODAY)
    document = revision_document(sides.compare(posed), posed.left_out)
    assert document["left_out"] == [{"name": "pool", "side": "after"}]
    assert document["before"]["ruleset"]["version"] == "1"
    fish = next(each for each in document["candidates"] if each["candidate"] == "fish")
    assert fish == {
        "candidate": "fish",
        "name": "Fish",
        "before": None,
        "after": {"rank": 2, "score": 75.0, "rated": 0.5},
        "change": None,
    }
    assert {each["status"] for each in document["rules"]} == {"kept", "new"}
    surveyed = survey_document(survey(versions(None), TODAY))
    assert (surveyed["asked"], len(surveyed["cases"])) == (5, 5)
    assert surveyed["differing"] == sum(each["differs"] for each in surveyed["cases"])
    assert surveyed["passed_over"] == []


def test_the_public_comparison_renders_itself() -> None:
    """A program gets the comparison as data, as JSON, as text and as Markdown."""
    ruleset = pets()
    answers = [ruleset.recommend({"garden": True}, as_of=day) for day in (EARLIER, LATER)]
    comparison = steelyard.compare(*answers)
    assert comparison.to_dict()["differs"] is True
    assert comparison.to_json().startswith('{"differs":true')
    assert comparison.to_text(width=60).startswith("The answer differs: Dog +12.5 → Dog = Cat\n")
    assert comparison.to_markdown().startswith("# The answer differs: Dog +12.5 → Dog = Cat\n")


def test_candidates_that_only_one_side_has() -> None:
    """Where a side knows none of the candidates that are asked for, that is told, and not that none are."""
    with pytest.raises(RequestError) as caught:
        versions().pose({"requirements": {}, "candidates": ["fish"]}, TODAY)
    assert [each.message for each in caught.value.diagnostics] == ["unknown candidate `fish`, on the first side"]


@pytest.mark.parametrize("other", [None, "dog", steelyard.load_stack("deep-learning").recommend({})])
def test_only_answers_of_rulesets_are_compared(other: Any) -> None:
    """What is no answer of a ruleset, such as that of a stack, is refused before anything is made of it."""
    answer = pets().recommend({})
    for given in ((answer, other), (other, answer)):
        with pytest.raises(TypeError, match="expected the answer of a ruleset"):
            steelyard.compare(*given)
