"""Conditions: from the data of a `when` to the tests of the model."""

from collections.abc import Iterable, Mapping
from typing import Any

from steelyard.diagnostics import Code, Diagnostic, FaultsError, Path, fault, listing, quote, suggestion
from steelyard.model import (
    ALWAYS,
    OPERATORS,
    AllOf,
    Answer,
    AnyOf,
    Condition,
    Need,
    NeedTest,
    NeedType,
    Not,
    Operator,
    operators_for,
)
from steelyard.reader import MOST_FAULTS
from steelyard.shape import (
    is_null,
    kind_of,
    read_answer,
    read_number,
    read_option,
    read_options,
    with_text_keys,
)

_COMBINERS = ("all", "any", "not")


class ConditionParser:
    """Reads conditions against the declared needs, and collects every fault in them, up to a thousand or so.

    A need whose declaration is itself faulty is known by name only (None): its tests are passed over, so that one
    fault is told once.
    """

    def __init__(self, needs: Mapping[str, Need | None], *, all_known: bool = True) -> None:
        """Prepares for the declared needs; `all_known` tells whether these are all, so that any other is unknown."""
        self.faults: list[Diagnostic] = []
        self._needs = needs
        self._all_known = all_known
        self._tests_read: dict[tuple[Any, ...] | None, NeedTest] = {}

    def parse(self, data: Any, path: Path) -> Condition:
        """The condition that a rule's `when` holds; none, or an empty one, always holds.

        What is faulty in it is left out and told in `faults`.
        """
        is_empty = isinstance(data, Mapping) and not data
        return ALWAYS if is_null(data) or is_empty else self._mapping(data, path)

    def _mapping(self, data: Any, path: Path) -> Condition:
        if len(self.faults) >= MOST_FAULTS:
            return ALWAYS
        if not isinstance(data, Mapping):
            message = f"expected a condition, got {kind_of(data)}"
            self._fault(Code.VALUE_WRONG_TYPE, message, path, "write needs and tests: `{need: value}`")
            return ALWAYS
        if not data:
            self._fault(Code.RULE_EMPTY_CONDITION, "this part of the condition holds no test", path)
            return ALWAYS
        parts = [self._entry(key, value, (*path, key)) for key, value in self._entries(data, path)]
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _entries(self, data: Mapping[Any, Any], path: Path) -> Iterable[tuple[str, Any]]:
        entries, faults = with_text_keys(data)
        if faults:
            self.faults += FaultsError(faults).under(*path)
        return entries.items()

    def _entry(self, key: str, value: Any, path: Path) -> Condition:
        if key == "not":
            return Not(self._mapping(value, path))
        if key in _COMBINERS:
            return self._combined(key, value, path)
        if key not in self._needs:
            if not self._all_known:
                return ALWAYS
            help_ = suggestion(key, [*self._needs, *_COMBINERS])
            self.faults.append(
                fault(Code.RULE_UNKNOWN_NEED, f"unknown need {quote(key)}", path, at_key=True, help=help_)
            )
            return ALWAYS
        need = self._needs[key]
        return ALWAYS if need is None else self._tests(need, value, path)

    def _combined(self, key: str, value: Any, path: Path) -> Condition:
        if not isinstance(value, list | tuple):
            message = f"expected a list of conditions under `{key}`, got {kind_of(value)}"
            self._fault(Code.VALUE_WRONG_TYPE, message, path)
            return ALWAYS
        if not value:
            self._fault(Code.RULE_EMPTY_CONDITION, f"`{key}` holds no condition", path)
        parts = tuple(self._mapping(part, (*path, place)) for place, part in enumerate(value))
        return AllOf(parts) if key == "all" else AnyOf(parts)

    def _tests(self, need: Need, value: Any, path: Path) -> Condition:
        if isinstance(value, Mapping):
            if not value:
                self._fault(Code.RULE_EMPTY_CONDITION, f"no test of {quote(need.id)} is given", path)
            tests = [self._operator(need, name, operand, path) for name, operand in self._entries(value, path)]
            sound = tuple(test for test in tests if test is not None)
            return sound[0] if len(sound) == 1 else AllOf(sound)
        meant = "includes" if need.type is NeedType.CHOICES else "is"
        name = "any_of" if isinstance(value, list | tuple) else meant
        if need.type not in OPERATORS[name].types:
            message = f"a list cannot test {quote(need.id)}, which is a {need.type}"
            self._fault(Code.RULE_OPERATOR_UNFIT, message, path, _fitting(need))
            return ALWAYS
        return self._test(need, OPERATORS[name], value, path) or ALWAYS

    def _operator(self, need: Need, name: str, operand: Any, path: Path) -> NeedTest | None:
        here = (*path, name)
        operator = OPERATORS.get(name)
        if operator is None:
            fitting = [each.name for each in operators_for(need.type)]
            message = f"unknown operator {quote(name)}"
            help_ = suggestion(name, fitting)
            self.faults.append(fault(Code.RULE_UNKNOWN_OPERATOR, message, here, at_key=True, help=help_))
            return None
        if need.type not in operator.types:
            message = f"{quote(name)} does not fit {quote(need.id)}, which is a {need.type}"
            found = fault(Code.RULE_OPERATOR_UNFIT, message, here, at_key=True, help=_fitting(need))
            self.faults.append(found)
            return None
        return self._test(need, operator, operand, here)

    def _test(self, need: Need, operator: Operator, operand: Any, path: Path) -> NeedTest | None:
        # Thousands of rules make the same few tests: each is read once, if its operand can be looked up.
        known = (need.id, operator.name, type(operand), operand) if isinstance(operand, str) else None
        if known in self._tests_read:
            return self._tests_read[known]
        try:
            test = NeedTest(need.id, operator.name, _operand(need, operator, operand))
        except FaultsError as error:
            self.faults += error.under(*path)
            return None
        if known is not None:
            self._tests_read[known] = test
        return test

    def _fault(self, code: Code, message: str, path: Path, help_: str | None = None) -> None:
        self.faults.append(fault(code, message, path, help=help_))


def _operand(need: Need, operator: Operator, operand: Any) -> Answer:
    if operator.takes_list:
        return read_options(need, operand, Code.RULE_UNKNOWN_OPTION, empty=False)
    if operator.name == "is":
        return read_answer(need, operand, Code.RULE_UNKNOWN_OPTION)
    if need.type is NeedType.NUMBER:
        return read_number(need, operand)
    return read_option(need, operand, Code.RULE_UNKNOWN_OPTION)


def _fitting(need: Need) -> str:
    return f"use {listing(operator.name for operator in operators_for(need.type))}"
