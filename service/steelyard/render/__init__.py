"""Renderings of a recommendation: each a module of its own that only reads it."""

from steelyard.render.markdown import to_markdown
from steelyard.render.stack_markdown import stack_to_markdown
from steelyard.render.stack_text import stack_to_text
from steelyard.render.text import to_text

__all__ = ["stack_to_markdown", "stack_to_text", "to_markdown", "to_text"]
