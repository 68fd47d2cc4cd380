"""The reference evaluator by hand: small rulesets whose recommendations can be worked out on paper.

Every comment with numbers was worked out from the design before the reference was run.
"""

from fractions import Fraction
from typing import Any

import pytest

from tests.property.reference import recommend

Data = dict[str, Any]

NEEDS: Data = {
    "mobile": {"question": "Does it run on phones?", "type": "flag"},
    "web": {"question": "Does it run in browsers?", "type": "flag"},
    "stage": {"question": "How far?", "type": "choice", "options": {"prototype": "No", "production": "Yes"}},
    "targets": {"question": "Where?", "type": "choices", "options": {"ios": "iOS", "tv": "TV", "car": "Car"}},
    "skill": {"question": "How skilled?", "type": "scale", "options": {"low": "L", "mid": "M", "high": "H"}},
    "load": {"question": "How much?", "type": "number", "minimum": -1.5, "maximum": 1000},
}


def ask(
    rules: Data,
    requirements: Data,
    as_of: str = "2020-03-01",
    candidates: Data | None = None,
    importance: Data | None = None,
) -> Data:
    """The reference's answer for these rules, which rate the candidates `a`, `b` and `c` where not said."""
    header: Data = {"id": "by-hand", "title": "By hand", "version": "1"}
    if importance is not None:
        header["importance"] = importance
    document = {
        "ruleset": header,
        "needs": NEEDS,
        "candidates": candidates or {"a": {"name": "A"}, "b": {"name": "B"}, "c": {"name": "C"}},
        "rules": rules,
    }
    return recommend(document, {"as_of": as_of, "requirements": requirements})


def fires(when: Data, requirements: Data) -> bool:
    """Whether a rule with this condition fires."""
    return bool(ask({"rule": {"when": when, "ratings": {"a": "good"}}}, requirements)["fired"])


def rests_on(when: Data, requirements: Data) -> tuple[list[str], str]:
    """The matched needs and the importance of a rule with this condition, which must fire."""
    (fired,) = ask({"rule": {"when": when, "ratings": {"a": "good"}}}, requirements)["fired"]
    return fired["needs"], fired["importance"]


def places(answer: Data) -> list[tuple[int, str]]:
    """The ranks and candidates of a ranking."""
    return [(entry["rank"], entry["candidate"]) for entry in answer["ranking"]]


@pytest.mark.parametrize(
    ("as_of", "stands"),
    [("2020-02-29", False), ("2020-03-01", True), ("2020-04-30", True), ("2020-05-01", False)],
)
def test_rule_and_candidate_stand_from_the_first_day_until_the_day_before_the_last(as_of: str, stands: bool) -> None:
    """Point 1: `since` is the first day and `until` the first day no more, for rules and for candidates."""
    dates = {"since": "2020-03-01", "until": "2020-05-01"}
    answer = ask({"rule": {**dates, "ratings": {"a": "good"}}}, {}, as_of)
    assert stands == bool(answer["fired"])
    answer = ask({"rule": {"ratings": {"a": "good"}}}, {}, as_of, candidates={"a": {"name": "A", **dates}, "b": {}})
    assert ([] if stands else [("a", True, [])]) == [
        (entry["candidate"], entry["outside_dates"], entry["vetoes"]) for entry in answer["excluded"]
    ]


@pytest.mark.parametrize(
    ("as_of", "points"),
    [
        ("2019-10-09", {}),
        ("2019-10-10", {"rule": -25}),
        ("2020-03-01", {"rule": 50}),
        ("2099-01-01", {"rule": 50}),
    ],
)
def test_newest_dated_rating_not_after_the_day_counts(as_of: str, points: Data) -> None:
    """Point 1: a dated rating counts from its own day on, whatever order its entries stand in."""
    dated = {"2020-03-01": "excellent", "2019-10-10": {"rating": "poor", "because": "New", "evidence": []}}
    answer = ask({"rule": {"ratings": {"a": dated, "b": "good"}}}, {}, as_of)
    (entry,) = (entry for entry in answer["ranking"] if entry["candidate"] == "a")
    assert points == entry["points"]


