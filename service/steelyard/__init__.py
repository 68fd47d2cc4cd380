"""Steelyard weighs what a project needs and names the candidate that fits, with a reason behind every point.

>>> import steelyard
>>> ruleset = steelyard.load("deep-learning-frameworks")
>>> answer = ruleset.recommend({"model_kinds": ["recurrent"]}, as_of="2020-04-11")
>>> answer.recommended.candidate
'pytorch'

`load` reads a ruleset that ships or one of your own, `Ruleset.recommend` answers, and the `Answer` holds the ranking,
the exclusions and the reasons. `load_stack` does so for a stack: several rulesets, of which each takes the answers of
those before it. `Ruleset.decide` works out only what is asked of it. `compare` tells what sets two answers apart. What
is faulty raises `RulesetError` or `RequestError`, both a `FaultsError` whose `diagnostics` tell every fault with its
place. Importing this package imports nothing of the HTTP service.
"""

from steelyard.api import Answer, Comparison, Decision, Ruleset, Stack, StackAnswer, compare, load, load_stack
from steelyard.diagnostics import Diagnostic, FaultsError, Severity
from steelyard.library import RulesetError, shipped, shipped_stacks
from steelyard.model import Importance, Requirement
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
from steelyard.stack import Feed, Part, StackIdentity, StackRecommendation, Taken

__all__ = [
    "Answer",
    "Cited",
    "Comparison",
    "Decision",
    "Diagnostic",
    "Excluded",
    "FaultsError",
    "Feed",
    "Fired",
    "Importance",
    "Outcome",
    "Part",
    "Ranked",
    "Reason",
    "Recommendation",
    "Recommended",
    "RequestError",
    "Requirement",
    "Ruleset",
    "RulesetError",
    "RulesetIdentity",
    "Severity",
    "Stack",
    "StackAnswer",
    "StackIdentity",
    "StackRecommendation",
    "Taken",
    "compare",
    "load",
    "load_stack",
    "shipped",
    "shipped_stacks",
]
