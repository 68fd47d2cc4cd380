"""The request that a command puts: from a file, from options, or from both; options win."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from steelyard.cli.given import Given
from steelyard.cli.parameters import takes
from steelyard.cli.project.finding import DECISION, anchored
from steelyard.diagnostics import FaultsError
from steelyard.model import Need
from steelyard.reader import Document, read_document, read_file, read_stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What was typed of a request."""

    file: Path | None
    needs: Sequence[str]
    musts: Sequence[str]
    shoulds: Sequence[str]
    coulds: Sequence[str]
    candidates: Sequence[str]

    @property
    def asks_something(self) -> bool:
        """Whether there is a file or an option."""
        return bool(self.file or self.needs or self.musts or self.shoulds or self.coulds or self.candidates)

    @property
    def is_piped(self) -> bool:
        """Whether the file is standard input."""
        return str(self.file) == "-"

    def document(self) -> Document:
        """The file's request, without a decision that is recorded in it; an empty one without a file.

        Raises:
            FaultsError: it cannot be read.
        """
        return self.parts()[0]

    def parts(self) -> tuple[Document, Any]:
        """The file's request, and the decision that is recorded in it, as plain data; None if there is none.

        A path by which the request names a ruleset or a stack leads from the folder of the file.

        Raises:
            FaultsError: it cannot be read.
        """
        if self.file is None:
            return Document({"requirements": {}}), None
        source = read_stream(sys.stdin.buffer, "standard input") if self.is_piped else read_file(self.file)
        document, faults = read_document(source)
        if faults:
            raise FaultsError(faults)
        request = {key: value for key, value in document.data.items() if key != DECISION}
        beside = anchored(request, self.file.parent)
        return replace(document, data=beside), document.data.get(DECISION)

    def given(self, document: Document, needs: Mapping[str, Need]) -> Given:
        """The document's request with that of the options over it, for a ruleset with these needs.

        Raises:
            click.UsageError: an option is not written as it should be, or contradicts another.
        """
        given = Given(document, needs)
        for need in self.needs:
            given.answer(need)
        for importance, named in (("must", self.musts), ("should", self.shoulds), ("could", self.coulds)):
            for need in named:
                given.matters(need, importance)
        given.option("candidates", "--candidate", list(self.candidates) or None)
        return given


_FILE = click.Path(path_type=Path, allow_dash=True)
_ARGUMENT = click.argument("file", metavar="[FILE]", required=False, type=_FILE)
_FROM = click.option("--from", "file", metavar="FILE", type=_FILE, help="Start from the request in this file.")
_OPTIONS = (
    click.option("--need", "needs", multiple=True, metavar="NEED=VALUE", help="Answer a need; lists with commas."),
    click.option("--must", "musts", multiple=True, metavar="NEED", help="The answer to NEED matters most."),
    click.option("--should", "shoulds", multiple=True, metavar="NEED", help="It matters as usual (the default)."),
    click.option("--could", "coulds", multiple=True, metavar="NEED", help="It would be nice."),
    click.option(
        "--candidate", "candidates", multiple=True, metavar="ID", help="Weigh only this one; may be repeated."
    ),
)
_NAMES = ("file", "needs", "musts", "shoulds", "coulds", "candidates")


def takes_request(command: Callable[..., None]) -> Callable[..., None]:
    """Has a command take the file and the options of a request, as its argument `asking`."""
    return _collecting(command, _ARGUMENT)


def starts_from_request(command: Callable[..., None]) -> Callable[..., None]:
    """Has a command take the same, where its own argument is not the file but that stands behind `--from`."""
    return _collecting(command, _FROM)


def _collecting(command: Callable[..., None], file: Callable[..., Any]) -> Callable[..., None]:
    @wraps(command)
    def collected(*args: Any, **typed: Any) -> None:
        asking = Asking(**{name: typed.pop(name) for name in _NAMES})
        command(*args, asking=asking, **typed)

    return takes(file, *_OPTIONS)(collected)