@pytest.mark.parametrize(
    ("when", "requirements", "expected"),
    [
        ({"mobile": True, "web": True}, {"mobile": True}, False),
        ({"any": [{"mobile": True}, {"web": True}]}, {"mobile": True}, True),
        ({"any": [{"mobile": True}, {"web": True}]}, {"mobile": False}, False),
        ({"not": {"mobile": True}}, {}, False),
        ({"not": {"mobile": True}}, {"mobile": False}, True),
        ({"not": {"mobile": True, "web": True}}, {"mobile": False}, True),
        ({"not": {"mobile": True, "web": True}}, {"mobile": True}, False),
        ({"not": {"any": [{"mobile": True}, {"web": True}]}}, {"mobile": False}, False),
        ({"not": {"not": {"mobile": True}}}, {"mobile": True}, True),
        ({"not": {"load": {"at_least": 3, "at_most": 7}}}, {"load": 8}, True),
        ({}, {}, True),
    ],
)
def test_unanswered_test_is_unknown_and_so_is_its_negation(when: Data, requirements: Data, expected: bool) -> None:
    """Point 2: by Kleene's logic; a rule fires only where what is known suffices."""
    assert expected == fires(when, requirements)


@pytest.mark.parametrize(
    ("need", "test", "passing", "failing"),
    [
        ("mobile", False, [False], [True]),
        ("mobile", {"is": True}, [True], [False]),
        ("stage", "production", ["production"], ["prototype"]),
        ("stage", ["production"], ["production"], ["prototype"]),
        ("stage", {"none_of": ["production"]}, ["prototype"], ["production"]),
        ("targets", "tv", [["tv"], ["ios", "tv"]], [[], ["ios"]]),
        ("targets", ["tv", "car"], [["tv"], ["car", "ios"]], [[], ["ios"]]),
        ("targets", {"includes": "tv"}, [["tv", "ios"]], [["car"]]),
        ("targets", {"is": ["tv", "ios"]}, [["ios", "tv"]], [["tv"], ["ios", "tv", "car"], []]),
        ("targets", {"all_of": ["tv", "ios"]}, [["ios", "tv"], ["ios", "tv", "car"]], [["tv"], []]),
        ("targets", {"none_of": ["tv", "ios"]}, [["car"], []], [["tv", "car"]]),
        ("targets", {"includes": "tv", "none_of": ["car"]}, [["tv"]], [["tv", "car"], ["ios"]]),
        ("skill", ["low", "high"], ["low", "high"], ["mid"]),
        ("skill", {"at_least": "mid"}, ["mid", "high"], ["low"]),
        ("skill", {"at_most": "mid", "none_of": ["low"]}, ["mid"], ["low", "high"]),
        ("load", -1.5, [-1.5], [-1, 0]),
        ("load", 0.5, [0.5], [0, 1, 0.501]),
        ("load", {"at_least": 0.1, "at_most": 2}, [0.1, 2.0], [0.099, 2.001]),
    ],
)
def test_operators(need: str, test: Any, passing: list[Any], failing: list[Any]) -> None:
    """Point 2: every operator in its written forms; its negation holds for exactly the other answers."""
    for value in passing:
        assert fires({need: test}, {need: value})
        assert not fires({"not": {need: test}}, {need: value})
    for value in failing:
        assert not fires({need: test}, {need: value})
        assert fires({"not": {need: test}}, {need: value})


MUST_MOBILE = {"value": True, "importance": "must"}
COULD_WEB = {"value": True, "importance": "could"}
REST = {"load": 900, "stage": {"value": "prototype"}}


@pytest.mark.parametrize(
    ("when", "needs", "importance"),
    [
        ({"mobile": True}, ["mobile"], "must"),
        ({"web": True, "mobile": True}, ["mobile", "web"], "could"),
        ({"any": [{"web": True}, {"mobile": True}]}, ["mobile", "web"], "must"),
        ({"any": [{"web": True}, {"mobile": False}]}, ["web"], "could"),
        ({"any": [{"web": True}, {"stage": "production"}]}, ["web"], "could"),
        (
            {"load": {"at_least": 1}, "any": [{"web": True}, {"mobile": True}]},
            ["mobile", "web", "load"],
            "should",
        ),
        ({"not": {"web": False, "mobile": True}}, ["web"], "could"),
        ({"not": {"any": [{"web": False}, {"mobile": False}]}}, ["mobile", "web"], "could"),
        ({"stage": "prototype"}, ["stage"], "should"),
        ({}, [], "should"),
    ],
)
def test_fired_rule_rests_on_the_needs_that_made_it_true(when: Data, needs: list[str], importance: str) -> None:
    """Point 3: needs and lowest importance of all parts of `all`, needs and highest of the true parts of `any`."""
    requirements = {"web": COULD_WEB, "mobile": MUST_MOBILE, **REST}
    assert (needs, importance) == rests_on(when, requirements)


