"""What programs that embed Steelyard use."""

from steelyard.api.answer import Answer
from steelyard.api.comparison import Comparison, compare
from steelyard.api.decision import Decision
from steelyard.api.ruleset import Ruleset, load
from steelyard.api.stack import Stack, StackAnswer, load_stack

__all__ = ["Answer", "Comparison", "Decision", "Ruleset", "Stack", "StackAnswer", "compare", "load", "load_stack"]
