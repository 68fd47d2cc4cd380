"""`steelyard ask`: the interview."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from steelyard.api import Answer, Ruleset, load
from steelyard.cli.ask_conduct import Conduct, Face
from steelyard.cli.ask_lines import Lines
from steelyard.cli.ask_saving import Saving
from steelyard.cli.asking import Asking, starts_from_request
from steelyard.cli.exits import ExitCode
from steelyard.cli.given import Given
from steelyard.cli.naming import named, naming_nothing
from steelyard.cli.parameters import demand_known
from steelyard.cli.project.recorded import RecordedDecision, read_decision
from steelyard.cli.project.saving import Start, is_same_file
from steelyard.diagnostics import FaultsError
from steelyard.interview import Interview, ask_command, recommend_command
from steelyard.library import DEFAULT_RULESET, shipped_stacks
from steelyard.model import Request
from steelyard.reader import Document
from steelyard.requirements import RequestReader, today, wanted_ruleset

_NO_KEYS = 'For lists to move through with the arrow keys: pip install "steelyard[ask]"'
_WITHOUT_KEYS = ("dumb", "unknown", "")


@click.command()
@click.argument("ruleset", metavar="[RULESET]", required=False)
@starts_from_request
@click.option("--as-of", metavar="YYYY-MM-DD", help="Use the knowledge of that day instead of today's (UTC).")
@click.option("--skip", "skipped", multiple=True, metavar="NEED", help="Do not ask about NEED; may be repeated.")
@click.option("--save", metavar="FILE", type=click.Path(path_type=Path), help="Save the requirements as YAML.")
@click.option("--force", is_flag=True, help="Let --save overwrite a file without asking.")
@click.pass_context
def ask(  # noqa: PLR0913  one argument for each option, passed by name
    ctx: click.Context,
    *,
    ruleset: str | None,
    asking: Asking,
    as_of: str | None,
    skipped: tuple[str, ...],
    save: Path | None,
    force: bool,
) -> None:
    """Ask what matters most, question by question, until the recommendation is settled.

    RULESET is the id of one that ships, or the path of a file or folder; without it, the default is asked. Each
    answer shows what it changes; at the end stand the recommendation and the command that gives it again. Without a
    terminal, answers are read from standard input, one on a line. Exits with 1 if nothing is recommended.
    """
    document, decision = _parts(asking, ruleset)
    name = ruleset or wanted_ruleset(document.data) or DEFAULT_RULESET
    if name in shipped_stacks():
        raise click.UsageError(f"{name} is a stack; ask about one of the rulesets that it joins")
    loaded = named(document, "ruleset", load) if "ruleset" in document.data else load(name)
    for need in skipped:
        demand_known("--skip", need, loaded.needs, "need")
    given = asking.given(document, loaded.needs)
    given.option("as_of", "--as-of", as_of)
    request = _request(loaded, given)
    face, saving = _face(), Saving(path=save, is_forced=force)
    if saving.would_overwrite() and not face.is_attended:
        raise click.BadParameter(f"{save} exists already; --force overwrites it", param_hint="'--save'")
    kept = _kept(document, decision, is_saved=is_same_file(save, asking.file))
    start = Start(ruleset=name, file=asking.file, decision=kept, is_dated="as_of" in given.data)
    conduct = Conduct(Interview.of(loaded, request, frozenset(skipped) - request.requirements.keys()), face)
    try:
        conduct.run()
        answer = conduct.interview.final()
        _show(answer, recommend_command(conduct.interview, name), face)
        wanted = save is not None or bool(conduct.interview.said)
        is_saved = not wanted or saving.save(partial(start.text, conduct.interview), face)
    except KeyboardInterrupt:
        file = None if save is None else str(save)
        _leave(conduct.interview, ask_command(conduct.interview, name, dated=start.is_dated, save=file))
        ctx.exit(ExitCode.INTERRUPTED)
    if not is_saved:
        ctx.exit(ExitCode.MISUSE)
    ctx.exit(ExitCode.FINE if answer.recommended else ExitCode.NO)


def _parts(asking: Asking, ruleset: str | None) -> tuple[Document, Any]:
    """What to start from, and the decision beside it; what it asks is passed over if a ruleset was named."""
    if asking.file is not None and str(asking.file) == "-":
        raise click.BadParameter("standard input is where the answers come from", param_hint="'--from'")
    document, decision = asking.parts()
    if ruleset is not None:
        return naming_nothing(document), decision
    if "stack" in document.data and "ruleset" not in document.data:
        raise click.UsageError("the file asks a stack; name the one RULESET to ask about")
    return document, decision


def _kept(document: Document, decision: Any, *, is_saved: bool) -> RecordedDecision | None:
    """The decision that is recorded in the file to start from; a faulty one is none, where nothing is to keep it.

    Raises:
        FaultsError: it is faulty, and the file is saved anew.
    """
    if decision is None:
        return None
    try:
        return read_decision(decision)
    except FaultsError as error:
        if is_saved:
            raise FaultsError(document.located(error.diagnostics)) from None
        return None


def _request(ruleset: Ruleset, given: Given) -> Request:
    try:
        return RequestReader.of(ruleset.model).read(given.data, today())
    except FaultsError as error:
        raise FaultsError(given.located(error.diagnostics)) from None


def _face() -> Face:
    """Lists in a terminal that can show them; lines everywhere else."""
    on_terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    # Windows names no terminal, and has one that can.
    named_terminal = os.environ.get("TERM", "" if os.name == "posix" else "windows")
    if not on_terminal or named_terminal.lower() in _WITHOUT_KEYS:
        return Lines()
    try:
        # Imported here: it takes prompt_toolkit, which is an extra, and time.
        from steelyard.cli.ask_keys import Keys  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("prompt_toolkit", "wcwidth"):
            raise
        click.echo(_NO_KEYS, err=True)
        return Lines()
    return Keys()


def _show(answer: Answer, command: str, face: Face) -> None:
    """The recommendation, and the command on one line, so that it can be copied whatever the width."""
    sheet = face.sheet
    click.echo()
    click.echo(answer.to_text(width=sheet.width, color=sheet.color))
    click.echo(f"To get this again:\n\n{command}\n")


def _leave(interview: Interview, command: str) -> None:
    click.echo()
    if interview.steps or interview.said:
        click.echo(f"To go on from here:\n\n{command}")
