"""Sources, named beside what rests on them."""

from steelyard.recommendation import Cited
from steelyard.render.layout import GLUE, harmless


def source_mark(key: str, cited: Cited) -> str:
    """A source for a terminal: its id with its month and, if so, that it is stale. No line ends within it."""
    stale = ", stale" if cited.stale else ""
    return f"[{harmless(key)}, {cited.published:%Y-%m}{stale}]".replace(" ", GLUE)
