"""Snapshot, fired rules, weighing: a ruleset and a request make a recommendation."""

from steelyard.engine.engine import Engine

__all__ = ["Engine"]
