"""A ruleset and a request make a decision: an index tells which rules fire, a weighing what they come to."""

from steelyard.engine.decision import Decision
from steelyard.engine.document import recommendation
from steelyard.engine.engine import Engine
from steelyard.engine.fired_rule import POINTS_PER_WORTH
from steelyard.engine.index import RuleIndex
from steelyard.engine.snapshot import Contribution, Snapshot
from steelyard.engine.weighing import Weighing, leaders

__all__ = [
    "POINTS_PER_WORTH",
    "Contribution",
    "Decision",
    "Engine",
    "RuleIndex",
    "Snapshot",
    "Weighing",
    "leaders",
    "recommendation",
]
