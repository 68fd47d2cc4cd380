"""`steelyard compare`: tell which answers differ on two days, or by two rulesets, and which points moved."""

from collections.abc import Iterable, Sequence
from datetime import date

import click

from steelyard.api import load
from steelyard.cli.asking import Asking, takes_request
from steelyard.cli.exits import ExitCode
from steelyard.cli.naming import named, naming_nothing
from steelyard.cli.parameters import DAY
from steelyard.cli.view import View
from steelyard.diagnostics import Diagnostic, FaultsError
from steelyard.model import Ruleset
from steelyard.reader import Document
from steelyard.render.revision import revision_page, survey_page
from steelyard.requirements import today
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
    if rulesets:
        document = naming_nothing(document)
    models = _loaded(rulesets) if rulesets else [_of_file(document)]
    # What is said once is said of both sides.
    before, after = (Side(models[place], days[place] if days else None) for place in (0, -1))
    sides = Sides(before, after)
    if asking.asks_something:
        view, differs = _one(sides, asking, document, everything=everything)
    else:
        view, differs = _many(sides, everything=everything)
    click.echo(view.rendered(format_), nl=False)
    ctx.exit(ExitCode.NO if check and differs else ExitCode.FINE)


def _of_file(document: Document) -> Ruleset:
    """The ruleset that the file names, or the default."""
    if "stack" in document.data:
        raise click.UsageError("stacks are not compared; ask for one of their rulesets with --ruleset")
    return (named(document, "ruleset", load) if "ruleset" in document.data else load()).model


def _loaded(names: Iterable[str]) -> Sequence[Ruleset]:
    """The rulesets of these names; the faults of all of them are told."""
    loaded: dict[str, Ruleset] = {}
    faults: list[Diagnostic] = []
    for name in dict.fromkeys(names):
        try:
            loaded[name] = load(name).model
        except FaultsError as error:
            faults += error.diagnostics
    if faults:
        raise FaultsError(faults)
    return [loaded[name] for name in names]


def _one(sides: Sides, asking: Asking, document: Document, *, everything: bool) -> tuple[View, bool]:
    known = {**sides.after.ruleset.needs, **sides.before.ruleset.needs}
    given = asking.given(document, known)
    try:
        posed = sides.pose(given.data, today())
    except FaultsError as error:
        raise FaultsError(given.located(error.diagnostics)) from None
    revision = sides.compare(posed)
    page = revision_page(revision, posed.left_out, everything=everything)
    return View(page, lambda: revision_document(revision, posed.left_out)), revision.differs


def _many(sides: Sides, *, everything: bool) -> tuple[View, bool]:
    found = survey(sides, today())
    if not found.compared and not found.passed_over:
        raise click.UsageError("the rulesets have no cases: say what is asked")
    page = survey_page(found, sides, everything=everything)
    return View(page, lambda: survey_document(found)), bool(found.differing)
