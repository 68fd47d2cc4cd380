"""The laws of explanations: every one of them is what asking anew, again and again, would find."""

from fractions import Fraction
from itertools import chain, combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import steelyard
from tests.property.conditions import Chooser, Data, answer, value
from tests.property.neighbours import changed, changes_of_answers, new_answers, searches, then, values, winners
from tests.property.reference import answers_of, judge, normal_form, recommend, stands
from tests.property.strategies import cases

FEW = settings(max_examples=60)
"""For laws whose every example asks hundreds of times."""


def explained(document: Data, request: Data, *topics: str) -> tuple[steelyard.Ruleset, steelyard.Answer, Data]:
    """The ruleset, its answer with these topics explained, and what the request says."""
    ruleset = steelyard.Ruleset.from_dict(document)
    answer = ruleset.answer({**request, "explain": topics})
    return ruleset, answer, {need: dict(said) for need, said in answer.requirements.items()}


def recommended(answer: steelyard.Answer) -> tuple[str, ...]:
    """Who is recommended."""
    found = answer.recommended
    return (found.candidate, *found.tied_with) if found is not None else ()


def as_then(told: Any) -> Data:
    """What an explanation says would be, to be compared with what asking anew says."""
    return {**told.to_dict(), "recommended": told.recommended}


@given(cases())
def test_questions_are_what_can_change_the_answer(case: tuple[Data, Data]) -> None:
    """A need is asked about just if an answer to it changes who is recommended; its answers miss no outcome."""
    document, request = case
    ruleset, answer, stated = explained(document, request, "questions")
    questions = {each.need: each for each in answer.explanation.questions or ()}
    for need in document["needs"].keys() - stated.keys():
        possible = {
            winners(ruleset, request, changed(stated, (need, {"value": value, "importance": "should"})))
            for value in values(document, need)
        }
        assert (need in questions) == any(each != recommended(answer) for each in possible)
        if need in questions:
            assert {each.then.recommended for each in questions[need].answers} == possible
    assert answer.settled == (not questions)
    assert not questions.keys() & stated.keys()


@given(cases())
def test_questions_say_what_would_be(case: tuple[Data, Data]) -> None:
    """What an answer would come to is what asking with it comes to; shares, moves and their order follow from that."""
    document, request = case
    ruleset, answer, stated = explained(document, request, "questions")
    questions = answer.explanation.questions or ()
    for question in questions:
        for each in question.answers:
            said = (question.need, {"value": each.value, "importance": "should"})
            assert as_then(each.then) == then(ruleset, request, changed(stated, said))
            assert each.flips == (each.then.recommended != recommended(answer))
        assert question.flips == sum(each.flips for each in question.answers) / len(question.answers) > 0
        assert question.moves >= 0
    assert [(-each.flips, -each.moves) for each in questions] == sorted(
        (-each.flips, -each.moves) for each in questions
    )


@st.composite
def contests(draw: st.DrawFn) -> tuple[Data, Data]:
    """Rulesets of many small rules, of which hardly one alone decides, and requests to them.

    Most rules read one need, so that what two answers do adds up; some read two, and some exclude.
    """
    chooser = Chooser(draw)
    needs: Data = {
        "first": {"question": "?", "type": "flag"},
        "second": {"question": "?", "type": "choice", "options": {"a": "A", "b": "B", "c": "C"}},
        "third": {"question": "?", "type": "flag"},
        "fourth": {"question": "?", "type": "choices", "options": {"a": "A", "b": "B"}},
    }
    words = ("fair", "good", "excellent", "poor", "unsupported", "unsupported")
    rules: Data = {}
    for number in range(4 + chooser.below(6)):
        read = [chooser.one_of(list(needs)) for _ in range(2 if chooser.rarely(3) else 1)]
        ratings = {each: chooser.one_of(words) for each in ("one", "two", "three")}
        rules[f"rule-{number}"] = {
            "criterion": "all",
            "title": "A rule",
            "when": {need: value(chooser, needs[need]) or "a" for need in read if needs[need]["type"] != "flag"}
            | {need: chooser.one_of((True, False)) for need in read if needs[need]["type"] == "flag"},
            "weight": 1 + chooser.below(3),
            "veto": chooser.rarely(3),
            "ratings": ratings,
        }
    document: Data = {
        "ruleset": {"id": "contest", "title": "A contest", "version": "1"},
        "needs": needs,
        "candidates": {each: {"name": each} for each in ("one", "two", "three")},
        "criteria": {"all": "All"},
        "evidence": {"article": {"title": "An article", "published": "2020-01-01", "source": "a paper"}},
        "rules": {rule: {**body, "because": "So it is.", "evidence": ["article"]} for rule, body in rules.items()},
    }
    importances = ("should", "could", "must")
    answered = chooser.some_of(list(needs), at_least=1)
    said = {need: answer(chooser, needs[need], importances) for need in answered}
    return document, {"as_of": "2020-02-01", "requirements": said}


