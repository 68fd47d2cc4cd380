"""Values of options that are read before anything else is done."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import reduce
from typing import Any

import click

from steelyard.diagnostics import FaultsError, quote, suggestion
from steelyard.shape import day

_Command = Callable[..., None]


class Day(click.ParamType[date]):
    """A day, YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Reads the day, or says what is wrong with it."""
        try:
            return day(value)
        except FaultsError as error:
            first = error.diagnostics[0]
            self.fail(": ".join(filter(None, (first.message, first.help))), param, ctx)


DAY = Day()


def takes(*parameters: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    """Has a command take the parameters, which its help tells in this order."""
    return lambda command: reduce(lambda function, parameter: parameter(function), reversed(parameters), command)


def demand_known(option: str, name: str | None, known: Iterable[str], noun: str) -> None:
    """Refuses a name that is none of those known.

    Raises:
        click.BadParameter: it is none of them; what was probably meant is told with it.
    """
    names = tuple(known)
    if name is not None and name not in names:
        help_ = suggestion(name, names)
        message = f"no {noun} {quote(name)}" + (f": {help_}" if help_ else "")
        raise click.BadParameter(message, param_hint=f"'{option}'")
