"""What a text is written for."""

import os
import sys

import pytest

from steelyard.cli import terminal


@pytest.fixture
def columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with 130 columns."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((130, 40)))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.usefixtures("columns")
def test_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Running text has at most a hundred columns, a table those that there are; `NO_COLOR` is respected."""
    assert (terminal.width(), terminal.width(160)) == (100, 130)
    assert terminal.has_color()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not terminal.has_color()


def test_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets 80 columns and no colours."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    assert (terminal.width(), terminal.width(160)) == (80, 80)
    assert not terminal.has_color()
