"""What became of every rule: its condition as a tree, with what was wanted, what was given, and whether that holds."""

from collections.abc import Mapping
from typing import Any

from steelyard.engine import Weighing
from steelyard.model import AllOf, AnyOf, Condition, Need, NeedTest, Not, Requirement, condition_words, passes
from steelyard.recommendation import TracedRule


def traced_rules(weighing: Weighing) -> tuple[TracedRule, ...]:
    """Every rule of the ruleset, in its order, those that do not stand on the day asked about among them."""
    index, snapshot = weighing.compiled.index, weighing.snapshot
    fired = weighing.importance_by_place
    traced = []
    for place, each in enumerate(index.rules):
        condition = traced_condition(each.rule.when, index.needs, weighing.request.requirements)
        rule = TracedRule(
            rule=each.rule.id,
            criterion=each.rule.criterion,
            title=each.rule.title,
            standing=bool(snapshot.standing >> place & 1),
            fired=place in fired,
            importance=fired.get(place),
            holds=condition["holds"],
            condition=condition,
        )
        traced.append((each.order, rule))
    return tuple(rule for _, rule in sorted(traced, key=lambda each: each[0]))


def traced_condition(
    condition: Condition, needs: Mapping[str, Need], requirements: Mapping[str, Requirement]
) -> dict[str, Any]:
    """The condition as a tree of plain data, each node with its truth in Kleene's logic: true, false, or None."""
    match condition:
        case NeedTest():
            return _traced_test(condition, needs, requirements)
        case Not(part):
            inside = traced_condition(part, needs, requirements)
            return {"holds": None if inside["holds"] is None else not inside["holds"], "not": inside}
        case AllOf(parts):
            traced = [traced_condition(part, needs, requirements) for part in parts]
            return {"holds": _all(each["holds"] for each in traced), "all": traced}
        case AnyOf(parts):
            traced = [traced_condition(part, needs, requirements) for part in parts]
            none = _all(None if each["holds"] is None else not each["holds"] for each in traced)
            return {"holds": None if none is None else not none, "any": traced}


def _traced_test(test: NeedTest, needs: Mapping[str, Need], requirements: Mapping[str, Requirement]) -> dict[str, Any]:
    need, said = needs[test.need], requirements.get(test.need)
    return {
        "holds": None if said is None else passes(test, need, said.value),
        "need": test.need,
        "words": condition_words(test, needs),
        "operator": test.operator,
        "wanted": need.stated(test.operand),
        "given": None if said is None else need.stated(said.value),
    }


def _all(truths: Any) -> bool | None:
    """True if all are, false if one is, and else unknown."""
    found = list(truths)
    return False if False in found else None if None in found else True
