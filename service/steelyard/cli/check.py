"""`steelyard check`: tell an author exactly what is wrong."""

import json
from collections.abc import Sequence
from importlib.metadata import version as installed_version
from pathlib import Path

import click

from steelyard.cli.exits import ExitCode
from steelyard.diagnostics import has_errors, render_all, tally, to_json, to_sarif
from steelyard.library import Checked, check_path, ruleset_paths
from steelyard.model import Ruleset


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.pass_context
def check(ctx: click.Context, paths: Sequence[Path], *, strict: bool, format_: str) -> None:
    """Check the rulesets at each PATH: a YAML file, a folder of them, or a folder of such folders.

    Every fault is told at once, with its place. Exits with 1 if there are errors.
    """
    found = [(each, check_path(each, strict=strict)) for path in paths for each in ruleset_paths(path)]
    diagnostics = [diagnostic for _, checked in found for diagnostic in checked.diagnostics]
    if format_ == "text":
        click.echo("\n".join(_told(path, checked) for path, checked in found))
    elif format_ == "json":
        rulesets = [_as_data(path, checked) for path, checked in found]
        click.echo(json.dumps({"ok": not has_errors(diagnostics), "rulesets": rulesets}, indent=2))
    else:
        click.echo(json.dumps(to_sarif(diagnostics, tool_version=installed_version("steelyard")), indent=2))
    ctx.exit(ExitCode.NO if has_errors(diagnostics) else ExitCode.FINE)


def _told(path: Path, checked: Checked) -> str:
    what = f"{_counts(checked.ruleset)}, " if checked.ruleset else ""
    head = f"{path}: {what}{tally(checked.diagnostics)}"
    return f"{render_all(checked.diagnostics)}\n{head}" if checked.diagnostics else head


def _counts(ruleset: Ruleset) -> str:
    ratings = sum(1 for _ in ruleset.ratings())
    return f"{len(ruleset.rules)} rules, {ratings} ratings, {len(ruleset.cases)} cases"


def _as_data(path: Path, checked: Checked) -> dict[str, object]:
    return {
        "path": str(path),
        "id": checked.ruleset and checked.ruleset.id,
        "diagnostics": [to_json(diagnostic) for diagnostic in checked.diagnostics],
    }
