"""A terminal that no person sits at: the program runs in a real one of the system, and pyte shows its screen."""

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte

UP, DOWN, LEFT, ENTER, CTRL_C, CTRL_D = "\x1b[A", "\x1b[B", "\x1b[D", "\r", "\x03", "\x04"

_PATIENCE = 20.0
_MARK = " \N{HEAVY RIGHT-POINTING ANGLE QUOTATION MARK ORNAMENT} "


class PseudoTerminal:
    """The command in a terminal of some size; whatever it waits for fails after a while with what is on the screen."""

    def __init__(
        self,
        arguments: Sequence[str],
        folder: Path,
        *,
        columns: int = 80,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
    ) -> None:
        """Starts the command in the folder, with more in its environment."""
        self._screen = pyte.HistoryScreen(columns, rows, history=2000)
        self._stream = pyte.ByteStream(self._screen)
        self._ours, self._theirs = os.openpty()
        self.written = b""
        self._sized(columns, rows)
        self.modes_before = self.modes()
        # The first terminal that the leader of a session opens is the one whose Ctrl-C interrupts it.
        opening = 'terminal=$1; shift; exec "$@" <"$terminal" >"$terminal" 2>&1'
        started = [sys.executable, "-m", "steelyard", *arguments]
        self._process = subprocess.Popen(
            ["sh", "-c", opening, "sh", os.ttyname(self._theirs), *started],
            cwd=folder,
            env={**environment(), "TERM": "xterm-256color", **(env or {})},
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)
        os.close(self._theirs)

    def press(self, *keys: str) -> None:
        """Types keys, one after the other."""
        for key in keys:
            os.write(self._ours, key.encode())

    def wait_for(self, text: str) -> None:
        """Waits until the text was shown, on the screen or above it; lines are joined with blanks."""
        self._wait(lambda: text in self.words(), f"the text {text!r}")

    def wait_at(self, label: str) -> None:
        """Waits until the mark of a list stands at the row that begins with the label."""
        self._wait(lambda: (self.marked() or "").startswith(label), f"the mark at {label!r}")

    def wait_for_prompt(self) -> None:
        """Waits until a line can be typed."""
        self._wait(lambda: next((line for line in self.lines()[::-1] if line), "") == ">", "the prompt")

    def marked(self) -> str | None:
        """The row with the mark of a list, if there is one."""
        rows = [line for line in self._screen.display if line.startswith(_MARK)]
        return rows[0].removeprefix(_MARK).rstrip() if rows else None

    def lines(self) -> list[str]:
        """All that was shown and not erased, from the first line."""
        above = [
            "".join(row[column].data for column in range(self._screen.columns)) for row in self._screen.history.top
        ]
        return [line.rstrip() for line in (*above, *self._screen.display)]

    def words(self) -> str:
        """The same as one text, however it was folded."""
        return " ".join(" ".join(self.lines()).split())

    def resize(self, columns: int, rows: int) -> None:
        """Makes the window another size, and says so to the program."""
        self._screen.resize(rows, columns)
        self._sized(columns, rows)
        self.send(signal.SIGWINCH)

    def send(self, signal_number: int) -> None:
        """Sends a signal to the program."""
        self._process.send_signal(signal_number)

    def modes(self) -> list[Any]:
        """The modes of the terminal: whether it echoes, gathers lines, and so on."""
        return termios.tcgetattr(self._theirs)

    def exit_code(self) -> int:
        """The exit code, when the program has ended."""
        self._wait(lambda: self._process.poll() is not None, "the end")
        self._read(0.05)
        return self._process.returncode

    def _wait(self, holds: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + _PATIENCE
        while not holds():
            if time.monotonic() > end:
                shown = "\n".join(self.lines())
                raise AssertionError(f"waited in vain for {what}; on the screen:\n{shown}")
            self._read(0.05)

    def _read(self, patience: float) -> None:
        while select.select([self._ours], [], [], patience)[0]:
            read = os.read(self._ours, 65536)
            self.written += read
            self._stream.feed(read)
            patience = 0

    def _sized(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def environment() -> dict[str, str]:
    """The environment of the tests without what changes how a terminal is written to."""
    named = ("NO_COLOR", "COLUMNS", "LINES", "TERM", "PROMPT_TOOLKIT_COLOR_DEPTH", "PROMPT_TOOLKIT_NO_CPR")
    return {key: value for key, value in os.environ.items() if key not in named}
