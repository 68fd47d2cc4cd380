"""A ruleset and a request make a decision: an index tells which rules fire, a weighing what they come to."""

from steelyard.engine.decision import Decision
from steelyard.engine.engine import Engine
from steelyard.engine.snapshot import Contribution

__all__ = ["Contribution", "Decision", "Engine"]
