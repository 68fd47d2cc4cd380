"""Options that can be given as environment variables too, as those who run containers do."""

import os
from pathlib import Path
from typing import Any

import click

from steelyard.diagnostics import quote, suggestion

_FILE = "_FILE"


class EnvironmentCommand(click.Command):
    """A command whose every option has a variable of the same name; a variable that means nothing is refused."""

    def __init__(self, *args: Any, prefix: str, **kwargs: Any) -> None:
        """Takes what a command takes.

        Args:
            args: as for `click.Command`.
            prefix: what the names of all variables begin with, without the `_` after it.
            kwargs: as for `click.Command`.
        """
        super().__init__(*args, **kwargs)
        self._prefix = f"{prefix}_"
        for option in self._options():
            option.envvar = self._prefix + _name_of(option)
            option.show_envvar = True

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Reads the options.

        Raises:
            click.UsageError: a variable with the prefix is none of the command's.
        """
        known = self.variables()
        unknown = sorted(each for each in os.environ if each.startswith(self._prefix) and each not in known)
        if unknown:
            told = "; ".join(f"{quote(each)} ({suggestion(each, known)})" for each in unknown)
            raise click.UsageError(f"the environment has variables that mean nothing here: {told}")
        return super().make_context(*args, **kwargs)

    def variables(self) -> tuple[str, ...]:
        """The names of all variables, in the order of the options."""
        names: list[str] = []
        for option in self._options():
            name = self._prefix + _name_of(option)
            names += [name, name + _FILE] if isinstance(option, SecretOption) else [name]
        return tuple(names)

    def _options(self) -> list[click.Option]:
        return [each for each in self.params if isinstance(each, click.Option)]


class SecretOption(click.Option):
    """An option whose value may be a secret: it can be left in a file, which a variable ending in `_FILE` names."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """The value of the variable, or what the file holds.

        Raises:
            click.UsageError: both are given, or the file cannot be read.
        """
        value = super().resolve_envvar_value(ctx)
        variable = f"{self.envvar}{_FILE}"
        path = os.environ.get(variable)
        if not path:
            return value
        if value is not None:
            raise click.UsageError(f"both {self.envvar} and {variable} are set", ctx)
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise click.UsageError(f"the file {quote(path)} that {variable} names cannot be read", ctx) from None


def _name_of(option: click.Option) -> str:
    """The name of the long form of an option, as variables are written."""
    long = max(option.opts, key=len)
    return long.lstrip("-").upper().replace("-", "_")
