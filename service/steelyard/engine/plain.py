"""Plain evaluation of one condition: for the few that are too large for the index, and for what a rule rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.model import AllOf, AnyOf, Condition, Importance, Need, NeedTest, Requirement, passes


@dataclass(frozen=True, slots=True)
class Basis:
    """What a true condition rests on: the matched needs, and its importance; None where it rests on no need."""

    needs: frozenset[str] = frozenset()
    importance: Importance | None = None


def basis_of(condition: Condition, needs: Mapping[str, Need], requirements: Mapping[str, Requirement]) -> Basis | None:
    """What the condition, in negation normal form, rests on if it is true; None if it is false or unknown.

    Without `Not`, false and unknown need not be told apart: neither makes an `all` or an `any` true.
    """
    match condition:
        case NeedTest():
            return _basis_of_test(condition, needs, requirements)
        case AllOf(parts):
            bases = [basis_of(part, needs, requirements) for part in parts]
            known = [basis for basis in bases if basis is not None]
            return _joined(known, strongest=False) if len(known) == len(bases) else None
        case AnyOf(parts):
            bases = [basis_of(part, needs, requirements) for part in parts]
            known = [basis for basis in bases if basis is not None]
            return _joined(known, strongest=True) if known else None
    raise TypeError(f"{type(condition).__name__} is not in negation normal form")


def _basis_of_test(test: NeedTest, needs: Mapping[str, Need], requirements: Mapping[str, Requirement]) -> Basis | None:
    requirement = requirements.get(test.need)
    if requirement is None or not passes(test, needs[test.need], requirement.value):
        return None
    return Basis(frozenset((test.need,)), requirement.importance)


def _joined(bases: list[Basis], *, strongest: bool) -> Basis:
    needs = frozenset[str]().union(*(basis.needs for basis in bases))
    importances = [basis.importance for basis in bases if basis.importance is not None]
    if not importances:
        return Basis(needs)
    choose = max if strongest else min
    return Basis(needs, choose(importances, key=lambda importance: importance.level))
