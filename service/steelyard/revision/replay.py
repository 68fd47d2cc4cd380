"""Decisions that were made once, made again by other rules: which of them change, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from steelyard.diagnostics import Diagnostic
from steelyard.recommendation import Reason, RulesetIdentity
from steelyard.revision.movers import Mover
from steelyard.revision.revision import CandidateMove, Revision, RuleStatus

WHOLE = ""
"""In place of the name of a part: the one choice that a ruleset makes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an answer, or that of one part of a stack, came to; without a candidate, nobody is recommended."""

    outcome: str
    candidate: str | None


Choices = Mapping[str, Choice]
"""The choices of an answer, by part."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A rule, and by how much who is chosen now gained through it on who was chosen then."""

    rule: str
    title: str
    status: RuleStatus
    points: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """What made a choice another.

    Attributes:
        part: of which part of a stack it is the choice.
        then: who was chosen, in both answers; None if nobody was.
        now: who is chosen, likewise. Where a tie came or went, these are the two whom it is between.
        shifts: the rules that weigh, rate or apply otherwise, the largest shift first.
        shares: what else shifted, since the rules weigh another share of the whole.
    """

    part: str
    then: CandidateMove | None
    now: CandidateMove | None
    shifts: tuple[Shift, ...]
    shares: Fraction

    @property
    def vetoes(self) -> tuple[Reason, ...]:
        """Why who was chosen then cannot be chosen now."""
        return self.then.after.vetoes if self.then is not None and self.then.after is not None else ()

    @property
    def lifted(self) -> tuple[Reason, ...]:
        """Why who is chosen now could not be chosen then."""
        return self.now.before.vetoes if self.now is not None and self.now.before is not None else ()


def why(part: str, revision: Revision) -> Why:
    """What made the choice another, from both whole answers."""
    moves = {move.candidate: move for move in revision.candidates}
    then, now = (None if who is None else moves[who] for who in _rivals(revision))
    sides = {move.candidate: sign for move, sign in ((then, -1), (now, 1)) if move is not None and then is not now}
    shares = Fraction(0)
    shifts: list[Shift] = []
    for rule in revision.rules:
        own = sum((sides.get(move.candidate, 0) * move.change for move in rule.own_moves), Fraction(0))
        shares += sum((sides.get(move.candidate, 0) * move.change for move in rule.points), Fraction(0)) - own
        if own:
            shifts.append(Shift(rule.rule, rule.title, rule.status, own))
    shifts.sort(key=lambda shift: -abs(shift.points))
    return Why(part=part, then=then, now=now, shifts=tuple(shifts), shares=shares)


def _rivals(revision: Revision) -> tuple[str | None, str | None]:
    """Who was chosen then, and who is now; of a tie that came or went, the two whom it is between."""
    before, after = revision.before.recommended, revision.after.recommended
    if before is not None and after is not None and before.candidate == after.candidate:
        if after.tied_with:
            return before.candidate, after.tied_with[0]
        if before.tied_with:
            return before.tied_with[0], after.candidate
    return None if before is None else before.candidate, None if after is None else after.candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Redecided:
    """Equal decisions, made again with one result.

    Attributes:
        id: the id of the last of their answers.
        requirements: what they required, as plain data.
        candidates: those that they were restricted to; None for all.
        count: how many they are.
        days: the first and the last of the days whose knowledge they used.
        before: what was chosen then.
        after: what is chosen now.
        why: what made each choice another that is; None if the ruleset of then is not at hand.
    """

    id: str
    requirements: Mapping[str, Mapping[str, object]] = field(hash=False)
    candidates: tuple[str, ...] | None
    count: int
    days: tuple[date, date]
    before: Choices = field(hash=False)
    after: Choices = field(hash=False)
    why: tuple[Why, ...] | None

    @property
    def differs(self) -> bool:
        """Whether another choice is made."""
        return self.before != self.after

    @property
    def steps(self) -> Iterator[tuple[str, Choice | None, Choice | None]]:
        """Each part whose choice is another, with the choice of then and of now; None where there was no such part."""
        for part in dict.fromkeys((*self.before, *self.after)):
            then, now = self.before.get(part), self.after.get(part)
            if then != now:
                yield part, then, now


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Decisions whose requests are no longer taken, all for the same faults.

    Attributes:
        id: the id of the last of their answers.
        requirements: what that one required, as plain data.
        count: how many they are.
        faults: why they are refused.
    """

    id: str
    requirements: Mapping[str, Mapping[str, object]] = field(hash=False)
    count: int
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What becomes of the decisions of a log.

    Attributes:
        against: who was asked again: the identity of a ruleset, or of a stack.
        as_of: the day that was asked about; None for that of each decision.
        asked: how many decisions were made again.
        distinct: how many of them asked for different things.
        redecided: those that change, the most frequent first; the others too, if they were to be kept.
        refused: those that cannot be made again, likewise.
        others: by id, how many decisions of other rulesets and stacks were passed over.
        masked: by need, how many decisions were passed over since the answer to it is masked.
        passed_masked: how many decisions those are.
        faulty: numbers of the first lines of the log that hold no record, and what is wrong.
        faulty_lines: how many lines hold no record.
        movers: the rules through which most points moved in those that change, where the ruleset of then is at hand.
    """

    against: RulesetIdentity
    as_of: date | None
    asked: int
    distinct: int
    redecided: tuple[Redecided, ...]
    refused: tuple[Refused, ...]
    others: Mapping[str, int] = field(hash=False)
    masked: Mapping[str, int] = field(hash=False)
    passed_masked: int
    faulty: tuple[tuple[int, str], ...]
    faulty_lines: int
    movers: tuple[Mover, ...]

    @property
    def changed(self) -> tuple[Redecided, ...]:
        """The decisions that change."""
        return tuple(each for each in self.redecided if each.differs)

    @property
    def changes(self) -> int:
        """How many decisions change."""
        return sum(each.count for each in self.changed)

    @property
    def refusals(self) -> int:
        """How many decisions cannot be made again."""
        return sum(each.count for each in self.refused)
