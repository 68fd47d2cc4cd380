"""What a text is written for: a terminal with its width and colours, or a pipe."""

import os
import shutil
import sys

WIDEST = 100
"""Lines of running text are not longer, however wide the terminal is."""
_WIDTH_ELSEWHERE = 80


def width(widest: int = WIDEST) -> int:
    """Columns to write on: those of the terminal, but never more than `widest`; a pipe gets 80."""
    return min(shutil.get_terminal_size().columns, widest) if _is_terminal() else _WIDTH_ELSEWHERE


def has_color() -> bool:
    """Whether to write in colours: on a terminal, unless `NO_COLOR` is set."""
    return _is_terminal() and not os.environ.get("NO_COLOR")


def _is_terminal() -> bool:
    # A process may be started with its standard output closed; then there is none.
    return sys.stdout is not None and sys.stdout.isatty()
