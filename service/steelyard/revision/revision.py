"""What sets two answers apart: who is recommended, scores and ranks, and through which rules the points moved.

Everything is computed exactly, as fractions: the points that moved sum to the change of the score.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from steelyard.model import GRADE_BY_WORD, THOUSANDTHS, Ruleset
from steelyard.recommendation import Ranked, Reason, Recommendation, Weighed

_MILLIONTHS = THOUSANDTHS * THOUSANDTHS
_MIDDLE = 50
_POINTS_PER_WORTH = 25
_NOTHING = Fraction(0)


class RuleStatus(StrEnum):
    """What became of a rule between two answers."""

    KEPT = "kept"
    """It fired in both."""
    NEW = "new"
    """It fired in the later one, and did not exist or did not stand in the earlier one."""
    GONE = "gone"
    """It fired in the earlier one, and does not exist or does not stand in the later one."""
    FIRES = "fires"
    """It stood in both, and fired in the later one only."""
    SILENT = "silent"
    """It stood in both, and fired in the earlier one only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How a candidate came out of an answer; without a rank it was excluded, for these reasons."""

    rank: int | None
    score: Fraction
    rated: float
    vetoes: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateMove:
    """A candidate in two answers.

    Attributes:
        before: how it came out of the earlier one; None if it was not weighed.
        after: how it came out of the later one; None likewise.
    """

    candidate: str
    name: str
    before: Place | None
    after: Place | None

    @property
    def change(self) -> Fraction | None:
        """What its score gained or lost; None if it was weighed once only."""
        if self.before is None or self.after is None:
            return None
        return self.after.score - self.before.score


@dataclass(frozen=True, slots=True, kw_only=True)
class PointMove:
    """What a candidate, weighed in both answers, gained or lost through one rule.

    Attributes:
        before: what the rule said of it in the earlier answer; None if it did not fire, or said nothing.
        after: what it says in the later one; None likewise.
        change: points gained, or lost if below 0.
    """

    candidate: str
    before: Reason | None
    after: Reason | None
    change: Fraction

    @property
    def is_rerated(self) -> bool:
        """Whether the word is another."""
        return _word(self.before) != _word(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMove:
    """A rule through which points moved.

    Attributes:
        weight_before: its effective weight in the earlier answer; 0 if it did not fire.
        weight_after: its effective weight in the later one; 0 likewise.
        points: what candidates gained or lost, the largest first; those whose points stayed are left out.
    """

    rule: str
    title: str
    criterion: str
    status: RuleStatus
    weight_before: float
    weight_after: float
    points: tuple[PointMove, ...]

    @property
    def is_changed(self) -> bool:
        """Whether the rule itself weighs otherwise; if not, its ratings changed, or only its share of the whole."""
        return self.weight_before != self.weight_after

    @property
    def own_moves(self) -> tuple[PointMove, ...]:
        """The points that moved since the rule weighs, rates or applies otherwise."""
        return tuple(move for move in self.points if not self.is_share_only(move))

    def is_share_only(self, move: PointMove) -> bool:
        """Whether these points moved only since the other rules weigh more or less than they did."""
        return not self.is_changed and not move.is_rerated


@dataclass(frozen=True)  # without slots, which leave no room for what is worked out once
class Revision:
    """Two answers, and what sets them apart.

    Attributes:
        before: the earlier answer.
        after: the later answer.
        was: the ruleset that gave the earlier one.
        now: the ruleset that gave the later one.
    """

    before: Recommendation
    after: Recommendation
    was: Ruleset
    now: Ruleset

    @property
    def differs(self) -> bool:
        """Whether the outcome, or who is recommended, is another."""
        return (self.before.outcome, _leaders(self.before)) != (self.after.outcome, _leaders(self.after))

    @cached_property
    def candidates(self) -> tuple[CandidateMove, ...]:
        """Every candidate that was weighed in either, in the order of the later answer; what is gone comes last."""
        earlier, later = self._exact
        ids = dict.fromkeys((*later.weighed, *earlier.weighed))
        return tuple(
            CandidateMove(
                candidate=id_,
                name=(later.weighed.get(id_) or earlier.weighed[id_]).name,
                before=earlier.place(id_),
                after=later.place(id_),
            )
            for id_ in ids
        )

    @cached_property
    def rules(self) -> tuple[RuleMove, ...]:
        """The rules through which points moved, the largest move first."""
        moves = [move for move in self._rule_moves() if move.points]
        return tuple(sorted(moves, key=lambda move: -abs(move.points[0].change)))

    @property
    def totals(self) -> tuple[Fraction, Fraction]:
        """The sums of the weights of all rules that fired, before and after: of these a rule's weight is a share."""
        earlier, later = self._exact
        return earlier.total, later.total

    @cached_property
    def _exact(self) -> tuple["_Exact", "_Exact"]:
        return _Exact(self.before), _Exact(self.after)

    def _rule_moves(self) -> Iterator[RuleMove]:
        """Every rule that fired in either answer, those of the later one first."""
        earlier, later = self._exact
        both = [id_ for id_ in later.weighed if id_ in earlier.weighed]
        for id_ in dict.fromkeys((*later.weights, *earlier.weights)):
            moves = [
                PointMove(
                    candidate=candidate,
                    before=earlier.reason(id_, candidate),
                    after=later.reason(id_, candidate),
                    change=later.points(id_, candidate) - earlier.points(id_, candidate),
                )
                for candidate in both
            ]
            rule = (self.now if id_ in later.weights else self.was).rules[id_]
            yield RuleMove(
                rule=id_,
                title=rule.title,
                criterion=rule.criterion,
                status=self._status(id_),
                weight_before=earlier.stated_weights.get(id_, 0),
                weight_after=later.stated_weights.get(id_, 0),
                points=tuple(sorted((m for m in moves if m.change), key=lambda m: -abs(m.change))),
            )

    def _status(self, rule: str) -> RuleStatus:
        earlier, later = self._exact
        if rule in earlier.weights and rule in later.weights:
            return RuleStatus.KEPT
        if rule in later.weights:
            return RuleStatus.FIRES if _stands(rule, self.was, self.before) else RuleStatus.NEW
        return RuleStatus.SILENT if _stands(rule, self.now, self.after) else RuleStatus.GONE


