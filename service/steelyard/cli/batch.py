"""`steelyard batch`: answer every row of a file."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from steelyard.cli.exits import ExitCode
from steelyard.cli.parameters import DAY, takes
from steelyard.diagnostics import quote
from steelyard.library import DEFAULT_RULESET, find, load_path
from steelyard.model import Ruleset

if TYPE_CHECKING:
    from steelyard.batch import Batch, Runner

_MOST_TOLD = 20
_MISSING = 'NumPy and pyarrow are needed for this: pip install "steelyard[batch]"'


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What was typed."""

    in_: Path
    out: Path
    ruleset: str | None
    as_of: date | None
    candidates: Sequence[str]
    importance: Sequence[str]
    keep: Sequence[str]
    scores: bool
    fired: bool
    strict: bool
    quiet: bool


@dataclass(slots=True)
class _Tally:
    """What became of the rows so far."""

    name: str
    rows: int = 0
    bad: int = 0
    faults: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)

    def count(self, batch: "Batch") -> None:
        """Counts a piece, and tells the first faults of all."""
        for fault in batch.faults[: max(0, _MOST_TOLD - self.faults)]:
            column = f", column {fault.column}" if fault.column else ""
            help_ = f" ({fault.diagnostic.help})" if fault.diagnostic.help else ""
            message = f"{self.name}: row {self.rows + fault.row}{column}: {fault.diagnostic.message}{help_}"
            click.echo(message, err=True)
        self.faults += len(batch.faults)
        self.bad += len({fault.row for fault in batch.faults})
        self.rows += len(batch)
        outcomes = batch.outcome.tolist()
        for outcome in sorted(set(filter(None, outcomes))):
            self.outcomes[outcome] = self.outcomes.get(outcome, 0) + outcomes.count(outcome)

    def close(self, *, quiet: bool) -> None:
        """Tells what there is more, and the sum."""
        if self.faults > _MOST_TOLD:
            click.echo(f"{self.name}: {self.faults - _MOST_TOLD} more faults", err=True)
        if not quiet:
            parts = [f"{count:,} {outcome}" for outcome, count in sorted(self.outcomes.items())]
            parts += [f"{self.bad:,} faulty"] if self.bad else []
            click.echo(f"{self.rows:,} rows: {', '.join(parts) or 'nothing to answer'}", err=True)


_FILE = click.Path(path_type=Path, dir_okay=False)
_PARAMETERS = (
    click.argument("in_", metavar="IN", type=_FILE),
    click.argument("out", metavar="OUT", type=_FILE),
    click.option("--ruleset", metavar="ID|PATH", help="The ruleset to ask: one that ships, or a file or folder."),
    click.option("--as-of", type=DAY, metavar="YYYY-MM-DD", help="Use the knowledge of that day."),
    click.option(
        "--candidate", "candidates", multiple=True, metavar="ID", help="Weigh only this one; may be repeated."
    ),
    click.option("--importance", multiple=True, metavar="NEED=WORD", help="How important a need is in every row."),
    click.option("--scores", is_flag=True, help="Write the scores of all candidates too."),
    click.option("--fired", is_flag=True, help="Write the ids of the rules that fired too."),
    click.option("--keep", multiple=True, metavar="COLUMN", help="Carry a column over; may be repeated."),
    click.option("--strict", is_flag=True, help="Stop at faulty rows, and write nothing."),
    click.option("--quiet", is_flag=True, help="Show neither progress nor sum."),
)


@click.command()
@takes(*_PARAMETERS)
@click.pass_context
def batch(ctx: click.Context, /, **typed: Any) -> None:
    """Answer every row of a file, and write the answers to another.

    IN and OUT are Parquet, CSV or NDJSON, by their suffix. IN has a column for each need. Exits with 1 if some rows
    were faulty; they are told, and have no answer.
    """
    asked = _Typed(**typed)
    try:
        from steelyard.batch import Runner, files  # noqa: PLC0415  only this command needs NumPy
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("numpy", "pyarrow"):
            raise
        click.echo(_MISSING, err=True)
        ctx.exit(ExitCode.MISUSE)
    if asked.in_.resolve() == asked.out.resolve():
        raise click.UsageError("IN and OUT are the same file")
    files.kind_of(asked.in_)
    runner = _runner(Runner, load_path(find(asked.ruleset or DEFAULT_RULESET)), asked)
    tally = _Tally(str(asked.in_))
    with files.written(asked.out) as write, _progress(asked, files.rows_in(asked.in_)) as progress:
        for piece in files.pieces(asked.in_, runner, asked.keep):
            answered = runner.run(runner.source(piece.rows, asked.keep))
            tally.count(answered)
            if asked.strict and answered.faults:
                tally.close(quiet=True)
                ctx.exit(ExitCode.MISUSE)
            write(answered, piece.kept)
            progress.update(len(answered))
        if not tally.rows:
            write(runner.run(runner.source([])), None)
    tally.close(quiet=asked.quiet)
    ctx.exit(ExitCode.NO if tally.bad else ExitCode.FINE)


def _runner(of: "type[Runner]", ruleset: Ruleset, asked: _Typed) -> "Runner":
    from steelyard.batch import Wanted  # noqa: PLC0415  as above
    from steelyard.engine import Engine  # noqa: PLC0415
    from steelyard.requirements import RequestReader  # noqa: PLC0415

    wanted = Wanted(
        as_of=asked.as_of,
        candidates=asked.candidates or None,
        importance=dict(map(_importance, asked.importance)),
        scores=asked.scores,
        fired=asked.fired,
    )
    return of(Engine(ruleset).compiled, RequestReader.of(ruleset), wanted)


def _importance(text: str) -> tuple[str, str]:
    need, sign, word = text.partition("=")
    if not sign:
        raise click.BadParameter(f"{quote(text)} is not written NEED=WORD", param_hint="'--importance'")
    return need.strip(), word.strip()


def _progress(asked: _Typed, rows: int | None) -> Any:
    """The bar on standard error, if that is a terminal."""
    hidden = asked.quiet or sys.stderr is None or not sys.stderr.isatty()
    return click.progressbar(length=rows or 0, label=asked.in_.name, file=sys.stderr, hidden=hidden)
