"""The decision log: what was asked and what was recommended, kept for later; and asking all of it again."""

from steelyard.decisions.log import DecisionLog, open_decision_log
from steelyard.decisions.reading import read_decisions
from steelyard.decisions.record import Asked, DecisionRecord, record_of
from steelyard.decisions.store import DecisionLogError, FaultyLine, Store

__all__ = [
    "Asked",
    "DecisionLog",
    "DecisionLogError",
    "DecisionRecord",
    "FaultyLine",
    "Store",
    "open_decision_log",
    "read_decisions",
    "record_of",
]
