"""The index by hand-made examples: what each part of it holds, and what it does at its bounds."""

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import steelyard
from steelyard.engine import Engine, compiled, lanes, need_masks
from steelyard.engine.index import RuleIndex
from steelyard.engine.need_masks import Constraint
from steelyard.library import check_data
from steelyard.model import (
    AllOf,
    AnyOf,
    Importance,
    Need,
    NeedTest,
    NeedType,
    Request,
    Requirement,
    Rule,
    Ruleset,
)
from tests.unit.samples import sample

HOURS = Need(id="hours", question="?", type=NeedType.NUMBER, minimum=0, maximum=24)


def ruleset(**changed: Any) -> Ruleset:
    """The sample ruleset, some of its rules changed."""
    data = sample()
    data["rules"] |= changed
    return check_data(data).required()


def ask(**answers: Requirement) -> Request:
    """A request with these answers."""
    return Request(as_of=date(2025, 1, 1), requirements=answers)


def test_numbers_that_follow_each_other_are_told_apart() -> None:
    """Two numbers without another between them have an empty slot there, which is neither of the two."""
    low = 2.0
    high = math.nextafter(low, math.inf)
    constraints = [Constraint((NeedTest("hours", "is", low),), 1), Constraint((NeedTest("hours", "is", high),), 2)]

    masks = need_masks.need_masks(HOURS, 0, constraints)

    assert [masks.mask_of(each) for each in (1, low, high, math.nextafter(high, math.inf), 3)] == [0, 1, 2, 0, 0]


def test_numbers_fall_into_slots_between_the_numbers_tested() -> None:
    """A number has the mask of its slot: below a cut, just at it, and above it, however close."""
    constraints = [
        Constraint((NeedTest("hours", "at_least", 6),), 0b0010),
        Constraint((NeedTest("hours", "is", 8),), 0b0100),
        Constraint((NeedTest("hours", "at_most", 6), NeedTest("hours", "is", 3, negated=True)), 0b1000),
    ]
    masks = need_masks.need_masks(HOURS, 0b0001, constraints)
    below, above = 5.999999999999999, 6.000000000000001
    found = {answer: masks.mask_of(answer) for answer in (0, 3, 3.5, below, 6, 6.0, above, 8, 24)}
    assert found == {
        0: 0b1001,
        3: 0b0001,
        3.5: 0b1001,
        below: 0b1001,
        6: 0b1011,
        above: 0b0011,
        8: 0b0111,
        24: 0b0011,
    }
    assert len(masks.slots) == 7


def test_sets_of_options_are_kept_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Masks of sets are kept as they are met; when there are too many, they are made anew, and stay right."""
    monkeypatch.setattr(need_masks, "_MOST_SETS", 2)
    need = Need(id="a", question="?", type=NeedType.CHOICES, options=tuple((each, each) for each in "xyz"))
    masks = need_masks.need_masks(need, 0b01, [Constraint((NeedTest("a", "includes", "x"),), 0b10)])
    for _ in range(2):
        for options in ("", "x", "y", "xy", "xyz"):
            assert masks.mask_of(frozenset(options)) == (0b11 if "x" in options else 0b01)
            assert len(masks.by_answer) <= 2


def test_rules_with_several_conjunctions_come_first() -> None:
    """Layers: the first conjunctions of all rules, then the second ones of those that have two, at a whole word."""
    rules = tuple(ruleset().rules.values())
    index = RuleIndex(rules, ruleset().needs)
    assert [len(each.conjunctions or ()) for each in index.rules] == sorted(
        (len(each.conjunctions or ()) for each in index.rules), reverse=True
    )
    assert [layer.start % 64 for layer in index.layers] == [0] * len(index.layers)
    assert index.layers[0].places.bit_count() == len(rules)


def test_an_importance_rests_on_what_is_true() -> None:
    """Of an `any`, the most important true part counts; of an `all`, the least important."""
    condition = {"any": [{"garden": True, "hours": {"at_least": 6}}, {"home": "flat"}]}
    rule = {"criterion": "home", "title": "T", "when": condition, "ratings": {"dog": "good"}}
    engine = Engine(ruleset(odd=rule))
    garden = Requirement(True, Importance.MUST)
    hours = Requirement(8, Importance.COULD)
    flat = Requirement("flat", Importance.SHOULD)

    def told(**answers: Requirement) -> tuple[Importance, tuple[str, ...]]:
        fired = {each.rule: each for each in engine.recommend(ask(**answers)).fired}
        return fired["odd"].importance, fired["odd"].needs

    assert told(garden=garden, hours=hours) == (Importance.COULD, ("garden", "hours"))
    assert told(garden=garden, hours=hours, home=flat) == (Importance.SHOULD, ("garden", "home", "hours"))
    assert told(garden=garden, home=flat) == (Importance.SHOULD, ("home",))


def test_an_all_without_parts_inside_of_a_condition_is_evaluated_plainly() -> None:
    """Only a model made by hand can hold one. It always holds, and adds nothing to the importance."""
    condition = AllOf((AnyOf((AllOf(), NeedTest("garden", "is", True))), NeedTest("hours", "at_least", 6)))
    base = ruleset()
    rule = Rule(id="odd", criterion="home", title="T", when=condition, ratings=base.rules["outdoors"].ratings)
    model = Ruleset(**{**vars(base), "rules": {"odd": rule}})
    engine = Engine(model)
    assert engine.compiled.index.plain == (0,)
    hours = Requirement(8, Importance.MUST)
    (fired,) = engine.recommend(ask(garden=Requirement(True, Importance.COULD), hours=hours)).fired
    assert (fired.importance, fired.needs) == (Importance.COULD, ("garden", "hours"))
    (fired,) = engine.recommend(ask(hours=hours)).fired
    assert (fired.importance, fired.needs) == (Importance.MUST, ("hours",))
    assert engine.recommend(ask(garden=Requirement(True))).fired == ()


def test_one_snapshot_for_each_interval_between_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days between which nothing changes share a snapshot, and only so many snapshots are kept."""
    monkeypatch.setattr(compiled, "_MOST_SNAPSHOTS", 2)
    taken = Engine(ruleset()).compiled
    robot_came, robot_went = date(2018, 1, 11), date(2026, 1, 1)
    before = taken.snapshot_on(date(2018, 1, 10))
    assert taken.snapshot_on(date(2015, 1, 1)) is before
    assert taken.snapshot_on(robot_came) is not before
    assert taken.snapshot_on(robot_came).available == (True, True, True)
    assert taken.snapshot_on(robot_went).available == (True, True, False)
    assert taken.snapshot_on(date(2015, 1, 1)) is not before


