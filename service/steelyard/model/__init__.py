"""The frozen model of a ruleset: needs, candidates, rules, ratings, conditions."""

from steelyard.model.answers import answer_ids, answer_labels
from steelyard.model.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Condition,
    NeedTest,
    Not,
    tests_of,
)
from steelyard.model.digest import digest_of
from steelyard.model.needs import Answer, Need, NeedType
from steelyard.model.normal_forms import Conjunction, disjunctive_normal_form, is_conjunction, negation_normal_form
from steelyard.model.operators import OPERATORS, Operator, operators_for, passes, rank
from steelyard.model.phrases import condition_data, condition_words
from steelyard.model.request import Request, Requirement, Topic
from steelyard.model.ruleset import (
    ALL_DAYS,
    DEFAULT_MULTIPLIERS,
    DEFAULT_WEIGHT,
    GRADE_BY_WORD,
    THOUSANDTHS,
    Candidate,
    Case,
    Evidence,
    Grade,
    Importance,
    Period,
    Rating,
    RatingHistory,
    Rule,
    Ruleset,
    in_thousandths,
)

__all__ = [
    "ALL_DAYS",
    "ALWAYS",
    "DEFAULT_MULTIPLIERS",
    "DEFAULT_WEIGHT",
    "GRADE_BY_WORD",
    "OPERATORS",
    "THOUSANDTHS",
    "AllOf",
    "Answer",
    "AnyOf",
    "Candidate",
    "Case",
    "Condition",
    "Conjunction",
    "Evidence",
    "Grade",
    "Importance",
    "Need",
    "NeedTest",
    "NeedType",
    "Not",
    "Operator",
    "Period",
    "Rating",
    "RatingHistory",
    "Request",
    "Requirement",
    "Rule",
    "Ruleset",
    "Topic",
    "answer_ids",
    "answer_labels",
    "condition_data",
    "condition_words",
    "digest_of",
    "disjunctive_normal_form",
    "in_thousandths",
    "is_conjunction",
    "negation_normal_form",
    "operators_for",
    "passes",
    "rank",
    "tests_of",
]
