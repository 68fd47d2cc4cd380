"""From a request, whoever sent it, to validated requirements. A shape is read; nothing is guessed."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from steelyard.diagnostics import Code, Diagnostic, FaultsError, fault, quote, suggestion
from steelyard.model import Importance, Need, Request, Requirement, Ruleset, Topic
from steelyard.reader import MOST_FAULTS
from steelyard.requirements.at_once import SoundAnswers
from steelyard.shape import (
    DAY,
    IDENTIFIER,
    IMPORTANCE,
    TEXT,
    TOPIC,
    Shape,
    Value,
    day,
    identifier,
    importance,
    listed,
    listed_schema,
    read_answer,
    read_shape,
    shape_schema,
    text,
    topic,
)


class RequestError(FaultsError):
    """A request is faulty; `diagnostics` holds every fault found."""


def today() -> date:
    """The day that is meant where none is said: today in UTC."""
    return datetime.now(UTC).date()


_ANSWER = {
    "description": "True or false, an option's id, a list of them, or a number.",
    "anyOf": [{"type": "boolean"}, TEXT, listed_schema(TEXT), {"type": "number"}],
}
_IMPORTANCE = {"description": "How much the answer matters; `should` if it is not said.", **IMPORTANCE}


class _RequirementShape(Shape):
    noun = "a requirement"
    value = Value(lambda value: value, required=True, described=_ANSWER)
    importance = Value(importance, described=_IMPORTANCE)


class _RequirementsShape(Shape):
    noun = "requirements by need"
    unknown_code = Code.REQUEST_UNKNOWN_NEED

    def unknown_key(self, key: str) -> Diagnostic:
        """The fault of a need that the ruleset does not have."""
        message, help_ = f"unknown need {quote(key)}", suggestion(key, self.fields)
        return fault(self.unknown_code, message, (key,), at_key=True, help=help_)


_REQUIREMENT = _RequirementShape()
_REQUIREMENTS = {
    "description": "Answers by need: a value, or a value with how much it matters.",
    "type": "object",
    "additionalProperties": {"anyOf": [*_ANSWER["anyOf"], shape_schema(_REQUIREMENT)]},
}
_AS_OF = {"description": "The day whose knowledge is used; today in UTC if it is not said.", **DAY}
_CANDIDATES = {
    "description": "The candidates that are weighed; all if it is not said.",
    **listed_schema(IDENTIFIER, empty=False),
}
_EXPLAIN = {"description": "What is explained beside the answer itself.", **listed_schema(TOPIC)}
_COMPARE = {
    "description": "Two candidates that are set beside each other. Where `candidates` are named, they are among them.",
    **listed_schema(IDENTIFIER, empty=False),
    "minItems": 2,
    "maxItems": 2,
}


class _EnvelopeShape(Shape):
    noun = "a request"
    ruleset = Value(text, described={"description": "The ruleset that is asked.", **TEXT})
    stack = Value(text, described={"description": "The stack that is asked, in place of a ruleset.", **TEXT})
    as_of = Value(day, described=_AS_OF)
    requirements = Value(lambda value: value, required=True, described=_REQUIREMENTS)
    candidates = Value(lambda value: listed(value, identifier, empty=False), described=_CANDIDATES)
    explain = Value(lambda value: listed(value, topic), described=_EXPLAIN)
    compare = Value(lambda value: listed(value, identifier, empty=False), described=_COMPARE)


_ENVELOPE = _EnvelopeShape()


class RequestReader:
    """Reads requests to one ruleset."""

    def __init__(
        self,
        needs: Mapping[str, Need],
        candidates: Collection[str],
        *,
        rivals: Iterable[Collection[str]] | None = None,
        broken: frozenset[str] = frozenset(),
    ) -> None:
        """Prepares for the needs and candidates of a ruleset, or of a stack of them.

        Args:
            needs: the needs that can be answered.
            candidates: the candidates that can be asked for.
            rivals: the candidates by the question that they answer; all answer the same one, if not given.
            broken: ids of needs whose declaration is faulty; answers to them are passed over.
        """
        fields = {need.id: Value(_requirement_of(need)) for need in needs.values()}
        skipped = {need: Value(lambda value: value) for need in broken}
        self._shape: Shape = _RequirementsShape({**fields, **skipped})
        self._needs = needs
        self._candidates = tuple(candidates)
        self._known_candidates = frozenset(self._candidates)
        # What is answered to needs that are broken is passed over, which is nothing to do in a hurry.
        self._sound = None if broken else SoundAnswers(needs)
        self._groups = [frozenset(group) for group in (rivals if rivals is not None else (candidates,))]

    @classmethod
    def of(cls, ruleset: Ruleset) -> "RequestReader":
        """The reader of requests to the ruleset."""
        return cls(ruleset.needs, ruleset.candidates)

    def read(self, data: Any, today: date) -> Request:
        """The request that the data holds: `{as_of?, requirements, candidates?, explain?, compare?}`.

        What it asks, a `ruleset` or a `stack`, is passed over, but for both at once.

        Args:
            data: plain data.
            today: the day that is meant when `as_of` is not given.

        Raises:
            RequestError: every fault in it, with its path.
        """
        return self._read_at_once(data, today) or self._read_thoroughly(data, today)

    def _read_at_once(self, data: Any, today: date) -> Request | None:
        """The request that the data holds, if it is sound and asks for no comparison; otherwise, mostly, None."""
        if self._sound is None or type(data) is not dict:
            return None
        if "compare" in data or ("ruleset" in data and "stack" in data):
            return None
        requirements = self._sound.read(data.get("requirements"))
        if requirements is None:
            return None
        readers = _ENVELOPE.readers
        try:
            said = {key: readers[key](value) for key, value in data.items() if key != "requirements"}
        except (FaultsError, KeyError):
            return None
        asked = said.get("candidates")
        if asked is not None and not self._known_candidates.issuperset(asked):
            return None
        return Request(
            as_of=said.get("as_of", today),
            requirements=requirements,
            candidates=self._restriction(asked),
            explain=frozenset(said.get("explain", ())),
        )

    def _read_thoroughly(self, data: Any, today: date) -> Request:
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
        compared = envelope.get("compare")
        faults += [*self._unknown("candidates", asked or ()), *self._unknown("compare", compared or ())]
        if compared is not None and self._candidates:
            faults += self._not_comparable(compared, asked or ())
        if faults:
            raise RequestError(faults)
        return Request(
            as_of=envelope.get("as_of", today),
            requirements=requirements,
            candidates=self._restriction(asked),
            explain=frozenset(envelope.get("explain", ())),
            compare=compared,
        )

    def _unknown(self, key: str, named: Sequence[str]) -> list[Diagnostic]:
        """The faults of candidates that the ruleset does not have."""
        unknown = [(place, each) for place, each in enumerate(named) if each not in self._candidates]
        return [
            fault(
                Code.REQUEST_UNKNOWN_CANDIDATE,
                f"unknown candidate {quote(candidate)}",
                (key, place),
                help=suggestion(candidate, self._candidates),
            )
            for place, candidate in unknown[:MOST_FAULTS]
        ]

    def _not_comparable(self, compared: Sequence[str], asked: Collection[str]) -> Iterator[Diagnostic]:
        """The faults of a comparison that are none of its single candidates."""
        if len(compared) != 2:
            message = f"two candidates are compared, not {len(compared)}"
            yield fault(Code.REQUEST_CANNOT_COMPARE, message, ("compare",))
            return
        rivals = [group for group in self._groups if group.issuperset(compared)]
        if not rivals and set(compared) <= set(self._candidates):
            message = f"{quote(compared[0])} and {quote(compared[1])} are answers to different questions"
            yield fault(Code.REQUEST_CANNOT_COMPARE, message, ("compare",))
        if rivals and not any(group.isdisjoint(asked) or set(compared) <= set(asked) for group in rivals):
            place = 0 if compared[0] not in asked else 1
            message = f"{quote(compared[place])} is compared, but is not among the candidates asked about"
            help_ = "name it in `candidates` too, or leave `candidates` out"
            yield fault(Code.REQUEST_CANNOT_COMPARE, message, ("compare", place), help=help_)

    def _restriction(self, asked: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """The candidates asked for, in the ruleset's order; None for all, however that was said."""
        if asked is None or len(asked) == len(self._candidates):
            return None
        return tuple(each for each in self._candidates if each in asked)


def request_schema_of(**more: Mapping[str, Any]) -> dict[str, Any]:
    """A request as JSON Schema: what it can say whatever is asked, and by key what is known more closely."""
    return shape_schema(_ENVELOPE, **more)


def requirement_schema(**more: Mapping[str, Any]) -> dict[str, Any]:
    """A requirement written as a mapping, as JSON Schema, and by key what is known more closely."""
    return shape_schema(_REQUIREMENT, **more)


def wanted_ruleset(data: Any) -> str | None:
    """The ruleset that a request names, if it names one in a form that can be read."""
    return _wanted("ruleset", data)


def wanted_stack(data: Any) -> str | None:
    """The stack that a request names, if it names one in a form that can be read."""
    return _wanted("stack", data)


def _wanted(key: str, data: Any) -> str | None:
    named = data.get(key) if isinstance(data, Mapping) else None
    return str.__str__(named) if isinstance(named, str) else None


def as_of_a_record(data: Any) -> Any:
    """The request for a decision record: it tells what would change the answer, unless the request says otherwise."""
    if isinstance(data, Mapping) and "explain" not in data:
        return {**data, "explain": [Topic.QUESTIONS.value, Topic.CHANGES.value]}
    return data


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
