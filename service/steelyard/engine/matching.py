"""Which rules fire, and what each rests on: plain evaluation of every condition."""

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.engine.snapshot import Snapshot, StandingRule
from steelyard.model import OPERATORS, AllOf, AnyOf, Condition, Importance, Need, NeedTest, Requirement, Rule


@dataclass(frozen=True, slots=True)
class Basis:
    """What a true condition rests on: the matched needs, and its importance; None where it rests on no need."""

    needs: frozenset[str] = frozenset()
    importance: Importance | None = None


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A standing rule whose condition is true."""

    standing: StandingRule
    basis: Basis

    @property
    def rule(self) -> Rule:
        """The rule as its author wrote it."""
        return self.standing.prepared.rule

    @property
    def importance(self) -> Importance:
        """The importance of the rule here: `should` if it rests on no need."""
        return self.basis.importance or Importance.SHOULD


def fired_rules(
    snapshot: Snapshot, needs: Mapping[str, Need], requirements: Mapping[str, Requirement]
) -> tuple[FiredRule, ...]:
    """The rules of the snapshot that fire, in its order."""
    fired = []
    for standing in snapshot.rules:
        basis = _basis(standing.prepared.condition, needs, requirements)
        if basis is not None:
            fired.append(FiredRule(standing, basis))
    return tuple(fired)


def _basis(condition: Condition, needs: Mapping[str, Need], requirements: Mapping[str, Requirement]) -> Basis | None:
    """What the condition, in negation normal form, rests on if it is true; None if it is false or unknown.

    Without `Not`, false and unknown need not be told apart: neither makes an `all` or an `any` true.
    """
    match condition:
        case NeedTest():
            return _basis_of_test(condition, needs, requirements)
        case AllOf(parts):
            bases = [_basis(part, needs, requirements) for part in parts]
            known = [basis for basis in bases if basis is not None]
            return _joined(known, strongest=False) if len(known) == len(bases) else None
        case AnyOf(parts):
            bases = [_basis(part, needs, requirements) for part in parts]
            known = [basis for basis in bases if basis is not None]
            return _joined(known, strongest=True) if known else None
    raise TypeError(f"{type(condition).__name__} is not in negation normal form")


def _basis_of_test(test: NeedTest, needs: Mapping[str, Need], requirements: Mapping[str, Requirement]) -> Basis | None:
    requirement = requirements.get(test.need)
    if requirement is None:
        return None
    holds = OPERATORS[test.operator].holds(needs[test.need], requirement.value, test.operand)
    return Basis(frozenset((test.need,)), requirement.importance) if holds != test.negated else None


def _joined(bases: list[Basis], *, strongest: bool) -> Basis:
    needs = frozenset[str]().union(*(basis.needs for basis in bases))
    importances = [basis.importance for basis in bases if basis.importance is not None]
    if not importances:
        return Basis(needs)
    choose = max if strongest else min
    return Basis(needs, choose(importances, key=lambda importance: importance.level))