def test_spreads_are_kept_for_some_winners_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Differences to a winner that was given up are packed anew, and stay right."""
    monkeypatch.setattr(lanes, "_MOST_WINNERS", 1)
    engine = Engine(ruleset())
    outdoors = ask(garden=Requirement(True), home=Requirement("farm"))
    requests = [outdoors, replace(outdoors, candidates=("cat", "robot"))]
    expected = [Engine(ruleset()).recommend(request) for request in requests]
    assert len({each.recommended.candidate for each in expected if each.recommended}) == 2
    assert [engine.recommend(request) for _ in range(2) for request in requests] == expected * 2


def test_weights_that_could_outgrow_a_lane_are_refused() -> None:
    """No sum is ever wrong: a model whose weights are beyond all limits of the format is refused."""
    base = ruleset()
    rules = {
        key: Rule(**{**{name: getattr(rule, name) for name in Rule.__slots__}, "weight": Decimal(10) ** 15})
        for key, rule in base.rules.items()
    }
    engine = Engine(Ruleset(**{**vars(base), "rules": rules}))
    with pytest.raises(OverflowError, match="too great"):
        engine.recommend(ask(garden=Requirement(True)))


def test_what_cannot_be_varied() -> None:
    """A variation of a need that the ruleset does not have, or by an answer that it does not have, is refused."""
    decision = steelyard.Ruleset(ruleset()).decide({"garden": True})
    for answer in (Requirement(True), True, None):
        with pytest.raises(steelyard.RequestError, match="unknown need `gardens`"):
            decision.vary("gardens", answer)
    for wrong in (Requirement("moon"), "moon", {"value": "moon"}):
        with pytest.raises(steelyard.RequestError, match="moon"):
            decision.vary("home", wrong)
    assert decision.vary("garden", None).fired == ()


def test_an_answer_is_varied_as_a_request_has_it() -> None:
    """A list, however it is given, is varied as the same request would be answered anew, and importance counts."""
    asked = steelyard.load()
    decision = asked.decide({"stage": "research"}, as_of="2026-11-25")
    for importance in steelyard.Importance:
        said = {"value": ["ios"], "importance": importance.value}
        anew = asked.decide({"stage": "research", "targets": said}, as_of="2026-11-25")
        lists: tuple[Any, ...] = (("ios",), frozenset(["ios"]))
        for value in lists:
            assert decision.vary("targets", Requirement(value, importance)).scores == anew.scores
        assert decision.vary("targets", said).excluded == anew.excluded
    assert decision.vary("targets", ["ios"]).scores == decision.vary("targets", Requirement(frozenset(["ios"]))).scores
