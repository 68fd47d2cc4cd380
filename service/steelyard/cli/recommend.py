"""`steelyard recommend`: ask a ruleset, from flags, a file or standard input."""

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from steelyard.api import Answer, Ruleset, load
from steelyard.cli.exits import ExitCode
from steelyard.cli.given import Given
from steelyard.diagnostics import FaultsError
from steelyard.reader import Document, read_document, read_file, read_stream
from steelyard.recommendation import Outcome
from steelyard.requirements import wanted_ruleset

_WIDEST = 100
_WIDTH_ELSEWHERE = 80


@click.command()
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--need", "needs", multiple=True, metavar="NEED=VALUE", help="Answer a need; lists with commas.")
@click.option("--must", "musts", multiple=True, metavar="NEED", help="The answer to NEED matters most.")
@click.option("--should", "shoulds", multiple=True, metavar="NEED", help="It matters as usual (the default).")
@click.option("--could", "coulds", multiple=True, metavar="NEED", help="It would be nice.")
@click.option("--candidate", "candidates", multiple=True, metavar="ID", help="Weigh only this one; may be repeated.")
@click.option("--as-of", metavar="YYYY-MM-DD", help="Use the knowledge of that day instead of today's (UTC).")
@click.option("--ruleset", metavar="ID|PATH", help="The ruleset to ask: one that ships, or a file or folder.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@click.pass_context
def recommend(  # noqa: PLR0913, PLR0917  one argument for each option, passed by name
    ctx: click.Context,
    file: Path | None,
    needs: Sequence[str],
    musts: Sequence[str],
    shoulds: Sequence[str],
    coulds: Sequence[str],
    candidates: Sequence[str],
    as_of: str | None,
    ruleset: str | None,
    format_: str,
) -> None:
    """Recommend a candidate for a project's requirements.

    FILE is a request in YAML or JSON, the same document that is posted over HTTP (- reads standard input); options
    add to it and win over it. Exits with 1 if nothing is recommended.
    """
    document = _read(file)
    asked = _asked(document, ruleset)
    given = Given(document, asked.needs)
    for need in needs:
        given.answer(need)
    for importance, named in (("must", musts), ("should", shoulds), ("could", coulds)):
        for need in named:
            given.matters(need, importance)
    given.option("as_of", "--as-of", as_of)
    given.option("candidates", "--candidate", list(candidates) or None)
    answer = _answer(asked, given)
    click.echo(_rendered(answer, format_), nl=False)
    ctx.exit(ExitCode.FINE if answer.outcome in (Outcome.RECOMMENDED, Outcome.TIED) else ExitCode.NO)


def _read(file: Path | None) -> Document:
    if file is None:
        return Document({"requirements": {}})
    source = read_stream(sys.stdin.buffer, "standard input") if str(file) == "-" else read_file(file)
    document, faults = read_document(source)
    if faults:
        raise FaultsError(faults)
    return document


def _asked(document: Document, option: str | None) -> Ruleset:
    """The ruleset that the option names, or else the file; the default without either."""
    if option is not None:
        return load(option)
    wanted = wanted_ruleset(document.data)
    if wanted is None:
        return load()
    try:
        return load(wanted)
    except FaultsError as error:
        unplaced = [each if each.span else replace(each, path=("ruleset",)) for each in error.diagnostics]
        raise FaultsError(document.located(unplaced)) from None


def _answer(asked: Ruleset, given: Given) -> Answer:
    try:
        return asked.answer(given.data)
    except FaultsError as error:
        raise FaultsError(given.located(error.diagnostics)) from None


def _rendered(answer: Answer, format_: str) -> str:
    if format_ == "json":
        return answer.to_json() + "\n"
    if format_ == "markdown":
        return answer.to_markdown()
    interactive = sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, _WIDEST) if interactive else _WIDTH_ELSEWHERE
    return answer.to_text(width=width, color=interactive and not os.environ.get("NO_COLOR"))
