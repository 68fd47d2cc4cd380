"""Renderings of a recommendation: each a module of its own that only reads it."""

from steelyard.render.markdown import to_markdown
from steelyard.render.text import to_text

__all__ = ["to_markdown", "to_text"]
