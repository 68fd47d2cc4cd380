"""The public answer that is written at once: its document as JSON, and the little that a service wants to know."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from steelyard.model import Request
from steelyard.recommendation import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAnswer:
    """The answer of a ruleset as JSON.

    Attributes:
        id: the id of the answer.
        outcome: what it comes to.
        recommended: the id of the candidate that fits best, the first of them in a tie; None if none is recommended.
        request: the request as it was read.
        json: the document of `Answer.to_json`, in UTF-8, without a line end.
    """

    id: str
    outcome: Outcome
    recommended: str | None
    request: Request
    json: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenStackAnswer:
    """The answer of a stack as JSON.

    Attributes:
        id: the id of the answer.
        outcomes: what it comes to, by part.
        recommended: by part, as for a ruleset.
        request: the request as it was read.
        json: the document of `StackAnswer.to_json`, in UTF-8, without a line end.
    """

    id: str
    outcomes: Mapping[str, Outcome] = field(hash=False)
    recommended: Mapping[str, str | None] = field(hash=False)
    request: Request
    json: bytes = field(repr=False)
