"""The command group: its commands, its exit codes, and how faults are told.

Exit codes: 0 fine; 1 the answer is no (a failed case, a failed check, nothing recommended); 2 misuse or invalid input.
"""

import errno
import sys
from typing import Any

import click

from steelyard.cli.exits import ExitCode
from steelyard.cli.lazy import LazyCommands
from steelyard.diagnostics import FaultsError, render_all

_COMMANDS = LazyCommands(
    ("ask", "batch", "check", "compare", "key", "mcp", "new", "recommend", "replay", "rules", "schema", "serve", "test")
)


class _Group(click.Group):
    """A group whose commands may raise `FaultsError`: invalid input is told with its place, and exits with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Invokes a command."""
        try:
            return super().invoke(ctx)
        except FaultsError as error:
            click.echo(render_all(error.diagnostics), err=True)
            ctx.exit(ExitCode.MISUSE)


@click.group(cls=_Group, commands=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="steelyard", prog_name="steelyard", message="%(prog)s %(version)s")
def steelyard() -> None:
    """Weigh what a project needs and name the candidate that fits, with a reason behind every point."""


def main() -> None:
    """Runs the command with the process's arguments."""
    try:
        steelyard(prog_name="steelyard")
    except OSError as error:
        # What is read is told about where it is read; this is an answer that cannot be written.
        if error.errno not in (errno.ENOSPC, errno.EIO):
            raise
        click.echo(f"Error: the output cannot be written: {(error.strerror or 'no reason given').lower()}", err=True)
        sys.exit(ExitCode.MISUSE)
