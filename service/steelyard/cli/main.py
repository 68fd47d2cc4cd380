"""The command group: its commands, its exit codes, and how faults are told.

Exit codes: 0 fine; 1 the answer is no (a failed case, a failed check, nothing recommended); 2 misuse or invalid input.
"""

from importlib.metadata import version as installed_version
from typing import Any

import click

from steelyard.cli.check import check
from steelyard.cli.compare import compare
from steelyard.cli.exits import ExitCode
from steelyard.cli.recommend import recommend
from steelyard.cli.rules import rules
from steelyard.cli.serve import serve
from steelyard.cli.test import test
from steelyard.diagnostics import FaultsError, render_all


class _Group(click.Group):
    """A group whose commands may raise `FaultsError`: invalid input is told with its place, and exits with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Invokes a command."""
        try:
            return super().invoke(ctx)
        except FaultsError as error:
            click.echo(render_all(error.diagnostics), err=True)
            ctx.exit(ExitCode.MISUSE)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(installed_version("steelyard"), prog_name="steelyard", message="%(prog)s %(version)s")
def steelyard() -> None:
    """Weigh what a project needs and name the candidate that fits, with a reason behind every point."""


steelyard.add_command(recommend)
steelyard.add_command(rules)
steelyard.add_command(compare)
steelyard.add_command(check)
steelyard.add_command(test)
steelyard.add_command(serve)


def main() -> None:
    """Runs the command with the process's arguments."""
    steelyard(prog_name="steelyard")
