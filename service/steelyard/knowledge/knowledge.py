"""The rules of a ruleset, or some of them, as they stand on a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from steelyard.model import Candidate, Need, Rating, Rule, Ruleset, tests_of


@dataclass(frozen=True)  # without slots, which leave no room for what is worked out once
class Knowledge:
    """What a ruleset knows on a day.

    Attributes:
        ruleset: the ruleset.
        as_of: the day.
        rules: the rules that are looked at, in the ruleset's order, whether or not they stand on the day.
    """

    ruleset: Ruleset
    as_of: date
    rules: tuple[Rule, ...]

    @classmethod
    def of(cls, ruleset: Ruleset, as_of: date, *, criterion: str | None = None, need: str | None = None) -> "Knowledge":
        """What the ruleset knows on the day: all of it, or the rules of one criterion, or those that read one need."""
        rules = (
            rule
            for rule in ruleset.rules.values()
            if criterion in (None, rule.criterion) and (need is None or need in needs_read(rule))
        )
        return cls(ruleset, as_of, tuple(rules))

    @cached_property
    def standing(self) -> tuple[Rule, ...]:
        """The rules that stand on the day."""
        return tuple(rule for rule in self.rules if rule.period.includes(self.as_of))

    @property
    def others(self) -> tuple[Rule, ...]:
        """The rules that do not stand on the day."""
        return tuple(rule for rule in self.rules if not rule.period.includes(self.as_of))

    def by_criterion(self, rules: Sequence[Rule]) -> Iterator[tuple[str, tuple[Rule, ...]]]:
        """The id of each criterion that has some of the rules, with those."""
        for criterion in self.ruleset.criteria:
            found = tuple(rule for rule in rules if rule.criterion == criterion)
            if found:
                yield criterion, found

    def rating(self, rule: Rule, candidate: str) -> Rating | None:
        """The candidate's rating in force; None where nothing is known."""
        history = rule.ratings.get(candidate)
        return None if history is None else history.on(self.as_of)

    def is_available(self, candidate: Candidate) -> bool:
        """Whether the candidate can be chosen on the day."""
        return candidate.period.includes(self.as_of)

    def reading(self, need: Need) -> tuple[Rule, ...]:
        """The rules that stand on the day and read the need."""
        return tuple(rule for rule in self.standing if need.id in needs_read(rule))


def needs_read(rule: Rule) -> tuple[str, ...]:
    """The needs that the rule's condition reads, each once, in the order in which they are written."""
    return tuple(dict.fromkeys(test.need for test in tests_of(rule.when)))
