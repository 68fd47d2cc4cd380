"""`steelyard replay`: make the decisions of a log again with other rules, and tell which would change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click

from steelyard.api import load, load_stack
from steelyard.cli.exits import ExitCode
from steelyard.cli.parameters import DAY, Day, takes
from steelyard.cli.view import View
from steelyard.decisions import DecisionLogError, DecisionRecord, read_decisions
from steelyard.decisions.asking import Asker, asker
from steelyard.decisions.replaying import Replayer
from steelyard.library import exists, found_at, shipped, shipped_stacks
from steelyard.model import Ruleset
from steelyard.render.revision import replay_page
from steelyard.requirements import today
from steelyard.revision import replay_document
from steelyard.stack import Stack


class _DayOrToday(Day):
    """A day, or `today`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Reads the day."""
        return today() if value == "today" else super().convert(value, param, ctx)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What was typed."""

    log: str
    against: str
    before: str | None
    since: date | None
    until: date | None
    as_of: date | None
    everything: bool
    check: bool
    format_: str


_PARAMETERS = (
    click.argument("log", metavar="LOG"),
    click.option("--against", required=True, metavar="ID|PATH", help="The ruleset, or the stack, that is to decide."),
    click.option("--before", metavar="ID|PATH", help="The one that decided; that which ships, if it is the same."),
    click.option("--since", type=DAY, metavar="YYYY-MM-DD", help="The first day of the log (UTC)."),
    click.option("--until", type=DAY, metavar="YYYY-MM-DD", help="The last day of the log (UTC)."),
    click.option("--as-of", type=_DayOrToday(), metavar="YYYY-MM-DD|today", help="Ask about that day instead."),
    click.option("--all", "everything", is_flag=True, help="List the decisions that stay the same too."),
    click.option("--check", is_flag=True, help="Exit with 1 if any would change, or cannot be made again."),
    click.option(
        "--format", "format_", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True
    ),
)


@click.command()
@takes(*_PARAMETERS)
@click.pass_context
def replay(ctx: click.Context, /, **typed: Any) -> None:
    """Make the decisions of a log again with other rules, and tell which would change and why.

    LOG is what the service writes: ndjson:PATH, sqlite:///PATH, postgresql://USER@HOST/NAME, or a path that ends in
    .ndjson, .jsonl, .db or .sqlite.
    """
    asked = _Typed(**typed)
    against = asker(_named(asked.against))
    then = _Then(against, asker(_named(asked.before)) if asked.before is not None else None)
    replayer = Replayer(against, then, as_of=asked.as_of, everything=asked.everything)
    until = None if asked.until in (None, date.max) else _beginning(asked.until + timedelta(days=1))
    since = None if asked.since is None else _beginning(asked.since)
    try:
        found = replayer.replay(read_decisions(asked.log, since, until, replayer.told))
    except DecisionLogError as error:
        raise click.BadParameter(str(error), param_hint="LOG") from None
    view = View(replay_page(found, everything=asked.everything), lambda: replay_document(found))
    click.echo(view.rendered(asked.format_), nl=False)
    ctx.exit(ExitCode.NO if asked.check and (found.changes or found.refusals) else ExitCode.FINE)


class _Then:
    """Finds who decided: what was named, or what ships, if its digest is that of the record."""

    def __init__(self, against: Asker, named: Asker | None) -> None:
        self._known = [each for each in (named, against) if each is not None]
        self._has_looked = named is not None

    def __call__(self, record: DecisionRecord) -> Asker | None:
        if not self._has_looked:
            self._has_looked = True
            if (ships := _shipped(record)) is not None:
                self._known.append(asker(ships))
        return next((each for each in self._known if each.identity.digest == record.digest), None)


def _shipped(record: DecisionRecord) -> Ruleset | Stack | None:
    """What ships under the id of the record."""
    if record.is_of_a_stack:
        return load_stack(record.asked).model if record.asked in shipped_stacks() else None
    return load(record.asked).model if record.asked in shipped() else None


def _named(name: str) -> Ruleset | Stack:
    """The ruleset or the stack of this name.

    Raises:
        FaultsError: it is faulty, or there is none; every fault is told.
    """
    return load_stack(name).model if _is_stack(name) else load(name).model


def _is_stack(name: str) -> bool:
    if name in shipped():
        return False
    if name in shipped_stacks():
        return True
    path = Path(name)
    # An empty text is no path, though `Path` takes it for the folder at hand.
    return bool(name) and exists(path) and path.is_file() and bool(found_at(path).stacks)


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
