"""Showing results in consoles of the library rich, which is asked for by nobody but those who have it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult


def for_rich(to_text: Callable[..., str], console: "Console", options: "ConsoleOptions") -> "RenderResult":
    """The text of a result as wide as the console has room, in its colours if it has some.

    Args:
        to_text: makes the text, given `width` and `color`.
        console: where it is shown.
        options: how much room there is.
    """
    from rich.text import Text  # noqa: PLC0415  whoever calls this has it

    text = to_text(width=options.max_width, color=console.color_system is not None)
    yield Text.from_ansi(text.rstrip("\n"), no_wrap=True)
