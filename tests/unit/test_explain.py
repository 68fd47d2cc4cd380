"""What explains an answer, on small rulesets whose explanations can be worked out by hand."""

from typing import Any

import pytest

import steelyard
from steelyard.explain import effort

NEEDS: dict[str, Any] = {
    "garden": {"question": "Is there a garden?", "type": "flag"},
    "hours": {
        "question": "How long is nobody at home?",
        "type": "number",
        "minimum": 0,
        "maximum": 24,
        "unit": "hours",
    },
    "kind": {"question": "What is it for?", "type": "choice", "options": {"play": "To play", "guard": "To guard"}},
    "noise": {
        "question": "How much noise?",
        "type": "scale",
        "options": {"none": "None", "some": "Some", "much": "Much"},
    },
    "home": {
        "question": "Where?",
        "type": "choices",
        "options": {"flat": "A flat", "farm": "A farm", "boat": "A boat"},
    },
}


def ruleset(*rules: tuple[dict[str, Any], dict[str, str]], **more: Any) -> steelyard.Ruleset:
    """A ruleset of these conditions and ratings, for a dog, a cat and a fish."""
    return steelyard.Ruleset.from_dict(
        {
            "ruleset": {"id": "pets", "title": "Which pet?", "version": "1"},
            "needs": NEEDS,
            "candidates": {each: {"name": each.capitalize()} for each in ("dog", "cat", "fish")},
            "criteria": {"all": "All of it"},
            "evidence": {"book": {"title": "A book", "published": "2020-01-01", "source": "a shelf"}},
            "rules": {
                f"rule-{number}": {
                    "criterion": "all",
                    "title": f"Rule {number}",
                    "when": when,
                    "ratings": ratings,
                    "because": "So it is.",
                    "evidence": ["book"],
                    **more.get(f"rule_{number}", {}),
                }
                for number, (when, ratings) in enumerate(rules)
            },
        }
    )


def explained(asked: steelyard.Ruleset, **requirements: Any) -> steelyard.Explanation:
    """The questions and changes of an answer."""
    return asked.recommend(requirements, as_of="2020-06-01", explain=("questions", "changes")).explanation


def words_of(asked: steelyard.Ruleset, **requirements: Any) -> list[str]:
    """What would change an answer, in words."""
    return [each.words for each in explained(asked, **requirements).changes or ()]


DOG = {"dog": "excellent", "cat": "fair", "fish": "fair"}
CAT = {"dog": "fair", "cat": "excellent", "fish": "fair"}


@pytest.mark.parametrize(
    ("when", "said", "words"),
    [
        ({"garden": True}, {"garden": True}, "If garden were answered with no, Cat would lead by 50."),
        ({"hours": {"at_most": 4}}, {"hours": 2}, "If hours were above 4 hours, Cat would lead by 50."),
        ({"kind": "guard"}, {"kind": "guard"}, "If kind were play, Cat would lead by 50."),
        ({"noise": {"at_least": "some"}}, {"noise": "much"}, "If noise were none, Cat would lead by 50."),
        ({"home": "farm"}, {"home": ["farm", "flat"]}, "If home did not include farm, Cat would lead by 50."),
        ({"home": {"is": ["farm"]}}, {"home": ["farm"]}, "If home included flat as well, Cat would lead by 50."),
    ],
)
def test_a_changed_answer_in_words(when: Any, said: Any, words: str) -> None:
    """A change of one answer is told in the words of its need, be it another value, less of it, or more."""
    assert words_of(ruleset((when, DOG), ({"not": when}, CAT)), **said)[0] == words


def test_withdrawing_and_importance_come_first() -> None:
    """Where saying less is enough, no other answer is told; where it matters less is enough, not even that."""
    rules: Any = ({"garden": True}, DOG), ({}, {**CAT, "cat": "good"})
    assert words_of(ruleset(*rules), garden=True)[0] == ("If nothing were said about garden, Cat would lead by 25.")
    heavy = ruleset(*rules, rule_1={"weight": 3})
    said = {"value": True, "importance": "must"}
    assert words_of(heavy, garden=said)[0].startswith("If garden were only a should, Cat would lead by")


