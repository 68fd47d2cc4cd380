"""Steelyard weighs what a project needs and names the candidate that fits, with a reason behind every point.

>>> import steelyard
>>> ruleset = steelyard.load("pytorch-vs-tensorflow-2020")
>>> answer = ruleset.recommend({"recurrent": True}, as_of="2020-04-11")
>>> answer.recommended.candidate
'pytorch'

`load` reads a ruleset that ships or one of your own, `Ruleset.recommend` answers, and the `Answer` holds the ranking,
the exclusions and the reasons. What is faulty raises `RulesetError` or `RequestError`, both a `FaultsError` whose
`diagnostics` tell every fault with its place. Importing this package imports nothing of the HTTP service.
"""

from steelyard.api import Answer, Ruleset, load
from steelyard.diagnostics import Diagnostic, FaultsError, Severity
from steelyard.library import RulesetError, shipped
from steelyard.model import Importance
from steelyard.recommendation import (
    Cited,
    Excluded,
    Fired,
    Outcome,
    Ranked,
    Reason,
    Recommendation,
    Recommended,
    RulesetIdentity,
)
from steelyard.requirements import RequestError

__all__ = [
    "Answer",
    "Cited",
    "Diagnostic",
    "Excluded",
    "FaultsError",
    "Fired",
    "Importance",
    "Outcome",
    "Ranked",
    "Reason",
    "Recommendation",
    "Recommended",
    "RequestError",
    "Ruleset",
    "RulesetError",
    "RulesetIdentity",
    "Severity",
    "load",
    "shipped",
]
