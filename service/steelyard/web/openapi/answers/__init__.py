"""The documents that the service answers with, as marshmallow schemas: they describe, and nothing is dumped by them."""

from steelyard.web.openapi.answers.fields import Answer
from steelyard.web.openapi.answers.knowledge import Rules
from steelyard.web.openapi.answers.operations import Decision, Health, Problem, Readiness
from steelyard.web.openapi.answers.recommendations import Recommendation, StackRecommendation
from steelyard.web.openapi.answers.rulesets import Ruleset, Rulesets, Stack, Stacks

__all__ = [
    "Answer",
    "Decision",
    "Health",
    "Problem",
    "Readiness",
    "Recommendation",
    "Rules",
    "Ruleset",
    "Rulesets",
    "Stack",
    "StackRecommendation",
    "Stacks",
]
