"""Stacks: rulesets that one request asks in turn, each with the answers of those before it."""

from steelyard.stack.engine import StackEngine
from steelyard.stack.loading import CheckedStack, check_stack, check_stack_data
from steelyard.stack.model import Feed, Part, Stack
from steelyard.stack.result import StackIdentity, StackRecommendation, Taken
from steelyard.stack.rulesets import Rulesets
from steelyard.stack.shapes import keys_of_stacks
from steelyard.stack.summary import in_words, taken_in_words

__all__ = [
    "CheckedStack",
    "Feed",
    "Part",
    "Rulesets",
    "Stack",
    "StackEngine",
    "StackIdentity",
    "StackRecommendation",
    "Taken",
    "check_stack",
    "check_stack_data",
    "in_words",
    "keys_of_stacks",
    "taken_in_words",
]