def test_open_needs_are_the_last_resort() -> None:
    """An unanswered need is answered only where no change of what was said puts the rival first."""
    asked = ruleset(({}, DOG), ({"kind": "play"}, CAT), rule_1={"weight": 2})

    assert words_of(asked) == [
        "If kind were answered with play, Cat would lead by 16.7.",
        "No change of one or two answers would put Fish first.",
    ]


def test_two_changes_that_only_together_suffice() -> None:
    """Two answers whose effects add up are found where they pass the leader by the least there is."""
    asked = ruleset(
        ({}, {"dog": "good", "cat": "fair", "fish": "fair"}),
        ({"garden": True}, {"dog": "fair", "cat": "good", "fish": "fair"}),
        ({"kind": "play"}, {"dog": "fair", "cat": "good", "fish": "fair"}),
        rule_0={"weight": 1.999},
    )

    (change, none) = explained(asked, garden=False, kind="guard").changes or ()

    assert [step.need for step in change.steps] == ["garden", "kind"]
    assert change.then is not None
    assert 0 < (change.then.lead or 0) < 0.01
    assert not none.steps


def test_a_rival_that_need_not_pass_an_excluded_leader() -> None:
    """Where one change excludes the leader and another passes who comes next, the two are found together."""
    asked = ruleset(
        ({}, {"dog": "excellent", "cat": "good", "fish": "fair"}),
        ({"home": "boat"}, {"dog": "unsupported", "cat": "fair", "fish": "fair"}),
        ({"garden": False}, {"dog": "fair", "cat": "poor", "fish": "good"}),
        rule_0={"weight": 1.5},
        rule_1={"veto": True, "weight": 0.001},
    )

    changes = {each.candidate: each for each in explained(asked, home=["farm"], garden=True).changes or ()}

    assert [step.need for step in changes["fish"].steps] == ["garden", "home"]
    assert [step.need for step in changes["cat"].steps] == ["home"]


def test_a_tie_has_changes_for_all_who_tie() -> None:
    """Where several tie, it is told for each of them what would put it first alone."""
    asked = ruleset(({"garden": True}, DOG), ({"kind": "play"}, CAT))

    told = {each.candidate: each.words for each in explained(asked, garden=True, kind="play").changes or ()}

    assert told["dog"] == "If garden were a must, Dog would lead by 16.7."
    assert told["cat"] == "If garden were only a could, Cat would lead by 16.7."


def test_questions_tell_ranges_of_numbers() -> None:
    """A number is asked about by one value of every range that the rules tell apart, told as a range."""
    asked = ruleset(
        ({}, CAT),
        ({"hours": {"at_least": 2, "at_most": 6}}, DOG),
        ({"hours": 24}, DOG),
        rule_1={"weight": 3},
        rule_2={"weight": 3},
    )

    (question,) = explained(asked).questions or ()

    assert [(each.value, each.label, each.flips) for each in question.answers] == [
        (0, "below 2 hours", False),
        (2, "at least 2 and at most 6 hours", True),
        (7, "above 6 and below 24 hours", False),
        (24, "24 hours", True),
    ]
    assert question.flips == 0.5


def test_questions_in_their_order() -> None:
    """The need of whose answers the larger share changes the winner comes first."""
    asked = ruleset(
        ({}, CAT),
        ({"garden": True}, DOG),
        ({"kind": ["play", "guard"]}, DOG),
        rule_1={"weight": 2},
        rule_2={"weight": 2},
    )

    questions = explained(asked).questions or ()

    assert [(each.need, each.flips) for each in questions] == [("kind", 1.0), ("garden", 0.5)]


def test_a_settled_answer() -> None:
    """An answer that no single answer can change is settled, which is known only if it was asked."""
    asked = ruleset(({}, DOG), ({"garden": True}, CAT), rule_0={"weight": 5})

    assert asked.recommend({}, explain=("questions",)).settled is True
    assert asked.recommend({}).settled is None


