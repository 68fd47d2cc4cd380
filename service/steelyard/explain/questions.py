"""What to ask next: the unanswered needs whose answers can still change who is recommended."""

import math
from collections.abc import Iterator, Sequence

from steelyard.engine import Weighing
from steelyard.explain.effort import Effort
from steelyard.explain.readings import Possible, Readings
from steelyard.explain.then import then_of
from steelyard.model import Requirement
from steelyard.recommendation import PossibleAnswer, Question


def questions(weighing: Weighing, readings: Readings, effort: Effort) -> tuple[Question, ...]:
    """The questions worth asking, best first; none if no answer to a single need changes who is recommended.

    By the share of answers that change it, then by how far the answers move the lead, then in the order of the ruleset.
    """
    worth_asking = [
        question
        for need in readings.read
        if need not in weighing.request.requirements
        for question in _worth_asking(weighing, need, readings.answers(need), effort)
    ]
    return tuple(sorted(worth_asking, key=lambda each: (-each.flips, -each.moves)))


def _worth_asking(weighing: Weighing, need: str, answers: Sequence[Possible], effort: Effort) -> Iterator[Question]:
    varied: list[tuple[Possible, Weighing]] = []
    for each in answers:
        if not effort.take():
            return
        varied.append((each, weighing.varied(need, Requirement(each.value))))
    flipped = [other.winners != weighing.winners for _, other in varied]
    if not any(flipped):
        return
    declared = weighing.compiled.ruleset.needs[need]
    yield Question(
        need=need,
        question=declared.question,
        flips=sum(flipped) / len(flipped),
        moves=_moves(weighing, [other for _, other in varied]),
        answers=tuple(
            PossibleAnswer(value=declared.stated(each.value), label=each.label, then=then_of(other), flips=flips)
            for (each, other), flips in zip(varied, flipped, strict=True)
        ),
    )


def _moves(weighing: Weighing, others: Sequence[Weighing]) -> float:
    """How far, on average, the lead of who leads now moves; where nobody does yet, how large a lead comes of it."""
    if not weighing.winners:
        return math.fsum(other.lead or 0 for other in others) / len(others)
    leader = weighing.winners[0]
    before = _lead_of(leader, weighing)
    return math.fsum(abs(_lead_of(leader, other) - before) for other in others) / len(others)


def _lead_of(leader: int, weighing: Weighing) -> float:
    """Points that the leader is ahead of the best of the others, below 0 where it is behind; also if it is excluded."""
    rivals = [each for each in weighing.left if each != leader]
    return weighing.score(leader) - max(map(weighing.score, rivals)) if rivals else 0.0
