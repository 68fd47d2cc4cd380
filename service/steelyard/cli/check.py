"""`steelyard check`: tell an author exactly what is wrong."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from steelyard.cli.exits import ExitCode
from steelyard.diagnostics import Diagnostic, has_errors, render_all, tally, to_json, to_sarif
from steelyard.library import Checked, check_path, found_at
from steelyard.model import Ruleset
from steelyard.recommendation import counted
from steelyard.stack import CheckedStack, Rulesets, Stack, check_stack


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.pass_context
def check(ctx: click.Context, paths: Sequence[Path], *, strict: bool, format_: str) -> None:
    """Check the rulesets and stacks at each PATH: a YAML file, a folder of them, or a folder of such folders.

    Every fault is told at once, with its place. Exits with 1 if there are errors.
    """
    places = [found_at(path) for path in paths]
    rulesets = {each: check_path(each, strict=strict) for place in places for each in place.rulesets}
    at_hand = Rulesets(rulesets.values())
    stacks = {each: check_stack(each, at_hand) for place in places for each in place.stacks}
    found: list[tuple[Path, Checked | CheckedStack]] = [*rulesets.items(), *stacks.items()]
    diagnostics = [diagnostic for _, checked in found for diagnostic in checked.diagnostics]
    if format_ == "text":
        click.echo("\n".join(_told(path, checked) for path, checked in found))
    elif format_ == "json":
        report = {
            "ok": not has_errors(diagnostics),
            "rulesets": [_as_data(path, each.ruleset, each.diagnostics) for path, each in rulesets.items()],
            "stacks": [_as_data(path, each.stack, each.diagnostics) for path, each in stacks.items()],
        }
        click.echo(json.dumps(report, indent=2))
    else:
        click.echo(json.dumps(_as_sarif(diagnostics), indent=2))
    ctx.exit(ExitCode.NO if has_errors(diagnostics) else ExitCode.FINE)


def _told(path: Path, checked: Checked | CheckedStack) -> str:
    sound = checked.ruleset if isinstance(checked, Checked) else checked.stack
    what = f"{_counts(sound)}, " if sound else ""
    head = f"{path}: {what}{tally(checked.diagnostics)}"
    return f"{render_all(checked.diagnostics)}\n{head}" if checked.diagnostics else head


def _counts(sound: Ruleset | Stack) -> str:
    if isinstance(sound, Stack):
        return f"a stack of {counted(len(sound.parts), 'part')}, {counted(len(sound.needs), 'need')}"
    ratings = sum(1 for _ in sound.ratings())
    return f"{counted(len(sound.rules), 'rule')}, {counted(ratings, 'rating')}, {counted(len(sound.cases), 'case')}"


def _as_sarif(diagnostics: Sequence[Diagnostic]) -> dict[str, object]:
    # Imported here: it takes longer than a small ruleset, and only editors ask for it.
    from importlib.metadata import version  # noqa: PLC0415

    return to_sarif(diagnostics, tool_version=version("steelyard"))


def _as_data(path: Path, sound: Ruleset | Stack | None, diagnostics: Sequence[Diagnostic]) -> dict[str, object]:
    return {
        "path": str(path),
        "id": sound and sound.id,
        "diagnostics": [to_json(diagnostic) for diagnostic in diagnostics],
    }
