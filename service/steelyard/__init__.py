"""Steelyard weighs what a project needs and names the candidate that fits, with a reason behind every point.

>>> import steelyard
>>> ruleset = steelyard.load("deep-learning-frameworks")
>>> answer = ruleset.recommend({"model_kinds": ["recurrent"]}, as_of="2020-04-11")
>>> answer.recommended.candidate
'pytorch'

`load` reads a ruleset that ships or one of your own, `Ruleset.recommend` answers, and the `Answer` holds the ranking,
the exclusions and the reasons. `load_stack` does so for a stack: several rulesets, of which each takes the answers of
those before it. `Ruleset.decide` works out only what is asked of it. ``recommend(..., explain=("questions",
"changes"))`` tells what to ask next and what would change the answer. `compare` tells what sets two answers apart. What
is faulty raises `RulesetError` or `RequestError`, both a `FaultsError` whose `diagnostics` tell every fault with its
place. Importing this package imports nothing of the HTTP service.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from steelyard.api import (
        Answer,
        Comparison,
        Decision,
        Ruleset,
        Stack,
        StackAnswer,
        WrittenAnswer,
        WrittenStackAnswer,
        compare,
        load,
        load_stack,
    )
    from steelyard.diagnostics import Diagnostic, FaultsError, Severity
    from steelyard.library import RulesetError, shipped, shipped_stacks
    from steelyard.model import Importance, Requirement
    from steelyard.recommendation import (
        Change,
        Cited,
        Excluded,
        Explanation,
        Fired,
        Outcome,
        PossibleAnswer,
        Question,
        Ranked,
        Reason,
        Recommendation,
        Recommended,
        Relaxation,
        RuleDifference,
        RulesetIdentity,
        Step,
        Then,
        TracedRule,
        Versus,
    )
    from steelyard.requirements import RequestError
    from steelyard.stack import Feed, Part, StackIdentity, StackRecommendation, Taken

__all__ = [
    "Answer",
    "Change",
    "Cited",
    "Comparison",
    "Decision",
    "Diagnostic",
    "Excluded",
    "Explanation",
    "FaultsError",
    "Feed",
    "Fired",
    "Importance",
    "Outcome",
    "Part",
    "PossibleAnswer",
    "Question",
    "Ranked",
    "Reason",
    "Recommendation",
    "Recommended",
    "Relaxation",
    "RequestError",
    "Requirement",
    "RuleDifference",
    "Ruleset",
    "RulesetError",
    "RulesetIdentity",
    "Severity",
    "Stack",
    "StackAnswer",
    "StackIdentity",
    "StackRecommendation",
    "Step",
    "Taken",
    "Then",
    "TracedRule",
    "Versus",
    "WrittenAnswer",
    "WrittenStackAnswer",
    "compare",
    "load",
    "load_stack",
    "shipped",
    "shipped_stacks",
]

# Each name is imported when it is first asked for: a command, or a program that asks for a few of them, need not wait
# for the others. Type checkers follow the imports above instead.
if not TYPE_CHECKING:
    _ROOMS = {
        "api": (
            "Answer",
            "Comparison",
            "Decision",
            "Ruleset",
            "Stack",
            "StackAnswer",
            "WrittenAnswer",
            "WrittenStackAnswer",
            "compare",
            "load",
            "load_stack",
        ),
        "diagnostics": ("Diagnostic", "FaultsError", "Severity"),
        "library": ("RulesetError", "shipped", "shipped_stacks"),
        "model": ("Importance", "Requirement"),
        "recommendation": (
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
            "RuleDifference",
            "RulesetIdentity",
            "Step",
            "Then",
            "TracedRule",
            "Versus",
        ),
        "requirements": ("RequestError",),
        "stack": ("Feed", "Part", "StackIdentity", "StackRecommendation", "Taken"),
    }
    _ROOM_BY_NAME = {name: room for room, names in _ROOMS.items() for name in names}

    def __getattr__(name: str) -> object:
        if name not in _ROOM_BY_NAME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_ROOM_BY_NAME[name]}"), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