@settings(max_examples=200)
@given(cases() | contests())
def test_changes_are_the_smallest(case: tuple[Data, Data]) -> None:
    """Each rival is put first by a change from the first search that has one, and told of none just if none has."""
    document, request = case
    ruleset, answer, stated = explained(document, request, "changes")
    changes = answer.explanation.changes
    assert changes is not None
    alone = recommended(answer) if len(recommended(answer)) == 1 else ()
    rivals = [each.candidate for each in answer.ranking if each.candidate not in alone] if recommended(answer) else []
    assert [each.candidate for each in changes] == rivals

    wanted = {each.candidate: each for each in changes}
    for number, trials in enumerate(searches(document, stated)):
        if not wanted:
            break
        possible = {winners(ruleset, request, changed(stated, *trial)) for trial in trials}
        for rival in [each for each in wanted if (each,) in possible]:
            found = wanted.pop(rival)
            assert len(found.steps) == (1, 2, 1, 2)[number]
            assert any(step.before is None for step in found.steps) == (number >= 2)
            steps = [(step.need, dict(step.after) if step.after is not None else None) for step in found.steps]
            assert found.then is not None
            assert as_then(found.then) == then(ruleset, request, changed(stated, *steps))
            assert found.then.recommended == (rival,)
            assert all(step.before == answer.requirements.get(step.need) for step in found.steps)
            assert all(step.before != step.after for step in found.steps)
    assert all(not each.steps and each.then is None for each in wanted.values())


@given(cases())
def test_musts_to_give_up_are_the_smallest_sets(case: tuple[Data, Data]) -> None:
    """Giving up one of the sets, and nothing less, leaves a candidate again; no such set is missing."""
    document, request = case
    ruleset, answer, stated = explained(document, request)
    musts = [need for need, said in stated.items() if said["importance"] == "must"]
    enough: list[tuple[str, ...]] = []
    if answer.outcome == "infeasible":
        for needs in chain.from_iterable(combinations(musts, size) for size in range(1, len(musts) + 1)):
            given_up = changed(stated, *((need, {**stated[need], "importance": "should"}) for need in needs))
            is_enough = then(ruleset, request, given_up)["outcome"] != "infeasible"
            if is_enough and not any(set(each) <= set(needs) for each in enough):
                enough.append(needs)
    assert [each.needs for each in answer.relax] == enough
    for relaxation in answer.relax:
        given_up = changed(stated, *((need, {**stated[need], "importance": "should"}) for need in relaxation.needs))
        assert as_then(relaxation.then) == then(ruleset, request, given_up)


