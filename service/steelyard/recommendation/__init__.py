"""The result of a request: data, the document, and the sentences that sum it up."""

from importlib import import_module
from typing import TYPE_CHECKING

from steelyard.recommendation.outcome import Outcome
from steelyard.recommendation.pieces import as_json, cut, numbers_as_json
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
    Backing,
    Point,
    Result,
    Summary,
    counted,
    firmness,
    joined,
    percent,
    points,
    robustness_of,
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
    "Backing",
    "Change",
    "Cited",
    "Excluded",
    "Explanation",
    "Fired",
    "Outcome",
    "Point",
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
    "Summary",
    "Then",
    "TracedRule",
    "Versus",
    "Weighed",
    "as_json",
    "counted",
    "cut",
    "firmness",
    "joined",
    "numbers_as_json",
    "percent",
    "points",
    "robustness_of",
    "summarise",
    "to_json_text",
]

# What is not imported above is asked for by the few answers that are explained.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module("steelyard.recommendation.explanation"), name)