def test_relaxing() -> None:
    """With nothing left, the musts to give up are told with what wins then; the fewest first."""
    out = {"dog": "unsupported", "cat": "unsupported", "fish": "unsupported"}
    asked = ruleset(
        ({"garden": False}, {**out, "fish": "good"}),
        ({"home": "flat"}, {**out, "dog": "fair"}),
        ({"kind": "play"}, out),
    )
    must = {"garden": False, "home": ["flat"], "kind": "play"}

    answer = asked.recommend({need: {"value": value, "importance": "must"} for need, value in must.items()})

    assert [each.needs for each in answer.relax] == [("garden", "kind"), ("kind", "home")]
    assert answer.relax[0].words == "Without the musts on garden and kind, Dog would fit best: 25 of 100."
    assert asked.recommend({}).relax == ()


def test_no_must_brings_back_what_a_rule_itself_excludes() -> None:
    """Where dates or a rule's own veto exclude everything, there is no must to give up."""
    out = {"dog": "unsupported", "cat": "unsupported", "fish": "unsupported"}
    asked = ruleset(({"garden": True}, out), rule_0={"veto": True})

    answer = asked.recommend({"garden": {"value": True, "importance": "must"}})

    assert (answer.outcome, answer.relax) == ("infeasible", ())


def test_many_musts_take_no_time() -> None:
    """With each candidate excluded by a must of its own, or by many, the sets are found without trying all choices."""
    flags = {f"need_{number}": {"question": "?", "type": "flag"} for number in range(30)}
    document = {
        "ruleset": {"id": "many", "title": "Many", "version": "1"},
        "needs": flags,
        "candidates": {f"c-{number}": {"name": f"C {number}"} for number in range(30)},
        "criteria": {"all": "All"},
        "rules": {
            f"rule-{number}": {
                "criterion": "all",
                "title": "Rule",
                "when": {f"need_{number}": True},
                "ratings": {f"c-{number}": "unsupported", "c-0": "unsupported"},
                "because": "So it is.",
                "evidence": ["book"],
            }
            for number in range(30)
        },
        "evidence": {"book": {"title": "A book", "published": "2020-01-01", "source": "a shelf"}},
    }
    must = {need: {"value": True, "importance": "must"} for need in flags}

    answer = steelyard.Ruleset.from_dict(document).recommend(must)

    assert [each.needs for each in answer.relax] == [(f"need_{number}",) for number in range(1, 30)]
    assert answer.explanation.incomplete == ()


def test_more_sets_of_musts_than_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the search for musts to give up ends at its bound, or finds too many sets, the answer says so."""
    out = {"dog": "unsupported", "cat": "unsupported", "fish": "unsupported"}
    both = {"any": [{"garden": True}, {"kind": "play"}]}
    asked = ruleset((both, out), ({"home": "flat", "noise": "none"}, out))
    said = {"garden": True, "kind": "play", "home": ["flat"], "noise": "none"}
    must = {need: {"value": value, "importance": "must"} for need, value in said.items()}
    assert [each.needs for each in asked.recommend(must).relax] == [
        ("garden", "kind", "noise"),
        ("garden", "kind", "home"),
    ]

    monkeypatch.setattr("steelyard.explain.relaxing._MOST_TOLD", 1)
    assert len(asked.recommend(must).relax) == 1
    assert asked.recommend(must).explanation.incomplete == ("relax",)
    monkeypatch.setattr(effort, "_MOST_RULES_WEIGHED", 0)
    assert asked.recommend(must).explanation.incomplete == ("relax",)


def test_an_excluded_candidate_compared() -> None:
    """A candidate that cannot be chosen may have the better score; the comparison says that it is excluded."""
    asked = ruleset(({}, DOG), ({"garden": True}, {"dog": "unsupported"}), rule_0={"weight": 3})
    must = {"garden": {"value": True, "importance": "must"}}

    comparison = asked.recommend(must, compare=("cat", "dog")).explanation.comparison

    assert comparison is not None
    assert comparison.excluded == ("dog",)
    assert comparison.words.endswith(" But Dog is excluded.")


def test_a_comparison_with_somebody_who_is_gone() -> None:
    """A candidate that is not to be had on the day may be compared; the comparison says since when."""
    answer = steelyard.load().recommend({}, as_of="2026-11-25", compare=("mxnet", "pytorch"))

    assert answer.explanation.comparison is not None
    assert answer.explanation.comparison.words.endswith(" But Apache MXNet stands only until 2023-09-20.")


def test_bounds_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that is given up says so, in the answer and in words, and calls nothing settled."""
    asked = ruleset(({}, DOG), ({"kind": "play"}, CAT), rule_1={"weight": 2})
    monkeypatch.setattr(effort, "_MOST_RULES_WEIGHED", 99)

    answer = asked.recommend({"garden": True}, explain=("questions", "changes"))

    assert answer.explanation.incomplete == ("questions", "changes")
    assert answer.settled is False
    assert answer.to_dict()["incomplete"] == ["questions", "changes"]
    assert "The search for questions and changes was given up" in " ".join(answer.to_text().split())
    assert answer.explanation.changes is not None
    assert answer.explanation.changes[0].words.startswith("Of the changes of one or two answers that were tried")