def test_effective_weight_is_weight_times_multiplier() -> None:
    """Point 4: the weight is 1 when not said; multipliers are 4, 2, 1 or the ruleset's own; all exact."""
    rules = {
        "must": {"when": {"mobile": True}, "weight": 0.1, "ratings": {"a": "good"}},
        "should": {"ratings": {"a": "good"}},
        "could": {"when": {"web": True}, "weight": 3, "ratings": {"a": "good"}},
    }
    requirements = {"mobile": MUST_MOBILE, "web": COULD_WEB}
    weights = [fired["weight"] for fired in ask(rules, requirements)["fired"]]
    assert [Fraction(4, 10), 2, 3] == weights
    own = {"must": 10, "should": 0.7, "could": 0.007}
    weights = [fired["weight"] for fired in ask(rules, requirements, importance=own)["fired"]]
    assert [1, Fraction(7, 10), Fraction(21, 1000)] == weights


def test_unsupported_excludes_by_must_or_by_the_rules_veto() -> None:
    """Point 5: `unsupported` alone costs points; with `must` or `veto: true` it excludes; scores are told."""
    rules = {
        "asked": {"when": {"mobile": True}, "ratings": {"a": "unsupported", "b": "poor"}},
        "own": {"veto": True, "ratings": {"c": "unsupported", "b": "good"}},
        "plain": {"ratings": {"b": "unsupported"}},
    }
    answer = ask(rules, {"mobile": MUST_MOBILE})
    # E = 4 + 2 + 2 = 8. a: -2*4*25/8 = -25. c: -2*2*25/8 = -12.5. b: (-4 + 2 - 4)*25/8 = -18.75.
    assert [("a", 25, ["asked"]), ("c", Fraction("37.5"), ["own"])] == [
        (entry["candidate"], entry["score"], entry["vetoes"]) for entry in answer["excluded"]
    ]
    assert [("b", Fraction("31.25"))] == [(entry["candidate"], entry["score"]) for entry in answer["ranking"]]
    assert [] == ask(rules, {"mobile": True})["excluded"][1:], "without a must only the rule's own veto is left"


def test_score_points_and_rated() -> None:
    """Point 6: 25·e·rating/E points a rule; no rating lowers the share rated, `fair` does not."""
    rules = {
        "heavy": {"weight": 3, "ratings": {"a": "excellent", "b": "fair"}},
        "light": {"ratings": {"a": "poor", "b": {"rating": "good", "because": "So", "evidence": []}}},
        "other": {"weight": 0.5, "ratings": {"b": "excellent"}},
    }
    first, second, third = ask(rules, {})["ranking"]
    # e = 6, 2, 1; E = 9. a: 25*12/9 - 25*2/9 = 250/9. b: 0 + 50/9 + 50/9 = 100/9.
    assert ("a", 50 + Fraction(250, 9), Fraction(8, 9)) == (
        first["candidate"],
        first["score"],
        first["rated"],
    )
    assert {"heavy": Fraction(300, 9), "light": Fraction(-50, 9)} == first["points"]
    assert ("b", 50 + Fraction(100, 9), 1) == (second["candidate"], second["score"], second["rated"])
    assert {"heavy": 0, "light": Fraction(50, 9), "other": Fraction(50, 9)} == second["points"]
    assert ("c", 50, 0, {}) == (third["candidate"], third["score"], third["rated"], third["points"])


def test_ties_share_a_rank_and_the_next_rank_is_skipped() -> None:
    """Point 7: best first; equal scores share a rank, in the order of the ruleset; ranks go on by count."""
    answer = ask({"rule": {"ratings": {"c": "good", "a": "good"}}}, {})
    assert [(1, "a"), (1, "c"), (3, "b")] == places(answer)


