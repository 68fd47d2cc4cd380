"""All that a ruleset knows."""

from marshmallow import fields

from steelyard.web.openapi.answers.fields import (
    Answer,
    by_id,
    condition,
    day,
    flag,
    many,
    number,
    one,
    shared,
    text,
    texts,
)
from steelyard.web.openapi.answers.recommendations import Evidence
from steelyard.web.openapi.answers.rulesets import Candidate, Named, Need


class RulesetIdentity(Named):
    """Which ruleset it is."""


class KnownNeed(Need):
    """A need, and the rules that read it."""

    rules = texts("The ids of the rules that read it.")


class KnownCandidate(Candidate):
    """A candidate on the day."""

    available = flag("Whether it can be chosen on the day.")


class RatingEntry(Answer):
    """A rating from one day to the next entry."""

    since = day("The first day of the rating; null for ever since.", nullable=True)
    rating = shared("Grade", "The word of the rating.")
    because = text("The reason in words, if the author gave one.", nullable=True)
    evidence = texts("Keys of the evidence.")
    in_force = flag("Whether it is the one that counts on the day.")


class Rule(Answer):
    """A rule with all its ratings."""

    id = text("Its id.")
    title = text("Its title.")
    when = condition("Its condition as the ruleset format writes it; empty where it always holds.")
    condition = text("The condition in words.")
    needs = texts("The needs that it reads.")
    weight = number("Its weight.", exclusiveMinimum=0)
    veto = flag("Whether a candidate that it rates unsupported is excluded, whatever the importance.")
    since = day("The first day on which it stands, if it was said.", nullable=True)
    until = day("The first day on which it no longer does, if it was said.", nullable=True)
    in_force = flag("Whether it stands on the day.")
    ratings = by_id(fields.List(fields.Nested(RatingEntry)), "By candidate, its ratings, the oldest first.")


class CriterionRules(Answer):
    """A criterion and its rules."""

    id = text("Its id.")
    title = text("Its title.")
    rules = many(Rule, "Its rules.")


class Rules(Answer):
    """All that a ruleset knows, those rules and ratings among it that do not stand on the day."""

    ruleset = one(RulesetIdentity, "Which ruleset it is.")
    as_of = day("The day that is asked about.")
    needs = many(KnownNeed, "The needs.")
    candidates = many(KnownCandidate, "The candidates.")
    criteria = many(CriterionRules, "The rules, by criterion.")
    evidence = by_id(Evidence, "The evidence on which ratings rest, by key.")
