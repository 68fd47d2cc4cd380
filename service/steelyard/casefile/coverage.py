"""Which rules and ratings the cases of a ruleset put to use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from steelyard.casefile.runner import CaseResult
from steelyard.model import Ruleset

RatingKey = tuple[str, str, date | None]
"""A rating by its rule, its candidate and, if it is dated, its first day."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the cases fire.

    Attributes:
        rules: how many rules there are.
        ratings: how many ratings there are, each dated entry by itself.
        unfired_rules: the rules that no case fires.
        unfired_ratings: the ratings that no case puts in force.
    """

    rules: int
    ratings: int
    unfired_rules: tuple[str, ...]
    unfired_ratings: tuple[RatingKey, ...]

    @property
    def percent(self) -> float:
        """The share of rules and ratings that some case fires, 0 to 100."""
        total = self.rules + self.ratings
        unfired = len(self.unfired_rules) + len(self.unfired_ratings)
        return 100 * (total - unfired) / total if total else 100.0


def coverage_of(ruleset: Ruleset, results: Iterable[CaseResult]) -> Coverage:
    """The coverage that the results of running the ruleset's cases come to."""
    fired_rules: set[str] = set()
    fired_ratings: set[RatingKey] = set()
    for result in results:
        answer = result.answer
        weighed = [each.candidate for each in (*answer.ranking, *answer.excluded)]
        for fired in answer.fired:
            fired_rules.add(fired.rule)
            for candidate, history in ruleset.rules[fired.rule].ratings.items():
                entry = history.entry_on(answer.as_of) if candidate in weighed else None
                if entry is not None:
                    fired_ratings.add((fired.rule, candidate, entry[0]))
    ratings: list[RatingKey] = [(rule.id, candidate, first_day) for rule, candidate, first_day, _ in ruleset.ratings()]
    return Coverage(
        rules=len(ruleset.rules),
        ratings=len(ratings),
        unfired_rules=tuple(rule for rule in ruleset.rules if rule not in fired_rules),
        unfired_ratings=tuple(rating for rating in ratings if rating not in fired_ratings),
    )