class _Exact:
    """An answer in exact numbers, recovered from what it tells: its weights have at most six decimals."""

    def __init__(self, answer: Recommendation) -> None:
        self.weighed: Mapping[str, Weighed] = {each.candidate: each for each in (*answer.ranking, *answer.excluded)}
        self.stated_weights = {fired.rule: fired.weight for fired in answer.fired}
        self.weights = {
            rule: Fraction(round(weight * _MILLIONTHS), _MILLIONTHS) for rule, weight in self.stated_weights.items()
        }
        self.total = sum(self.weights.values(), _NOTHING)
        self._reasons = {
            (reason.rule, each.candidate): reason for each in self.weighed.values() for reason in each.reasons
        }

    def reason(self, rule: str, candidate: str) -> Reason | None:
        """What the rule says of the candidate."""
        return self._reasons.get((rule, candidate))

    def points(self, rule: str, candidate: str) -> Fraction:
        """What the rule gives the candidate; 0 if it did not fire or says nothing of it."""
        word = _word(self.reason(rule, candidate))
        if word is None:
            return _NOTHING
        return _POINTS_PER_WORTH * self.weights[rule] * GRADE_BY_WORD[word].worth / self.total

    def place(self, candidate: str) -> Place | None:
        """How the candidate came out."""
        weighed = self.weighed.get(candidate)
        if weighed is None:
            return None
        return Place(
            rank=weighed.rank if isinstance(weighed, Ranked) else None,
            score=_MIDDLE + sum((self.points(rule, candidate) for rule in self.weights), _NOTHING),
            rated=weighed.rated,
            vetoes=tuple(reason for reason in weighed.reasons if reason.veto),
        )


def _word(reason: Reason | None) -> str | None:
    return None if reason is None else reason.rating


def _leaders(answer: Recommendation) -> frozenset[str]:
    recommended = answer.recommended
    return frozenset() if recommended is None else frozenset((recommended.candidate, *recommended.tied_with))


def _stands(rule: str, ruleset: Ruleset, answer: Recommendation) -> bool:
    return rule in ruleset.rules and ruleset.rules[rule].period.includes(answer.as_of)
