"""Conditions in words, and as the data that an author writes: ids and numbers stay as they stand in the ruleset."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from steelyard.model.conditions import ALWAYS, AllOf, AnyOf, Condition, NeedTest, Not
from steelyard.model.needs import Answer, Need, NeedType

_BOUNDS = {"at_least": ("is at least", "is below"), "at_most": ("is at most", "is above")}
_OPPOSITES = {"any_of": "none_of", "none_of": "any_of"}


def condition_words(condition: Condition, needs: Mapping[str, Need]) -> str:
    """The condition as the end of a sentence that begins with “if”.

    For example: "deployment is production, and targets includes android or ios".

    Args:
        condition: the condition.
        needs: the needs that it tests.
    """
    return "always" if condition == ALWAYS else _words(condition, needs)


def condition_data(condition: Condition, needs: Mapping[str, Need]) -> dict[str, Any]:
    """The condition as the plain data of a `when`, with every operator spelled out; empty where it always holds."""
    match condition:
        case NeedTest(need, operator, operand, negated):
            shown = list(needs[need].in_order(operand)) if isinstance(operand, frozenset) else operand
            test = {need: {operator: shown}}
            return {"not": test} if negated else test
        case Not(part):
            return {"not": condition_data(part, needs)}
        case AllOf(parts):
            return {"all": [condition_data(part, needs) for part in parts]} if parts else {}
        case AnyOf(parts):
            return {"any": [condition_data(part, needs) for part in parts]}


def _words(condition: Condition, needs: Mapping[str, Need]) -> str:
    match condition:
        case NeedTest():
            return _test(condition, needs)
        case Not(NeedTest(need, operator, operand, negated)):
            return _test(NeedTest(need, operator, operand, not negated), needs)
        case Not(part):
            return f"not ({_words(part, needs)})"
        case AllOf():
            return ", and ".join(_conjuncts(condition, needs))
        case AnyOf():
            parts = list(_flat(condition))
            return ", or ".join(_inside(part, needs) for part in parts) if len(parts) > 1 else _words(parts[0], needs)


def _flat(condition: AllOf | AnyOf) -> Iterator[Condition]:
    """The parts, and in place of a part of the same kind its parts."""
    for part in condition.parts:
        if isinstance(part, AllOf | AnyOf) and (type(part) is type(condition) or len(part.parts) == 1):
            yield from _flat(part)
        else:
            yield part


def _conjuncts(condition: AllOf, needs: Mapping[str, Need]) -> list[str]:
    """What must hold together, part by part; the bounds of one need, which stand beside each other, as one."""
    told: list[str] = []
    for bounded, group in groupby(_flat(condition), key=_bounded):
        words = [_inside(part, needs) for part in group]
        if bounded is not None:
            words = [" and ".join([words[0], *(each.removeprefix(f"{bounded} is ") for each in words[1:])])]
        told += words
    return told


def _bounded(condition: Condition) -> str | None:
    return condition.need if isinstance(condition, NeedTest) and condition.operator in _BOUNDS else None


def _inside(condition: Condition, needs: Mapping[str, Need]) -> str:
    """A part of another condition, in parentheses if it has parts itself that a reader could take for the other's."""
    is_compound = isinstance(condition, AnyOf) or (
        isinstance(condition, AllOf) and len(_conjuncts(condition, needs)) > 1
    )
    words = _words(condition, needs)
    return f"({words})" if is_compound else words


def _test(test: NeedTest, needs: Mapping[str, Need]) -> str:
    need = needs[test.need]
    return f"{need.id} {_predicate(test, need)}"


def _predicate(test: NeedTest, need: Need) -> str:
    operator, operand, negated = test.operator, test.operand, test.negated
    if negated and operator in _OPPOSITES:
        operator, negated = _OPPOSITES[operator], False
    if operator in _BOUNDS:
        unit = f" {need.unit}" if need.unit else ""
        return f"{_BOUNDS[operator][negated]} {operand}{unit}"
    if operator == "is":
        return _is(operand, need, negated=negated)
    return _options(operator, operand, need, negated=negated)


def _is(operand: Answer, need: Need, *, negated: bool) -> str:
    if need.type is NeedType.FLAG:
        return "is yes" if operand != negated else "is no"
    verb = "is not" if negated else "is"
    if isinstance(operand, frozenset):
        return f"{verb} exactly {_listed(need.in_order(operand), 'and')}" if operand else f"{verb} none of them"
    return f"{verb} {operand}" + (f" {need.unit}" if need.unit else "")


def _options(operator: str, operand: Answer, need: Need, *, negated: bool) -> str:
    options = need.in_order(operand) if isinstance(operand, frozenset) else (str(operand),)
    is_set = need.type is NeedType.CHOICES
    if operator == "none_of" and len(options) > 1:
        return f"{'includes' if is_set else 'is'} neither {_listed(options, 'nor')}"
    verbs = ("includes", "does not include") if is_set else ("is", "is not")
    verb = verbs[negated or operator == "none_of"]
    if operator == "all_of" and negated and len(options) > 1:
        return f"{verb} all of {_listed(options, 'and')}"
    return f"{verb} {_listed(options, 'and' if operator == 'all_of' else 'or')}"


def _listed(options: Sequence[str], joint: str) -> str:
    *others, last = options
    return f"{', '.join(others)} {joint} {last}" if others else last
