"""Which ruleset or stack a request asks."""

from collections.abc import Mapping
from typing import Any

from steelyard.api import Ruleset, Stack
from steelyard.diagnostics import Code, Diagnostic, fault, quote, suggestion
from steelyard.requirements import RequestError, faults_of_envelope, wanted_ruleset, wanted_stack
from steelyard.web.exchange import Exchange
from steelyard.web.keeping import Shelf


def chosen(exchange: Exchange, data: Any) -> Ruleset | Stack:
    """The stack or the ruleset that the request names, or else the default ruleset; the exchange is told.

    Raises:
        RequestError: there is no such thing. Told with it is every fault that shows without a ruleset.
    """
    exchange.asked = asked_in(exchange.shelf, data)
    return exchange.asked


def asked_in(shelf: Shelf, data: Any) -> Ruleset | Stack:
    """The stack or the ruleset that the request names, or else the default ruleset.

    Raises:
        RequestError: as for `chosen`.
    """
    if not isinstance(data, Mapping) or not ("ruleset" in data or "stack" in data):
        return shelf.default
    ruleset, stack = wanted_ruleset(data), wanted_stack(data)
    asked: Ruleset | Stack | None = None
    if "stack" not in data:
        asked = shelf.rulesets.get(ruleset or "")
    elif "ruleset" not in data:
        asked = shelf.stacks.get(stack or "")
    if asked is not None:
        return asked
    faults = faults_of_envelope(data)
    told = {each.path for each in faults}
    if ruleset is not None and ruleset not in shelf.rulesets and ("ruleset",) not in told:
        faults.append(unknown_ruleset(shelf, ruleset, ("ruleset",)))
    if stack is not None and stack not in shelf.stacks and ("stack",) not in told:
        faults.append(unknown_stack(shelf, stack, ("stack",)))
    raise RequestError(faults)


def unknown_ruleset(shelf: Shelf, named: str, path: tuple[str, ...] = ()) -> Diagnostic:
    """The fault of a ruleset that is not there."""
    message = f"no ruleset {quote(named)} is served"
    help_ = "there is a stack of this name" if named in shelf.stacks else suggestion(named, shelf.rulesets)
    return fault(Code.REQUEST_UNKNOWN_RULESET, message, path, help=help_)


def unknown_stack(shelf: Shelf, named: str, path: tuple[str, ...] = ()) -> Diagnostic:
    """The fault of a stack that is not there."""
    message = f"no stack {quote(named)} is served"
    help_ = "there is a ruleset of this name" if named in shelf.rulesets else suggestion(named, shelf.stacks)
    return fault(Code.REQUEST_UNKNOWN_STACK, message, path, help=help_)
