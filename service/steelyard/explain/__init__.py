"""Explains a decision: what to ask next, what would change it, why not the other, and what became of every rule."""

from steelyard.explain.explaining import explained

__all__ = ["explained"]
