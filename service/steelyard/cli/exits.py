"""The exit codes of the command."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command's exit tells scripts."""

    FINE = 0
    NO = 1
    MISUSE = 2
    INTERRUPTED = 130
    """As shells count: ended by Ctrl-C."""
