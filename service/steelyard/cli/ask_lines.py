"""The plain face of an interview: numbered lists, and answers that are typed one on a line. No escape codes."""

import sys
from collections.abc import Iterable

import click

from steelyard.cli import terminal
from steelyard.cli.ask_conduct import PROMPT
from steelyard.interview import Menu, Move, NotUnderstoodError, Picked, as_picked, hint_of
from steelyard.render.layout import Sheet, harmless
from steelyard.render.text import NARROWEST

_LONGEST_LINE = 10_000


class Lines:
    """Reads standard input line by line, whoever or whatever writes it."""

    def __init__(self) -> None:
        """Takes the streams as they are now."""
        self.sheet = Sheet(max(NARROWEST, terminal.width()))
        self.is_attended = sys.stdin is not None and sys.stdin.isatty()
        self.has_ended = sys.stdin is None

    def tell(self, lines: Iterable[str]) -> None:
        """Shows lines."""
        for line in lines:
            click.echo(line)

    def choose(self, menu: Menu) -> Picked | Move:
        """What is chosen from a menu; asks again until it is understood."""
        digits = len(str(len(menu.items)))
        for number, (item, label) in enumerate(menu.items, 1):
            mark = " (Enter)" if item == menu.preselected else ""
            self.tell(self.sheet.fold(harmless(label) + mark, first=f"   {number:>{digits}}  "))
        if menu.many:
            self._hint("Several with commas; “none” if it is none of them.")
        self._moves(menu.moves)
        while (typed := self.line(PROMPT)) is not None:
            try:
                return as_picked(menu, typed)
            except NotUnderstoodError as error:
                self._hint(harmless(str(error)))
        return Move.STOP

    def line(self, prompt: str) -> str | None:
        """A line that is typed; None at the end of the input."""
        click.echo(prompt, nl=False)
        # What cannot be decoded is no answer, and no reason to fail.
        typed = "" if sys.stdin is None else sys.stdin.buffer.readline(_LONGEST_LINE).decode(errors="replace")
        if not typed:
            self.has_ended = True
            click.echo()
            return None
        if not self.is_attended:
            # Nobody sees what a pipe writes, but who reads the output wants to know it.
            click.echo(harmless(typed))
        return typed.rstrip("\r\n")

    def _moves(self, moves: tuple[Move, ...]) -> None:
        if moves:
            self._hint("   ".join(map(hint_of, moves)))

    def _hint(self, text: str) -> None:
        self.tell(self.sheet.fold(text, first="   "))
