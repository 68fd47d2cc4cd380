"""The result of a request: data, the document, and the sentences that sum it up."""

from steelyard.recommendation.result import (
    Cited,
    Excluded,
    Fired,
    Outcome,
    Ranked,
    Reason,
    Recommendation,
    Recommended,
    RulesetIdentity,
    Weighed,
    to_json_text,
)
from steelyard.recommendation.summary import counted, firmness, joined, percent, points, summarise

__all__ = [
    "Cited",
    "Excluded",
    "Fired",
    "Outcome",
    "Ranked",
    "Reason",
    "Recommendation",
    "Recommended",
    "RulesetIdentity",
    "Weighed",
    "counted",
    "firmness",
    "joined",
    "percent",
    "points",
    "summarise",
    "to_json_text",
]
