"""From a request, whoever sent it, to validated requirements. A shape is read; nothing is guessed."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any

from steelyard.diagnostics import Code, Diagnostic, FaultsError, Path, fault, quote, suggestion
from steelyard.model import Importance, Need, Request, Requirement, Ruleset
from steelyard.reader import MOST_FAULTS
from steelyard.shape import (
    Shape,
    Value,
    day,
    identifier,
    importance,
    listed,
    read_answer,
    read_shape,
    text,
)


class RequestError(FaultsError):
    """A request is faulty; `diagnostics` holds every fault found."""


def today() -> date:
    """The day that is meant where none is said: today in UTC."""
    return datetime.now(UTC).date()


class _RequirementShape(Shape):
    noun = "a requirement"
    value = Value(lambda value: value, required=True)
    importance = Value(importance)


class _RequirementsShape(Shape):
    noun = "requirements by need"
    unknown_code = Code.REQUEST_UNKNOWN_NEED

    def unknown_key(self, key: str) -> Diagnostic:
        """The fault of a need that the ruleset does not have."""
        message, help_ = f"unknown need {quote(key)}", suggestion(key, self.fields)
        return fault(self.unknown_code, message, (key,), at_key=True, help=help_)


class _EnvelopeShape(Shape):
    noun = "a request"
    ruleset = Value(text)
    stack = Value(text)
    as_of = Value(day)
    requirements = Value(lambda value: value, required=True)
    candidates = Value(lambda value: listed(value, identifier, empty=False))


_REQUIREMENT = _RequirementShape()
_ENVELOPE = _EnvelopeShape()


class RequestReader:
    """Reads requests to one ruleset."""

    def __init__(
        self,
        needs: Mapping[str, Need],
        candidates: Collection[str],
        *,
        broken: frozenset[str] = frozenset(),
    ) -> None:
        """Prepares for the needs and candidates of a ruleset.

        Args:
            needs: the needs that can be answered.
            candidates: the candidates that can be asked for.
            broken: ids of needs whose declaration is faulty; answers to them are passed over.
        """
        fields = {need.id: Value(_requirement_of(need)) for need in needs.values()}
        skipped = {need: Value(lambda value: value) for need in broken}
        self._shape: Shape = _RequirementsShape({**fields, **skipped})
        self._needs = needs
        self._candidates = tuple(candidates)

    @classmethod
    def of(cls, ruleset: Ruleset) -> "RequestReader":
        """The reader of requests to the ruleset."""
        return cls(ruleset.needs, ruleset.candidates)

    def read(self, data: Any, today: date) -> Request:
        """The request that the data holds: `{as_of?, requirements, candidates?}`.

        What it asks, a `ruleset` or a `stack`, is passed over, but for both at once.

        Args:
            data: plain data.
            today: the day that is meant when `as_of` is not given.

        Raises:
            RequestError: every fault in it, with its path.
        """
        envelope, faults = read_shape(_ENVELOPE, data)
        if isinstance(data, Mapping) and "ruleset" in data and "stack" in data:
            message = "the request names both a ruleset and a stack"
            faults.append(fault(Code.REQUEST_RULESET_AND_STACK, message, ("stack",), at_key=True, help="leave out one"))
        requirements: dict[str, Requirement] = {}
        if "requirements" in envelope:
            answered, found = read_shape(self._shape, envelope["requirements"])
            faults += FaultsError(found).under("requirements")
            requirements = {need: answered[need] for need in self._needs if need in answered}
        asked = envelope.get("candidates")
        unknown = [(place, each) for place, each in enumerate(asked or ()) if each not in self._candidates]
        for place, candidate in unknown[:MOST_FAULTS]:
            help_ = suggestion(candidate, self._candidates)
            path: Path = ("candidates", place)
            message = f"unknown candidate {quote(candidate)}"
            faults.append(fault(Code.REQUEST_UNKNOWN_CANDIDATE, message, path, help=help_))
        if faults:
            raise RequestError(faults)
        return Request(
            as_of=envelope.get("as_of", today),
            requirements=requirements,
            candidates=self._restriction(asked),
        )

    def _restriction(self, asked: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """The candidates asked for, in the ruleset's order; None for all, however that was said."""
        if asked is None or len(asked) == len(self._candidates):
            return None
        return tuple(each for each in self._candidates if each in asked)


def wanted_ruleset(data: Any) -> str | None:
    """The ruleset that a request names, if it names one in a form that can be read."""
    return _wanted("ruleset", data)


def wanted_stack(data: Any) -> str | None:
    """The stack that a request names, if it names one in a form that can be read."""
    return _wanted("stack", data)


def _wanted(key: str, data: Any) -> str | None:
    named = data.get(key) if isinstance(data, Mapping) else None
    return str.__str__(named) if isinstance(named, str) else None


def faults_of_envelope(data: Any) -> list[Diagnostic]:
    """The faults of a request, but for needs and candidates, of which only a ruleset could say whether they exist."""
    answers = data.get("requirements") if isinstance(data, Mapping) else None
    request = {**data, "requirements": {}} if isinstance(answers, Mapping) else data
    try:
        _NO_RULESET.read(request, date.max)
    except RequestError as error:
        return [each for each in error.diagnostics if each.code is not Code.REQUEST_UNKNOWN_CANDIDATE]
    return []


def _requirement_of(need: Need) -> Callable[[Any], Requirement]:
    def read(data: Any) -> Requirement:
        if not isinstance(data, Mapping):
            return Requirement(read_answer(need, data, Code.REQUEST_UNKNOWN_OPTION))
        stated, faults = read_shape(_REQUIREMENT, data)
        faults = [_no_value(need, data) if each.code is Code.KEY_MISSING else each for each in faults]
        value: Any = None
        if "value" in stated:
            try:
                value = read_answer(need, stated["value"], Code.REQUEST_UNKNOWN_OPTION)
            except FaultsError as error:
                faults += error.under("value")
        if faults:
            raise FaultsError(faults)
        return Requirement(value, stated.get("importance", Importance.SHOULD))

    return read


_NO_RULESET = RequestReader({}, {})


def _no_value(need: Need, data: Mapping[Any, Any]) -> Diagnostic:
    stated = data.get("importance")
    what = f"is a {stated}" if isinstance(stated, str) and stated in list(Importance) else "has an importance"
    message = f"{quote(need.id)} {what} but has no value" if data else f"{quote(need.id)} has no value"
    return fault(Code.REQUEST_NO_VALUE, message, help="answer the need, or leave it out")
