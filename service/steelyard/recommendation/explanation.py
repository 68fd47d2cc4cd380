"""What explains an answer: what to ask next, what would change it, and why one candidate is ahead of another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from steelyard.model import Importance, Topic
from steelyard.recommendation.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """What the answer would be if something else had been said.

    Attributes:
        outcome: what it would come to.
        recommended: the ids of those that would be recommended: one, all that tie, or none.
        lead: points between the best of the ranking and the next; None without a winner or without a second.
        scores: by id of every candidate asked about, 0 to 100.
    """

    outcome: Outcome
    recommended: tuple[str, ...]
    lead: float | None
    scores: Mapping[str, float] = field(hash=False)

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "outcome": self.outcome.value,
            "recommended": list(self.recommended),
            "lead": self.lead,
            "scores": dict(self.scores),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleAnswer:
    """One answer that a need can have, and what would be recommended under it.

    Attributes:
        value: the answer as it is posted: true or false, an option's id, a list of them, or a number.
        label: the answer in words; of a number, the whole range of numbers that come to the same.
        then: what the answer would be.
        flips: whether another candidate would be recommended than now, or others would tie.
    """

    value: Any = field(hash=False)
    label: str
    then: Then
    flips: bool

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {"value": self.value, "label": self.label, "flips": self.flips, **self.then.to_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A need that is unanswered, and whose answer can change who is recommended.

    Attributes:
        need: the need's id.
        question: the question in plain words.
        flips: the share of the answers, 0 to 1, under which another candidate would be recommended.
        moves: points by which the answers move the lead of the candidates that lead now, on average.
        answers: every answer that the rules tell apart.
    """

    need: str
    question: str
    flips: float
    moves: float
    answers: tuple[PossibleAnswer, ...]

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "need": self.need,
            "question": self.question,
            "flips": self.flips,
            "moves": self.moves,
            "answers": [each.to_dict() for each in self.answers],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One answer that is changed, withdrawn or given.

    Attributes:
        need: the need's id.
        before: the answer as it stands, as a value with its importance; None if the need is unanswered.
        after: what it becomes; None if it is withdrawn.
        words: the step as the start of a sentence: "if it did not have to run on iOS".
    """

    need: str
    before: Mapping[str, Any] | None = field(hash=False)
    after: Mapping[str, Any] | None = field(hash=False)
    words: str

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "need": self.need,
            "before": None if self.before is None else dict(self.before),
            "after": None if self.after is None else dict(self.after),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The smallest change of what was said that makes a rival the recommended candidate.

    Attributes:
        candidate: the rival's id.
        name: the rival's name.
        steps: the answers to change, in the order of the ruleset; none if no change of one or two answers does it.
        then: what the answer would be; None likewise.
        words: all of it in a sentence.
    """

    candidate: str
    name: str
    steps: tuple[Step, ...]
    then: Then | None
    words: str

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "candidate": self.candidate,
            "name": self.name,
            "steps": [each.to_dict() for each in self.steps],
            "then": self.then and self.then.to_dict(),
            "words": self.words,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """Musts of which none can be spared from giving up, so that a candidate is left again.

    Attributes:
        needs: the needs whose answers become a `should`, in the order of the ruleset.
        then: what the answer would be.
        words: all of it in a sentence.
    """

    needs: tuple[str, ...]
    then: Then
    words: str

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {"needs": list(self.needs), "then": self.then.to_dict(), "words": self.words}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDifference:
    """A rule that gives two candidates different points.

    Attributes:
        rule: the rule's id.
        criterion: the id of its criterion.
        title: the rule's title.
        ratings: the word of each candidate's rating; None for one that it does not rate.
        points: the first candidate's points less the second's, exactly.
    """

    rule: str
    criterion: str
    title: str
    ratings: tuple[str | None, str | None]
    points: Fraction

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data, the points rounded."""
        return {
            "rule": self.rule,
            "criterion": self.criterion,
            "title": self.title,
            "ratings": list(self.ratings),
            "points": float(self.points),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Versus:
    """Why one candidate and not another: the rules on which they differ.

    Attributes:
        candidates: the ids of the two.
        difference: the first one's score less the second's, exactly; the points of the rules sum to it.
        robustness: the share, 0 to 1, by which every weight may be wrong before the two draw level.
        rules: the rules for the first, then those for the second, the largest difference first.
        excluded: those of the two that cannot be chosen, whatever their score.
        words: all of it in a few sentences.
    """

    candidates: tuple[str, str]
    difference: Fraction
    robustness: float
    rules: tuple[RuleDifference, ...]
    excluded: tuple[str, ...]
    words: str

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data, numbers rounded."""
        return {
            "candidates": list(self.candidates),
            "difference": float(self.difference),
            "robustness": self.robustness,
            "rules": [each.to_dict() for each in self.rules],
            "excluded": list(self.excluded),
            "words": self.words,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedRule:
    """A rule of the ruleset, and what became of it.

    Attributes:
        rule: the rule's id.
        criterion: the id of its criterion.
        title: the rule's title.
        standing: whether the rule stands on the day asked about.
        fired: whether it fired.
        importance: how much it matters, if it fired.
        holds: whether its condition is true, false, or unknown (None).
        condition: its condition as a tree of plain data; every node tells whether it `holds`.
    """

    rule: str
    criterion: str
    title: str
    standing: bool
    fired: bool
    importance: Importance | None
    holds: bool | None
    condition: Mapping[str, Any] = field(hash=False)

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "rule": self.rule,
            "criterion": self.criterion,
            "title": self.title,
            "standing": self.standing,
            "fired": self.fired,
            "importance": self.importance,
            "holds": self.holds,
            "condition": dict(self.condition),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What was asked about an answer beyond the answer itself; None is what was not asked.

    Attributes:
        questions: the needs worth asking about, best first.
        changes: for each ranked rival, in the order of the ranking, what would make it the recommended one.
        rules: every rule of the ruleset, and what became of it.
        comparison: two candidates beside each other.
        incomplete: keys of the document whose search was given up at a bound, so that there may be more than is told.
    """

    questions: tuple[Question, ...] | None = None
    changes: tuple[Change, ...] | None = None
    rules: tuple[TracedRule, ...] | None = None
    comparison: Versus | None = None
    incomplete: tuple[str, ...] = ()

    @property
    def settled(self) -> bool | None:
        """Whether no answer to a single open need would change who is recommended; None if that was not asked."""
        if self.questions is None:
            return None
        return not self.questions and Topic.QUESTIONS.value not in self.incomplete

    def to_dict(self) -> dict[str, Any]:
        """What was asked, as plain data."""
        document: dict[str, Any] = {}
        for key in ("questions", "changes", "rules"):
            told = getattr(self, key)
            if told is not None:
                document[key] = [each.to_dict() for each in told]
        if self.comparison is not None:
            document["comparison"] = self.comparison.to_dict()
        if self.incomplete:
            document["incomplete"] = list(self.incomplete)
        return document
