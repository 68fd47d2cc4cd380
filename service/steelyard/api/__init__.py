"""What programs that embed Steelyard use."""

from steelyard.api.answer import Answer
from steelyard.api.ruleset import Ruleset, load
from steelyard.api.stack import Stack, StackAnswer, load_stack

__all__ = ["Answer", "Ruleset", "Stack", "StackAnswer", "load", "load_stack"]
