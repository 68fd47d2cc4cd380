"""The face of an interview in a terminal: lists to move through with the arrow keys. Only this needs prompt_toolkit."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import ClassVar, TypeVar

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application, get_app
from prompt_toolkit.data_structures import Size
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys as Key
from prompt_toolkit.layout import Dimension, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output import ColorDepth, Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output

from steelyard.cli import terminal
from steelyard.interview import Menu, Move, Picked, Picking, Row
from steelyard.render.layout import Sheet, harmless
from steelyard.render.text import NARROWEST

_T = TypeVar("_T")
_Step = Callable[[Picking], Picking | Picked | Move]
_MARK, _NO_MARK = " \N{HEAVY RIGHT-POINTING ANGLE QUOTATION MARK ORNAMENT} ", "   "


class Keys:
    """Asks with lists; the answer to a number and the name of a file are typed."""

    is_attended: ClassVar[bool] = True

    def __init__(self) -> None:
        """Takes the terminal as it is now."""
        self.has_ended = False

    @property
    def sheet(self) -> Sheet:
        """What is written on: the terminal may have changed its width since the last question."""
        return Sheet(max(NARROWEST, terminal.width()), terminal.has_color())

    def tell(self, lines: Iterable[str]) -> None:
        """Shows lines."""
        for line in lines:
            click.echo(line)

    def choose(self, menu: Menu) -> Picked | Move:
        """What is chosen from a menu; the list vanishes when it is."""
        try:
            return _List(menu).run()
        except EOFError:
            self.has_ended = True
            return Move.STOP

    def line(self, prompt: str) -> str | None:
        """A line that is typed; None for Ctrl-D, which ends it as the end of a file would."""
        session: PromptSession[str] = PromptSession(output=_output(), reserve_space_for_menu=0)
        _from_margin(session.app)
        try:
            return session.prompt(prompt)
        except EOFError:
            return None


class _List:
    """A menu on the terminal, while somebody chooses from it."""

    def __init__(self, menu: Menu) -> None:
        self._picking = Picking.of(menu)
        self._bindings = KeyBindings()
        self._bind()

    def run(self) -> Picked | Move:
        """What is chosen.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed; the terminal is as it was before.
        """
        # What is below the list gives way first where the terminal is low; the list follows its mark.
        rows = Window(FormattedTextControl(self._rows), always_hide_cursor=True, height=Dimension(min=1))
        hints = Window(FormattedTextControl(self._hints), height=Dimension(min=0), dont_extend_height=True)
        application: Application[Picked | Move] = Application(
            layout=Layout(HSplit([rows, hints])),
            key_bindings=self._bindings,
            output=_output(),
            erase_when_done=True,
        )
        return _from_margin(application).run()

    def _rows(self) -> StyleAndTextTuples:
        sheet, told = _sheet(), list[tuple[str, str]]()
        for place, row in enumerate(self._picking.rows):
            is_marked = place == self._picking.at
            if is_marked:
                told.append(("[SetCursorPosition]", ""))
            first = (_MARK if is_marked else _NO_MARK) + self._picking.box(row)
            lines = sheet.fold(_label(row), first=first)
            told.append(("bold" if is_marked else "", "\n".join(lines) + "\n"))
        told[-1] = (told[-1][0], told[-1][1].removesuffix("\n"))
        return [*told]

    def _hints(self) -> StyleAndTextTuples:
        tick = "Space ticks, " if self._picking.menu.many else ""
        text = self._picking.message or f"Arrows move, {tick}Enter takes."
        return [("", "\n".join(_sheet().fold(text, first=_NO_MARK)))]

    def _bind(self) -> None:
        self._on(lambda picking: picking.moved(-1), "up", "c-p", "k", "s-tab")
        self._on(lambda picking: picking.moved(1), "down", "c-n", "j", "tab")
        for number in range(1, 10):
            self._on(_marking(number), str(number))
        self._on(Picking.toggled if self._picking.menu.many else Picking.taken, "space")
        # The second is what Enter becomes when it is typed ahead, while no list is there yet.
        self._on(Picking.taken, "enter", "c-j")
        for move in self._picking.menu.moves:
            self._on(_always(move), move.key, *(("left",) if move is Move.BACK else ()))
        self._on(_always(Move.STOP), "c-d")
        # Ctrl-C is a key here, but a signal where somebody else sends it.
        self._bindings.add("c-c")(_interrupt)
        self._bindings.add(Key.SIGINT)(_interrupt)
        self._bindings.add("c-z")(lambda event: event.app.suspend_to_background())

    def _on(self, step: _Step, *keys: str) -> None:
        def pressed(event: KeyPressEvent) -> None:
            reached = step(self._picking)
            if isinstance(reached, Picking):
                self._picking = reached
            else:
                event.app.exit(result=reached)

        for key in keys:
            self._bindings.add(key)(pressed)


def _marking(number: int) -> _Step:
    return lambda picking: picking.marked(number)


def _always(move: Move) -> _Step:
    return lambda _: move


def _label(row: Row) -> str:
    return f"{row.label} ({row.move.key})" if row.move is not None else harmless(row.label)


def _interrupt(event: KeyPressEvent) -> None:
    event.app.exit(exception=KeyboardInterrupt())


def _from_margin(application: Application[_T]) -> Application[_T]:
    """The application, which begins at the left margin though the terminal may have echoed keys typed ahead."""

    def begin(started: Application[_T]) -> None:
        if started.render_counter == 1:
            started.output.write_raw("\r")

    application.before_render += begin
    return application


def _sheet() -> Sheet:
    return Sheet(max(NARROWEST, get_app().output.get_size().columns))


def _output() -> Output:
    """The terminal, never asked where its cursor is: some do not answer, and the list need not know."""
    if sys.platform == "win32":
        return create_output()
    depth = ColorDepth.from_env()
    return Vt100_Output(sys.stdout, _size, os.environ.get("TERM"), default_color_depth=depth, enable_cpr=False)


def _size() -> Size:
    try:
        columns, rows = os.get_terminal_size(sys.stdout.fileno())
    except OSError:
        columns, rows = 0, 0
    # Some terminals say that they have no size.
    return Size(rows=rows or 24, columns=columns or 80)
