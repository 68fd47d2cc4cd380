"""The answer of a stack as frozen data, and as the document that every interface gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from steelyard.model import Importance
from steelyard.recommendation import Recommendation, to_json_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Where a part got its answer to a need that another part feeds.

    Attributes:
        value: the answer; None if that part recommends nothing, so that the need is left unanswered.
        source: the part whose answer it is; None if the request answered the need itself.
        importance: how much it matters.
        tied: whether that part is tied, and this is the first of the tie.
    """

    value: str | None
    source: str | None
    importance: Importance
    tied: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "value": self.value,
            "from": self.source,
            "importance": self.importance.value,
            "tied": self.tied,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class StackIdentity:
    """Which stack answered: its id, its version, and the digest of its content and of its rulesets."""

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StackRecommendation:
    """The answer to a request that asks a stack. `to_dict` gives the document that HTTP and the command line give.

    Attributes:
        requirements: what the request said, without what parts took of each other.
        unanswered: the needs that some part had to do without.
        parts: the recommendation of each part, by its id, in their order.
        taken: by part and need, what it took of an earlier part or, instead, of the request.
        candidates: those that the request named, if that restricted any part.
    """

    id: str
    stack: StackIdentity
    as_of: date
    requirements: Mapping[str, Mapping[str, Any]] = field(hash=False)
    unanswered: tuple[str, ...]
    summary: str
    parts: Mapping[str, Recommendation] = field(hash=False)
    taken: Mapping[str, Mapping[str, Taken]] = field(hash=False)
    candidates: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every part recommends something, if only as the first of a tie."""
        return all(part.recommended is not None for part in self.parts.values())

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return {
            "id": self.id,
            "stack": {"id": self.stack.id, "version": self.stack.version, "digest": self.stack.digest},
            "as_of": self.as_of.isoformat(),
            "requirements": {need: dict(requirement) for need, requirement in self.requirements.items()},
            "unanswered": list(self.unanswered),
            "summary": self.summary,
            "parts": [
                {
                    "part": part,
                    "ruleset": recommendation.ruleset.id,
                    "taken": {need: taken.to_dict() for need, taken in self.taken[part].items()},
                    "recommendation": recommendation.to_dict(),
                }
                for part, recommendation in self.parts.items()
            ],
        }

    def to_json(self) -> str:
        """The document as JSON text on one line: the same characters from every interface."""
        return to_json_text(self.to_dict())
