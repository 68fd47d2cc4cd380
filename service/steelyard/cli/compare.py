"""`steelyard compare`: tell which answers differ on two days, or by two rulesets, and which points moved."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import click

from steelyard.api import load
from steelyard.cli.asking import Asking, takes_request
from steelyard.cli.exits import ExitCode
from steelyard.cli.parameters import DAY, today
from steelyard.cli.view import View
from steelyard.diagnostics import FaultsError
from steelyard.library import DEFAULT_RULESET
from steelyard.reader import Document
from steelyard.render.revision import revision_page, survey_page
from steelyard.requirements import wanted_ruleset
from steelyard.revision import Side, Sides, revision_document, survey, survey_document


@click.command()
@takes_request
@click.option("--as-of", "days", multiple=True, type=DAY, metavar="YYYY-MM-DD", help="The days; once, the day of both.")
@click.option("--ruleset", "rulesets", multiple=True, metavar="ID|PATH", help="The rulesets; once, that of both days.")
@click.option("--all", "everything", is_flag=True, help="List the answers that agree too, and every rule.")
@click.option("--check", is_flag=True, help="Exit with 1 if any answer differs.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@click.pass_context
def compare(  # noqa: PLR0913  one argument for each option, passed by name
    ctx: click.Context,
    *,
    asking: Asking,
    days: Sequence[date],
    rulesets: Sequence[str],
    everything: bool,
    check: bool,
    format_: str,
) -> None:
    """Ask twice, and tell what became of the answer: on two days, of two rulesets, or both.

    Say --as-of twice, or --ruleset twice (two ids, or the paths of two versions). Without a request, the questions
    of all the rulesets' cases are asked; where no day is said, each about its own.
    """
    if len(days) > 2 or len(rulesets) > 2 or 2 not in (len(days), len(rulesets)):
        raise click.UsageError("say --as-of twice, or --ruleset twice, or each of them twice")
    document = asking.document()
    named = rulesets or [_named(document)]
    sides = Sides(*_sides(named, days))
    if asking.asks_something:
        view, differs = _one(sides, asking, document, everything=everything)
    else:
        view, differs = _many(sides, everything=everything)
    click.echo(view.rendered(format_), nl=False)
    ctx.exit(ExitCode.NO if check and differs else ExitCode.FINE)


def _named(document: Document) -> str:
    """The ruleset that the file names, or the default."""
    if isinstance(document.data, Mapping) and "stack" in document.data:
        raise click.UsageError("stacks are not compared; ask for one of their rulesets with --ruleset")
    return wanted_ruleset(document.data) or DEFAULT_RULESET


def _sides(rulesets: Sequence[str], days: Sequence[date]) -> Iterator[Side]:
    """Two sides: what is said once is said of both."""
    models = [load(name).model for name in rulesets]
    for place in (0, -1):
        yield Side(models[place], days[place] if days else None)


def _one(sides: Sides, asking: Asking, document: Document, *, everything: bool) -> tuple[View, bool]:
    known = {**sides.after.ruleset.needs, **sides.before.ruleset.needs}
    given = asking.given(document, known)
    try:
        posed = sides.pose(given.data, today())
    except FaultsError as error:
        raise FaultsError(given.located(error.diagnostics)) from None
    revision = sides.compare(posed)
    page = revision_page(revision, posed.left_out, everything=everything)
    return View(page, revision_document(revision, posed.left_out)), revision.differs


def _many(sides: Sides, *, everything: bool) -> tuple[View, bool]:
    found = survey(sides, today())
    if not found.compared and not found.passed_over:
        raise click.UsageError("the rulesets have no cases: say what is asked")
    return View(survey_page(found, sides, everything=everything), survey_document(found)), bool(found.differing)
