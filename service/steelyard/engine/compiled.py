"""A ruleset made ready to be asked: indexed once, with a snapshot for each interval between its dates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from steelyard.engine.asked import Asked
from steelyard.engine.fired_rule import FiredRule
from steelyard.engine.index import RuleIndex
from steelyard.engine.lazy import lazy
from steelyard.engine.snapshot import Calendar, Snapshot
from steelyard.engine.sources import Sources
from steelyard.model import Importance, Requirement, Ruleset, in_thousandths
from steelyard.recommendation import RulesetIdentity

_MOST_SNAPSHOTS = 64
"""How many snapshots are kept; one that was given up is taken anew when its days are asked about again."""
_MOST_FIRED_RULES = 65_536
"""How many fired rules are kept; a rule counts as often as it rests on other needs, or with another importance."""


class CompiledRuleset:
    """What answers are made from. It changes nothing but its caches, and can be shared by threads.

    Attributes:
        ruleset: the ruleset.
        index: the index over its rules.
        multipliers: by importance, in thousandths.
        rule_ids: the ids of the rules, in the order of the ruleset.
        names: the names of the candidates, likewise.
        asked: what requests say.
        sources: the evidence.
    """

    def __init__(self, ruleset: Ruleset) -> None:
        """Indexes the ruleset."""
        self.ruleset = ruleset
        self.index = RuleIndex(tuple(ruleset.rules.values()), ruleset.needs)
        self.multipliers = {importance: in_thousandths(each) for importance, each in ruleset.multipliers.items()}
        self.rule_ids = tuple(ruleset.rules)
        self.names = tuple(each.name for each in ruleset.candidates.values())
        self.asked = Asked(ruleset.needs)
        self.sources = Sources(ruleset)
        self._all = range(len(ruleset.candidates))
        self._number = {candidate: number for number, candidate in enumerate(ruleset.candidates)}
        self._calendar = Calendar(ruleset)
        self._snapshots: dict[int, Snapshot] = {}
        self._fired_rules: dict[tuple[int, Importance, tuple[str, ...]], FiredRule] = {}

    @lazy
    def identity(self) -> RulesetIdentity:
        """The ruleset's id, its version and the digest of its content."""
        return RulesetIdentity(id=self.ruleset.id, version=self.ruleset.version, digest=self.ruleset.digest)

    def snapshot_on(self, day: date) -> Snapshot:
        """What stands on the day."""
        interval = self._calendar.interval(day)
        snapshot = self._snapshots.get(interval)
        if snapshot is None:
            snapshot = Snapshot(self.ruleset, self.index, self.sources, day)
            if len(self._snapshots) >= _MOST_SNAPSHOTS:
                self._snapshots.clear()
            self._snapshots[interval] = snapshot
        return snapshot

    def fired_rule(self, place: int, importance: Importance, needs: tuple[str, ...]) -> FiredRule:
        """The rule at a place of the index, fired with this importance, for these needs."""
        key = place, importance, needs
        fired = self._fired_rules.get(key)
        if fired is None:
            if len(self._fired_rules) >= _MOST_FIRED_RULES:
                self._fired_rules.clear()
            indexed, effective = self.index.rules[place], self.index.weights[place] * self.multipliers[importance]
            fired = FiredRule(place, indexed.order, indexed.rule, needs, importance, effective)
            self._fired_rules[key] = fired
        return fired

    def numbers_of(self, candidates: Collection[str] | None) -> Sequence[int]:
        """The numbers of the candidates in the ruleset, in its order; None means all."""
        if candidates is None:
            return self._all
        return [self._number[candidate] for candidate in self._number if candidate in candidates]

    def with_answer(
        self, requirements: Mapping[str, Requirement], need: str, requirement: Requirement | None
    ) -> Mapping[str, Requirement]:
        """The requirements with another answer to one need, or with none, in the order of the ruleset."""
        if requirement is None:
            return {each: said for each, said in requirements.items() if each != need}
        changed = {**requirements, need: requirement}
        if need in requirements:
            return changed
        return {each: changed[each] for each in self.ruleset.needs if each in changed}
