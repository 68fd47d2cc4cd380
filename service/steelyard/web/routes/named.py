"""The ruleset or the stack that a path names."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from steelyard.api import Ruleset, Stack
from steelyard.diagnostics import Diagnostic
from steelyard.web.exchange import Exchange, the_exchange
from steelyard.web.keeping import Shelf
from steelyard.web.problems import UNKNOWN_RULESET, UNKNOWN_STACK, Problem, ProblemError, sentences
from steelyard.web.reading import unknown_ruleset, unknown_stack

_Asked = TypeVar("_Asked", Ruleset, Stack)


def named_ruleset(id_: str) -> Ruleset:
    """The ruleset that the path names; the exchange is told.

    Raises:
        ProblemError: there is none of that id.
    """
    exchange = the_exchange()
    return _named(exchange, exchange.shelf.rulesets, id_, UNKNOWN_RULESET, unknown_ruleset)


def named_stack(id_: str) -> Stack:
    """The stack that the path names; the exchange is told.

    Raises:
        ProblemError: there is none of that id.
    """
    exchange = the_exchange()
    return _named(exchange, exchange.shelf.stacks, id_, UNKNOWN_STACK, unknown_stack)


def _named(
    exchange: Exchange,
    served: Mapping[str, _Asked],
    id_: str,
    problem: Problem,
    unknown: Callable[[Shelf, str], Diagnostic],
) -> _Asked:
    asked = served.get(id_)
    if asked is None:
        fault = unknown(exchange.shelf, id_)
        raise ProblemError(problem, sentences(fault.message, fault.help), [fault])
    exchange.asked = asked
    return asked
