"""The result of a request: data, the document, and the sentences that sum it up."""

from importlib import import_module
from typing import TYPE_CHECKING

from steelyard.recommendation.outcome import Outcome
from steelyard.recommendation.result import (
    Cited,
    Excluded,
    Fired,
    Ranked,
    Reason,
    Recommendation,
    Recommended,
    RulesetIdentity,
    Weighed,
    to_json_text,
)
from steelyard.recommendation.summary import (
    NEAR_TIE,
    Result,
    counted,
    firmness,
    headline,
    joined,
    percent,
    points,
    summarise,
)

if TYPE_CHECKING:
    from steelyard.recommendation.explanation import (
        Change,
        Explanation,
        PossibleAnswer,
        Question,
        Relaxation,
        RuleDifference,
        Step,
        Then,
        TracedRule,
        Versus,
    )

__all__ = [
    "NEAR_TIE",
    "Change",
    "Cited",
    "Excluded",
    "Explanation",
    "Fired",
    "Outcome",
    "PossibleAnswer",
    "Question",
    "Ranked",
    "Reason",
    "Recommendation",
    "Recommended",
    "Relaxation",
    "Result",
    "RuleDifference",
    "RulesetIdentity",
    "Step",
    "Then",
    "TracedRule",
    "Versus",
    "Weighed",
    "counted",
    "firmness",
    "headline",
    "joined",
    "percent",
    "points",
    "summarise",
    "to_json_text",
]

# Imported when asked for: few answers are explained.
if not TYPE_CHECKING:
    _EXPLANATION = frozenset(
        (
            "Change",
            "Explanation",
            "PossibleAnswer",
            "Question",
            "Relaxation",
            "RuleDifference",
            "Step",
            "Then",
            "TracedRule",
            "Versus",
        )
    )

    def __getattr__(name: str) -> object:
        if name not in _EXPLANATION:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module("steelyard.recommendation.explanation"), name)
