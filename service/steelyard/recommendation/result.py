"""The answer as frozen data, and as the document that every interface gives."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from steelyard.model import Importance, Ruleset
from steelyard.recommendation.outcome import Outcome

if TYPE_CHECKING:
    from steelyard.recommendation.explanation import Explanation, Relaxation


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one fired rule says of one candidate.

    Attributes:
        rule: the rule's id; None where the candidate is excluded by its own dates.
        criterion: the id of the rule's criterion; None likewise.
        title: the rule's title.
        needs: the needs on which the fired rule rests.
        importance: the importance of the fired rule; None likewise.
        rating: the word of the rating; None likewise.
        weight: the effective weight, above 0; 0 likewise.
        points: what it adds to the score, from -50 to 50.
        because: the reason in words, if the author gave one.
        evidence: ids of the evidence.
        veto: whether this reason excludes the candidate.
    """

    rule: str | None
    criterion: str | None
    title: str
    needs: tuple[str, ...]
    importance: Importance | None
    rating: str | None
    weight: float
    points: float
    because: str | None
    evidence: tuple[str, ...]
    veto: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The reason as plain data."""
        return {
            "rule": self.rule,
            "criterion": self.criterion,
            "title": self.title,
            "needs": list(self.needs),
            "importance": self.importance,
            "rating": self.rating,
            "weight": self.weight,
            "points": self.points,
            "because": self.because,
            "evidence": list(self.evidence),
            "veto": self.veto,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A candidate with its score (0 to 100), how much of what was asked is known of it (0 to 1), and its reasons."""

    candidate: str
    name: str
    score: float
    rated: float
    reasons: tuple[Reason, ...]

    def to_dict(self) -> dict[str, Any]:
        """The candidate as plain data."""
        return {
            "candidate": self.candidate,
            "name": self.name,
            "score": self.score,
            "rated": self.rated,
            "reasons": [reason.to_dict() for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked(Weighed):
    """A candidate in the ranking; 1 is the best rank, and equals share one."""

    rank: int

    def to_dict(self) -> dict[str, Any]:
        """The candidate as plain data, its rank first."""
        return {"rank": self.rank, **super(Ranked, self).to_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded(Weighed):
    """A candidate that is out of the question; the reasons with `veto` say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """The candidate that fits best.

    Attributes:
        lead: points between it and the next in the ranking; None without a rival.
        robustness: the share, 0 to 1, by which every weight may be wrong before a rival draws level; None likewise.
        tied_with: the others that share rank 1.
    """

    candidate: str
    name: str
    score: float
    lead: float | None
    robustness: float | None
    tied_with: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The winner as plain data; `tied_with` only where there is a tie."""
        told: dict[str, Any] = {
            "candidate": self.candidate,
            "name": self.name,
            "score": self.score,
            "lead": self.lead,
            "robustness": self.robustness,
        }
        return {**told, "tied_with": list(self.tied_with)} if self.tied_with else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """A rule that fired, with the needs it rests on, its importance and its effective weight."""

    rule: str
    needs: tuple[str, ...]
    importance: Importance
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Evidence that a reason names, and whether it is stale on the day asked about."""

    title: str
    url: str | None
    source: str | None
    published: date
    stale: bool

    @classmethod
    def by(cls, ruleset: Ruleset, key: str, day: date) -> "Cited":
        """A piece of the ruleset's evidence as it is cited on the day."""
        evidence = ruleset.evidence[key]
        return cls(
            title=evidence.title,
            url=evidence.url,
            source=evidence.source,
            published=evidence.published,
            stale=ruleset.is_stale(evidence, day),
        )

    def to_dict(self) -> dict[str, Any]:
        """The evidence as plain data."""
        return {
            "title": self.title,
            "url": self.url,
            "source": self.source,
            "published": self.published.isoformat(),
            "stale": self.stale,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesetIdentity:
    """Which ruleset answered: its id, its version, and the digest of its content."""

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The answer to a request. `to_dict` gives the document that HTTP and the command line give.

    Attributes:
        summary: one or two sentences to pass on: who fits best, why, what speaks against it, and how firm that is.
        headline: the same without the reasons, to stand above them; no part of the document.
        relax: where every candidate is excluded, the smallest sets of musts to give up.
        explained: what the request wanted explained, if anything.
    """

    id: str
    ruleset: RulesetIdentity
    as_of: date
    requirements: Mapping[str, Mapping[str, Any]] = field(hash=False)
    unanswered: tuple[str, ...]
    outcome: Outcome
    recommended: Recommended | None
    summary: str
    headline: str
    ranking: tuple[Ranked, ...]
    excluded: tuple[Excluded, ...]
    evidence: Mapping[str, Cited] = field(hash=False)
    fired: tuple[Fired, ...]
    relax: "tuple[Relaxation, ...]" = ()
    explained: "Explanation | None" = None

    @property
    def explanation(self) -> "Explanation":
        """What the request wanted explained; nothing, if it wanted nothing."""
        # Imported here: few answers are explained, and the others need not wait for what explanations are made of.
        from steelyard.recommendation.explanation import Explanation  # noqa: PLC0415

        return self.explained or Explanation()

    @property
    def is_explained(self) -> bool:
        """Whether there is more to tell than the answer itself."""
        return bool(self.relax) or self.explained is not None

    @property
    def settled(self) -> bool | None:
        """Whether no answer to a single open need would change who is recommended; None if that was not asked."""
        return self.explained.settled if self.explained is not None else None

    @property
    def rests_on_needs(self) -> bool:
        """Whether a rule fired that reads a need, and not only rules that hold for every project."""
        return any(rule.needs for rule in self.fired)

    def to_dict(self) -> dict[str, Any]:
        """The recommendation as plain data, ready for JSON."""
        return {
            "id": self.id,
            "ruleset": {
                "id": self.ruleset.id,
                "version": self.ruleset.version,
                "digest": self.ruleset.digest,
            },
            "as_of": self.as_of.isoformat(),
            "requirements": {need: dict(requirement) for need, requirement in self.requirements.items()},
            "unanswered": list(self.unanswered),
            "outcome": self.outcome.value,
            "settled": self.settled,
            "recommended": self.recommended and self.recommended.to_dict(),
            "summary": self.summary,
            "ranking": [ranked.to_dict() for ranked in self.ranking],
            "excluded": [excluded.to_dict() for excluded in self.excluded],
            "evidence": {key: cited.to_dict() for key, cited in self.evidence.items()},
            "relax": [each.to_dict() for each in self.relax],
            **(self.explained.to_dict() if self.explained is not None else {}),
        }

    def to_json(self) -> str:
        """The document as JSON text on one line: the same characters from every interface."""
        return to_json_text(self.to_dict())


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def to_json_text(document: Any) -> str:
    """Plain data as compact JSON; what is not ASCII stays readable."""
    return _ENCODER.encode(document)