def test_scores_within_a_billionth_tie() -> None:
    """Point 7: a difference of at most 1e-9 is a tie, in which the order of the ruleset stands."""
    # e = 0.001 * 0.001 and 1000 * multiplier of should; b leads a by 25*1e-6/E points: 2.5e-11 for E = 1e6.
    rules = {
        "heavy": {"weight": 1000, "ratings": {"a": "good", "b": "good"}},
        "light": {"when": {"web": True}, "weight": 0.001, "ratings": {"b": "good"}},
    }
    far = {"must": 1000, "should": 1000, "could": 0.001}
    answer = ask(rules, {"web": COULD_WEB}, importance=far)
    assert [(1, "a"), (1, "b"), (3, "c")] == places(answer)
    assert ("tied", ["b"], 0) == (
        answer["outcome"],
        answer["recommended"]["tied_with"],
        answer["recommended"]["robustness"],
    )
    # With should at 1, E = 1000 and the lead is 2.5e-8: no tie.
    near = {"must": 1000, "should": 1, "could": 0.001}
    assert [(1, "b"), (2, "a"), (3, "c")] == places(ask(rules, {"web": COULD_WEB}, importance=near))


def test_outcomes() -> None:
    """Point 8: recommended, tied, undecided where no rule fired, infeasible where nobody is left."""
    alone: Data = {"a": {"name": "A"}}
    gone: Data = {"a": {"name": "A", "until": "2020-01-01"}}
    good: Data = {"rule": {"ratings": {"a": "good"}}}
    silent: Data = {"rule": {"when": {"web": True}, "ratings": {"a": "good"}}}
    answer = ask(good, {}, candidates=alone)
    assert "recommended" == answer["outcome"]
    assert {"candidate": "a", "score": 75, "lead": None, "robustness": None, "tied_with": []} == answer["recommended"]
    assert "tied" == ask({"rule": {"ratings": {"c": "poor"}}}, {})["outcome"]
    answer = ask(silent, {})
    assert ("undecided", None) == (answer["outcome"], answer["recommended"])
    assert [(1, "a"), (1, "b"), (1, "c")] == places(answer)
    assert [(50, 0)] * 3 == [(entry["score"], entry["rated"]) for entry in answer["ranking"]]
    assert "infeasible" == ask(good, {}, candidates=gone)["outcome"]
    assert "infeasible" == ask(silent, {}, candidates=gone)["outcome"], "whether or not a rule fired"


def test_lead_and_robustness() -> None:
    """Point 9: Σ e·d / Σ e·|d|, the least over the ranked rivals; an excluded one is no rival."""
    rules = {
        "one": {"weight": 2, "ratings": {"a": "excellent", "b": "poor", "c": "good"}},
        "two": {"ratings": {"b": "good", "c": "excellent", "d": "unsupported"}, "veto": True},
        "three": {"ratings": {"a": "good", "b": "good", "d": "excellent"}},
    }
    candidates: Data = {name: {"name": name} for name in "abcd"}
    answer = ask(rules, {}, candidates=candidates)
    # e = 4, 2, 2; E = 8. S: a = 8 + 0 + 2 = 10, b = -4 + 2 + 2 = 0, c = 4 + 4 + 0 = 8; d is excluded.
    assert [(1, "a"), (2, "c"), (3, "b")] == places(answer)
    # Against c: d = 1, -2, 1: (4 - 4 + 2) / (4 + 4 + 2) = 1/5; against b: 3, -1, 0: (12 - 2) / (12 + 2) = 5/7.
    assert (Fraction(50, 8), Fraction(1, 5)) == (
        answer["recommended"]["lead"],
        answer["recommended"]["robustness"],
    )


def test_request_may_restrict_the_candidates() -> None:
    """Only the candidates asked about are weighed, in the order of the ruleset."""
    document = {
        "ruleset": {},
        "needs": NEEDS,
        "candidates": {"a": {}, "b": {}, "c": {"until": "2000-01-01"}},
        "rules": {"rule": {"ratings": {"b": "excellent"}}},
    }
    answer = recommend(document, {"as_of": "2020-03-01", "requirements": {}, "candidates": ["c", "a"]})
    assert ([(1, "a")], ["c"]) == (places(answer), [entry["candidate"] for entry in answer["excluded"]])
