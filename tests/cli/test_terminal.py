"""What a text is written for."""

import os
import sys
from collections.abc import Iterator

import pytest

from steelyard.cli import terminal
from steelyard.cli.view import View
from steelyard.render.page import Block, Title


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


def test_no_output_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process whose standard output is closed writes as for a pipe, and does not fail."""
    monkeypatch.setattr(sys, "stdout", None)
    assert terminal.width() == 80
    assert not terminal.has_color()


def test_only_what_is_asked_for_is_made() -> None:
    """The document for programs, which can be large, is not made to show a page, nor the page for programs."""
    made: list[str] = []

    def page() -> Iterator[Block]:
        made.append("page")
        yield Title("Pets")

    def document() -> dict[str, str]:
        made.append("document")
        return {"pets": "all"}

    assert (View(page(), document).rendered("text"), made) == ("Pets\n", ["page"])
    assert (View(page(), document).rendered("json"), made) == ('{"pets":"all"}\n', ["page", "document"])
