"""`steelyard test`: run an author's cases."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from steelyard.casefile import coverage_of, report_data, report_text, run_cases
from steelyard.cli.exits import ExitCode
from steelyard.library import check_path, ruleset_paths
from steelyard.requirements import today


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--min-coverage",
    type=click.FloatRange(0, 100),
    default=0,
    metavar="PERCENT",
    help="Fail if the cases of a ruleset fire a smaller share of its rules and ratings.",
)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def test(ctx: click.Context, paths: Sequence[Path], *, min_coverage: float, format_: str) -> None:
    """Run the cases of the rulesets at each PATH.

    A failed case is told with what was expected, what came, and the points that made it so. Exits with 1 if a case
    fails, if a ruleset has no cases, or if too little is covered.
    """
    as_of = today()
    fine = True
    reports = []
    for path in (each for named in paths for each in ruleset_paths(named)):
        ruleset = check_path(path).required()
        results = run_cases(ruleset, as_of)
        coverage = coverage_of(ruleset, results)
        fine &= bool(results) and all(result.passed for result in results) and coverage.percent >= min_coverage
        reports.append({"ruleset": ruleset.id, "path": str(path), **report_data(results, coverage)})
        if format_ == "text":
            click.echo(f"{ruleset.id}\n{report_text(results, coverage)}")
            if coverage.percent < min_coverage:
                click.echo(f"That is less than the {min_coverage:g} % demanded.")
    if format_ == "json":
        click.echo(json.dumps({"ok": fine, "rulesets": reports}, indent=2))
    ctx.exit(ExitCode.FINE if fine else ExitCode.NO)
