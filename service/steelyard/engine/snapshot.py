"""A ruleset as it stands on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from steelyard.model import Candidate, Condition, Rating, Rule, Ruleset, negation_normal_form

THOUSANDTHS = 1000
"""Weights and multipliers are counted in thousandths, so that every sum of them is an exact integer."""


def in_thousandths(number: Decimal) -> int:
    """A weight or multiplier, which has at most three decimals, as a whole number of thousandths.

    Through its ratio, since a product of decimals would be rounded by whatever context the embedding program has set.
    """
    numerator, denominator = number.as_integer_ratio()
    return numerator * THOUSANDTHS // denominator


@dataclass(frozen=True, slots=True)
class StandingRule:
    """A rule that stands: its condition in negation normal form, its weight in thousandths, the ratings in force."""

    rule: Rule
    condition: Condition
    weight: int
    ratings: Mapping[str, Rating]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rules that stand on a day, and the candidates that can be chosen on it."""

    day: date
    rules: tuple[StandingRule, ...]
    available: frozenset[str]


def take_snapshot(ruleset: Ruleset, day: date) -> Snapshot:
    """What stands on the day: rules and candidates within their dates, of each rating the newest entry."""
    rules = tuple(_standing(rule, day) for rule in ruleset.rules.values() if rule.period.includes(day))
    available = frozenset(candidate.id for candidate in ruleset.candidates.values() if candidate.period.includes(day))
    return Snapshot(day, rules, available)


def _standing(rule: Rule, day: date) -> StandingRule:
    in_force = {candidate: history.on(day) for candidate, history in rule.ratings.items()}
    ratings = {candidate: rating for candidate, rating in in_force.items() if rating is not None}
    return StandingRule(rule, negation_normal_form(rule.when), in_thousandths(rule.weight), ratings)


def absence(candidate: Candidate, day: date) -> str:
    """The sentence that says why a candidate outside its dates cannot be chosen."""
    since, until = candidate.period.since, candidate.period.until
    if since is not None and day < since:
        return f"{candidate.name} exists only from {since}."
    return f"{candidate.name} stands only until {until}."
