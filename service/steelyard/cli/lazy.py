"""Commands that are imported when they are wanted: one need not wait for what only the others do."""

from collections.abc import Iterable, Iterator, MutableMapping
from importlib import import_module

import click


class LazyCommands(MutableMapping[str, click.Command]):
    """Commands by name. Each is in the module of this package that is called like it, imported at its first use."""

    def __init__(self, names: Iterable[str]) -> None:
        """Takes the names; nothing is imported yet."""
        self._commands: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        command = self._commands[name]
        if command is None:
            command = self._commands[name] = _imported(name)
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        del self._commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)


def _imported(name: str) -> click.Command:
    command = getattr(import_module(f"steelyard.cli.{name}"), name)
    if not isinstance(command, click.Command):
        raise TypeError(f"{name} is not a command")
    return command
