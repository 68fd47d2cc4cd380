"""What a command shows: a page for people, a document for programs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from steelyard.cli import terminal
from steelyard.recommendation import to_json_text
from steelyard.render.page import Block, page_as_markdown, page_as_text


@dataclass(frozen=True, slots=True)
class View:
    """What is shown, in whatever format is asked for; only that is made."""

    page: Iterable[Block]
    document: Callable[[], Mapping[str, Any]]
    widest: int = terminal.WIDEST

    def rendered(self, format_: str) -> str:
        """The view in one of the formats: json, markdown, text."""
        if format_ == "json":
            return to_json_text(self.document()) + "\n"
        if format_ == "markdown":
            return page_as_markdown(self.page)
        return page_as_text(self.page, width=terminal.width(self.widest), color=terminal.has_color())