def test_comparing() -> None:
    """Two candidates are told with the rules on which they differ, who is ahead, and how firm that is."""
    asked = ruleset(({}, DOG), ({"garden": True}, CAT), ({}, {"fish": "good"}), rule_0={"weight": 2})

    comparison = asked.recommend({"garden": True}, compare=("cat", "dog")).explanation.comparison

    assert comparison is not None
    assert [(each.rule, each.ratings, float(each.points)) for each in comparison.rules] == [
        ("rule-1", ("excellent", "fair"), 12.5),
        ("rule-0", ("fair", "excellent"), -25.0),
    ]
    assert comparison.words == (
        "Dog is 12.5 ahead of Cat: it gains 25 on “Rule 0”, and loses 12.5 on “Rule 1”. "
        "Every weight would have to be more than 33 % off for Cat to draw level."
    )


@pytest.mark.parametrize(
    ("compare", "candidates", "faults"),
    [
        (["dog"], None, {"/compare": "two candidates are compared, not 1"}),
        (["dog", "dog"], None, {"/compare/1": "`dog` stands twice"}),
        (["dog", "horse"], None, {"/compare/1": "unknown candidate `horse`"}),
        (
            ["dog", "cat"],
            ["dog", "fish"],
            {"/compare/1": "`cat` is compared, but is not among the candidates asked about"},
        ),
    ],
)
def test_what_cannot_be_compared(compare: Any, candidates: Any, faults: dict[str, str]) -> None:
    """Anything but two of the candidates asked about is refused with its place."""
    with pytest.raises(steelyard.RequestError) as error:
        ruleset(({}, DOG)).recommend({}, candidates=candidates, compare=compare)

    assert {each.pointer: each.message for each in error.value.diagnostics} == faults


def test_unknown_topics() -> None:
    """What cannot be explained is refused, with what was probably meant."""
    with pytest.raises(steelyard.RequestError) as error:
        ruleset(({}, DOG)).recommend({}, explain=["question"])

    (fault,) = error.value.diagnostics
    assert (fault.pointer, fault.help) == ("/explain/0", "did you mean `questions`?")


def test_a_traced_rule() -> None:
    """A rule that did not fire tells each test with what was wanted and what was given."""
    asked = ruleset(({"garden": True, "hours": {"at_most": 4}}, DOG))

    (rule,) = asked.recommend({"hours": 8}, explain=("rules",)).explanation.rules or ()

    assert (rule.fired, rule.holds, rule.standing) == (False, False, True)
    assert [dict(each) for each in rule.condition["all"]] == [
        {"holds": None, "need": "garden", "words": "garden is yes", "operator": "is", "wanted": True, "given": None},
        {
            "holds": False,
            "need": "hours",
            "words": "hours is at most 4 hours",
            "operator": "at_most",
            "wanted": 4,
            "given": 8,
        },
    ]
