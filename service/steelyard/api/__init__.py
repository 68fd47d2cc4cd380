"""What programs that embed Steelyard use."""

from steelyard.api.answer import Answer
from steelyard.api.ruleset import Ruleset, load

__all__ = ["Answer", "Ruleset", "load"]