@given(cases())
def test_a_comparison_sums_to_the_difference(case: tuple[Data, Data]) -> None:
    """The points of two candidates' differing rules sum exactly to the difference of their scores, either way round."""
    document, request = case
    ruleset = steelyard.Ruleset.from_dict(document)
    truth = recommend(document, request)
    scores = {each["candidate"]: each["score"] for each in (*truth["ranking"], *truth["excluded"])}
    for one, other in combinations(scores, 2):
        comparison = ruleset.answer({**request, "compare": [one, other]}).explanation.comparison
        turned = ruleset.answer({**request, "compare": [other, one]}).explanation.comparison
        assert comparison is not None
        assert turned is not None
        assert sum((each.points for each in comparison.rules), Fraction(0)) == comparison.difference
        assert comparison.difference == Fraction(scores[one]) - Fraction(scores[other]) == -turned.difference
        assert all(each.points and each.ratings[0] != each.ratings[1] for each in comparison.rules)
        assert 0 <= comparison.robustness == turned.robustness <= 1
        spread = sum((abs(each.points) for each in comparison.rules), Fraction(0))
        assert comparison.robustness == (float(abs(comparison.difference) / spread) if spread else 0)


@given(cases())
def test_every_rule_is_traced(case: tuple[Data, Data]) -> None:
    """Each rule tells its truth in Kleene's logic, and fires just if it is true and stands."""
    document, request = case
    _, answer, _ = explained(document, request, "rules")
    rules = answer.explanation.rules
    assert rules is not None
    assert [each.rule for each in rules] == list(document["rules"])
    importances = {each.rule: each.importance for each in answer.fired}
    for each in rules:
        rule = document["rules"][each.rule]
        condition = normal_form(rule.get("when", {}), document["needs"])
        verdict = judge(condition, answers_of(request["requirements"]), document["needs"])
        assert each.holds is verdict.truth
        assert each.standing == stands(rule, request["as_of"])
        assert each.fired == (each.standing and each.holds is True) == (each.rule in importances)
        assert each.importance == importances.get(each.rule)
        assert_tree_adds_up(each.condition)


def assert_tree_adds_up(node: Any) -> None:
    """The truth of a node is what that of its parts makes it."""
    if "not" in node:
        inside = node["not"]["holds"]
        assert node["holds"] is (None if inside is None else not inside)
        assert_tree_adds_up(node["not"])
    for key, decisive in (("all", False), ("any", True)):
        if key in node:
            truths = [part["holds"] for part in node[key]]
            undecided = None if None in truths else not decisive
            assert node["holds"] is (decisive if decisive in truths else undecided)
            for part in node[key]:
                assert_tree_adds_up(part)


@given(cases())
def test_explaining_changes_nothing_else(case: tuple[Data, Data]) -> None:
    """An answer that is explained is the same answer, with more beside it; and twice explained, the same bytes."""
    document, request = case
    ruleset = steelyard.Ruleset.from_dict(document)
    plain = ruleset.answer(request).to_dict()
    asked = {**request, "explain": ["rules", "changes", "questions"]}
    whole = ruleset.answer(asked)
    told = whole.to_dict()
    assert {**{key: told[key] for key in plain}, "settled": None} == plain
    assert told.keys() - plain.keys() == {"questions", "changes", "rules"}
    assert steelyard.Ruleset.from_dict(document).answer(asked).to_json() == whole.to_json()


@FEW
@given(cases())
def test_a_settled_answer_stays(case: tuple[Data, Data]) -> None:
    """Where an answer is settled, no new answer to one need changes who is recommended."""
    document, request = case
    ruleset, answer, stated = explained(document, request, "questions")
    if answer.settled:
        for change in new_answers(document, stated):
            assert winners(ruleset, request, changed(stated, change)) == recommended(answer)


@FEW
@given(cases())
def test_variations_of_one_answer_are_asked_anew(case: tuple[Data, Data]) -> None:
    """A decision that was varied tells what asking anew tells, also in its whole document."""
    document, request = case
    ruleset, _, stated = explained(document, request)
    decision = ruleset.decide(stated, as_of=request["as_of"], candidates=request.get("candidates"))
    assert decision.scores
    for need, said in [*changes_of_answers(document, stated), *new_answers(document, stated)][:8]:
        anew = changed(stated, (need, said))
        requirement = ruleset.decide(anew, as_of=request["as_of"])._weighing.request.requirements.get(need)
        varied = decision.vary(need, requirement)
        asked = ruleset.recommend(anew, as_of=request["as_of"], candidates=request.get("candidates"))
        assert varied.answer().to_json() == asked.to_json()
