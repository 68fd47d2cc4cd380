"""One decision as a log keeps it: what was asked of which ruleset or stack, and what came of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Protocol, Self

from steelyard.model import Request, Requirement

Outcomes = str | Mapping[str, str]
"""What an answer came to; of a stack, by part."""

Chosen = str | None | Mapping[str, str | None]
"""The candidate that was recommended, the first of a tie, None for none; of a stack, by part."""


class Asked(Protocol):
    """Which ruleset or stack was asked; `Ruleset` and `Stack` themselves say it, as do the identities in answers."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def version(self) -> str:
        """Its version."""

    @property
    def digest(self) -> str:
        """The digest of its content, in hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """What is kept of one answer. Of what was asked, only what decides is: not what was to be explained.

    Attributes:
        id: the answer's id. It is a digest of all that was asked, so that whoever has the ruleset can find out by
            trying which answers, of few possible ones, were masked.
        time: when it was given, in UTC.
        asked: the id of the ruleset or the stack.
        version: its version.
        digest: the digest of its content.
        as_of: the day whose knowledge was used.
        requirements: by need, the value and the importance as plain data; without those that are masked.
        candidates: those that the request was restricted to; None for all.
        outcome: what the answer came to; of a stack, by part.
        recommended: the candidate that was recommended, the first of a tie, None for none; of a stack, by part.
        duration_ms: how long it took to answer, in milliseconds.
        request_id: the id of the request that asked.
        masked: the needs whose answers are not kept, by name.
    """

    id: str
    time: datetime
    asked: str
    version: str
    digest: str
    as_of: date
    requirements: Mapping[str, Mapping[str, Any]] = field(hash=False)
    candidates: tuple[str, ...] | None
    outcome: Outcomes = field(hash=False)
    recommended: Chosen = field(hash=False)
    duration_ms: float
    request_id: str
    masked: tuple[str, ...] = ()

    @property
    def is_of_a_stack(self) -> bool:
        """Whether a stack was asked, so that there is an outcome for each part."""
        return isinstance(self.outcome, Mapping)

    def without(self, needs: Collection[str]) -> Self:
        """The record without what was answered to these needs."""
        hidden = [need for need in self.requirements if need in needs]
        if not hidden:
            return self
        kept = {need: each for need, each in self.requirements.items() if need not in needs}
        return replace(self, requirements=kept, masked=(*self.masked, *hidden))

    def to_dict(self) -> dict[str, Any]:
        """The record as plain data, ready for JSON."""
        return {
            "id": self.id,
            "time": self.time.isoformat(),
            "stack" if self.is_of_a_stack else "ruleset": {
                "id": self.asked,
                "version": self.version,
                "digest": self.digest,
            },
            "as_of": self.as_of.isoformat(),
            "requirements": self.requirements,
            "candidates": self.candidates,
            "outcome": self.outcome,
            "recommended": self.recommended,
            "duration_ms": self.duration_ms,
            "request_id": self.request_id,
            "masked": self.masked,
        }

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """The record that plain data holds; keys that mean nothing here are passed over.

        Raises:
            ValueError: it is no record.
        """
        try:
            asked = data["stack" if "stack" in data else "ruleset"]
            record = cls(
                id=data["id"],
                time=datetime.fromisoformat(data["time"]).astimezone(UTC),
                asked=asked["id"],
                version=asked["version"],
                digest=asked["digest"],
                as_of=date.fromisoformat(data["as_of"]),
                requirements=data["requirements"],
                candidates=None if data["candidates"] is None else tuple(data["candidates"]),
                outcome=data["outcome"],
                recommended=data["recommended"],
                duration_ms=float(data["duration_ms"]),
                request_id=data["request_id"],
                masked=tuple(data["masked"]),
            )
        except (LookupError, TypeError, AttributeError, OverflowError) as error:
            raise ValueError("it is no record of a decision") from error
        if not record._is_sound(is_of_a_stack="stack" in data):
            raise ValueError("it is no record of a decision")
        return record

    def _is_sound(self, *, is_of_a_stack: bool) -> bool:
        """Whether everything that was taken as it stood is of its type."""
        texts = (
            self.id,
            self.asked,
            self.version,
            self.digest,
            self.request_id,
            *self.masked,
            *(self.candidates or ()),
        )
        return (
            all(isinstance(each, str) for each in texts)
            and _is_requirements(self.requirements)
            and (
                _is_by_part(self.outcome, self.recommended)
                if is_of_a_stack
                else isinstance(self.outcome, str) and isinstance(self.recommended, str | None)
            )
        )


def record_of(  # noqa: PLR0913  one argument for each part of the record, passed by name
    asked: Asked,
    request: Request,
    *,
    id: str,  # noqa: A002  the field it fills is called so
    outcome: Outcomes,
    recommended: Chosen,
    seconds: float,
    request_id: str,
    masked: Collection[str] = frozenset(),
) -> DecisionRecord:
    """The record of a decision that was made just now.

    Args:
        asked: the ruleset or the stack.
        request: what was asked of it.
        id: the id of the answer.
        outcome: what the answer came to; of a stack, by part.
        recommended: who is recommended, None for nobody; of a stack, by part.
        seconds: how long it took, in seconds.
        request_id: the id of the request.
        masked: the needs whose answers are not to be kept.
    """
    stated = request.requirements
    return DecisionRecord(
        id=id,
        time=datetime.now(UTC),
        asked=asked.id,
        version=asked.version,
        digest=asked.digest,
        as_of=request.as_of,
        requirements={need: _plain(each) for need, each in stated.items() if need not in masked},
        candidates=request.candidates,
        outcome=outcome,
        recommended=recommended,
        duration_ms=round(seconds * 1000, 3),
        request_id=request_id,
        masked=tuple([need for need in stated if need in masked]) if masked else (),
    )


def _plain(requirement: Requirement) -> dict[str, Any]:
    # Sorted, so that equal requests are equal here, without a look at the needs.
    value = requirement.value
    return {
        "value": sorted(value) if isinstance(value, frozenset) else value,
        "importance": requirement.importance.value,
    }


def _is_requirements(data: Any) -> bool:
    return isinstance(data, Mapping) and all(isinstance(each, Mapping) and "value" in each for each in data.values())


def _is_by_part(outcome: Any, recommended: Any) -> bool:
    return (
        isinstance(outcome, Mapping)
        and isinstance(recommended, Mapping)
        and outcome.keys() == recommended.keys()
        and all(isinstance(each, str) for each in outcome.values())
        and all(isinstance(each, str | None) for each in recommended.values())
    )
