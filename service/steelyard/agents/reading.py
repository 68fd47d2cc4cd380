"""Reading the arguments of a call: the request in them, and what the tool itself takes. All faults are told at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from steelyard.agents.served import Served
from steelyard.api import Ruleset
from steelyard.diagnostics import Code, Diagnostic, FaultsError, fault, quote, suggestion
from steelyard.model import Request
from steelyard.requirements import RequestError
from steelyard.shape import Shape, Value, listed, read_shape, refuse, text, word

Read = Callable[[Any, Ruleset], Any]
"""Reads an argument of a tool, for the ruleset that is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call whose arguments are sound.

    Attributes:
        ruleset: the ruleset that is asked.
        data: the request as it would be posted.
        request: the same, read.
        own: the values of the tool's own arguments, by name, of those that were given.
    """

    ruleset: Ruleset
    data: Mapping[str, Any] = field(hash=False)
    request: Request
    own: Mapping[str, Any] = field(hash=False)

    @property
    def is_full(self) -> bool:
        """Whether everything is to be told."""
        return self.own.get("detail") == "full"


class CallError(FaultsError):
    """The arguments of a call are faulty.

    Attributes:
        ruleset: the ruleset that was asked, if that could be told.
    """

    def __init__(self, diagnostics: list[Diagnostic], ruleset: Ruleset | None) -> None:
        super().__init__(diagnostics)
        self.ruleset = ruleset


def read_call(served: Served, arguments: Mapping[str, Any], taken: Mapping[str, Any], own: Mapping[str, Read]) -> Call:
    """Reads the arguments of a call. What is null is taken for what is not said, as strict modes want it.

    Args:
        served: what can be asked.
        arguments: what the model gave.
        taken: what the tool takes, as JSON Schema.
        own: the readers of those arguments that are no part of a request, by name.

    Raises:
        CallError: with every fault.
    """
    given = _said(arguments)
    ruleset, faults = _asked(served, given)
    required = taken.get("required", ())
    fields = {key: Value(_reader(own.get(key), ruleset), required=key in required) for key in taken["properties"]}
    sound, found = read_shape(Shape(fields), given)
    if ruleset is None:
        raise CallError([*faults, *found], None)
    found += _passed_over(sound)
    data = {"requirements": {}, **{key: value for key, value in sound.items() if key not in own}}
    try:
        request = ruleset.read(data)
    except RequestError as error:
        raise CallError([*found, *error.diagnostics], ruleset) from None
    if found:
        raise CallError(found, ruleset)
    return Call(ruleset=ruleset, data=data, request=request, own={key: sound[key] for key in own if key in sound})


def read_detail(value: Any, _: Ruleset) -> str:
    """How much is to be told."""
    return word(value, {"brief": "brief", "full": "full"}, "how much can be told")


def read_candidate(value: Any, ruleset: Ruleset) -> str:
    """A candidate of the ruleset."""
    found = text(value)
    if found not in ruleset.candidates:
        refuse(
            Code.REQUEST_UNKNOWN_CANDIDATE,
            f"unknown candidate {quote(found)}",
            suggestion(found, ruleset.candidates),
        )
    return found


def read_needs(value: Any, ruleset: Ruleset) -> tuple[str, ...]:
    """Needs of the ruleset, at least one."""
    return listed(value, lambda item: _need(item, ruleset), empty=False)


def read_skipped(value: Any, ruleset: Ruleset) -> tuple[str, ...]:
    """Needs of the ruleset, or none."""
    return listed(value, lambda item: _need(item, ruleset))


def _need(value: Any, ruleset: Ruleset) -> str:
    found = text(value)
    if found not in ruleset.needs:
        refuse(Code.REQUEST_UNKNOWN_NEED, f"unknown need {quote(found)}", suggestion(found, ruleset.needs))
    return found


def _passed_over(sound: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """The fault of a candidate that is to be explained, but not weighed."""
    candidate, asked = sound.get("candidate"), sound.get("candidates")
    if candidate is not None and isinstance(asked, list) and asked and candidate not in asked:
        message = f"{quote(candidate)} is to be explained, but is not among the candidates asked about"
        help_ = "name it in `candidates` too, or leave `candidates` out"
        yield fault(Code.VALUE_UNKNOWN_WORD, message, ("candidate",), help=help_)


def _reader(read: Read | None, ruleset: Ruleset | None) -> Callable[[Any], Any]:
    """The reader of an argument; what is part of a request, or of one to an unknown ruleset, is taken as it is."""
    if read is None or ruleset is None:
        return lambda value: value
    return lambda value: read(value, ruleset)


def _asked(served: Served, given: Mapping[str, Any]) -> tuple[Ruleset | None, list[Diagnostic]]:
    try:
        name = text(given["ruleset"]) if "ruleset" in given else None
    except FaultsError as error:
        return None, error.under("ruleset")
    try:
        return served.named(name), []
    except FaultsError as error:
        return None, list(error.diagnostics)


def _said(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments without what is null: of the call, of the requirements, and of each of them."""
    said = _without_nulls(arguments)
    requirements = said.get("requirements")
    if isinstance(requirements, Mapping):
        stated = _without_nulls(requirements)
        each = {
            need: _without_nulls(answer) if isinstance(answer, Mapping) else answer for need, answer in stated.items()
        }
        said["requirements"] = each
    return said


def _without_nulls(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}
