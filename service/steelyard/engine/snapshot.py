"""A ruleset as it stands on one day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from steelyard.model import Candidate, Condition, Rating, Rule, Ruleset, in_thousandths, negation_normal_form


@dataclass(frozen=True, slots=True)
class PreparedRule:
    """What is the same on every day: the rule, its condition in negation normal form, its weight in thousandths."""

    rule: Rule
    condition: Condition
    weight: int


@dataclass(frozen=True, slots=True)
class StandingRule:
    """A prepared rule that stands on a day, with the ratings in force."""

    prepared: PreparedRule
    ratings: Mapping[str, Rating]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rules that stand on a day, and the candidates that can be chosen on it."""

    day: date
    rules: tuple[StandingRule, ...]
    available: frozenset[str]


def prepare(ruleset: Ruleset) -> tuple[PreparedRule, ...]:
    """The rules in their order, made ready once for every day that is asked about."""
    return tuple(
        PreparedRule(rule, negation_normal_form(rule.when), in_thousandths(rule.weight))
        for rule in ruleset.rules.values()
    )


def take_snapshot(rules: Iterable[PreparedRule], candidates: Iterable[Candidate], day: date) -> Snapshot:
    """What stands on the day: rules and candidates within their dates, of each rating the newest entry."""
    standing = tuple(
        StandingRule(prepared, prepared.rule.ratings_on(day))
        for prepared in rules
        if prepared.rule.period.includes(day)
    )
    available = frozenset(candidate.id for candidate in candidates if candidate.period.includes(day))
    return Snapshot(day, standing, available)


def absence(candidate: Candidate, day: date) -> str:
    """The sentence that says why a candidate outside its dates cannot be chosen."""
    since, until = candidate.period.since, candidate.period.until
    if since is not None and day < since:
        return f"{candidate.name} exists only from {since}."
    return f"{candidate.name} stands only until {until}."
