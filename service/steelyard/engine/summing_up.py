"""What an answer comes to: the winner, the evidence, and the sentences that sum it up."""

from collections.abc import Sequence
from functools import reduce
from operator import attrgetter, or_

from steelyard.engine.weighing import Weighing
from steelyard.recommendation import Backing, Point, Recommended, Result, Summary, summarise

_NEEDS = attrgetter("needs")


def recommended(weighing: Weighing) -> Recommended | None:
    """The candidate that fits best, if one is recommended."""
    if not weighing.has_winner:
        return None
    candidates = weighing.snapshot.candidates
    (_, winner), *rivals = weighing.ranking
    return Recommended(
        candidate=candidates[winner],
        name=weighing.compiled.names[winner],
        score=weighing.score(winner),
        lead=weighing.lead,
        robustness=weighing.robustness,
        tied_with=tuple([candidates[rival] for rank, rival in rivals if rank == 1]),
    )


def summed_up(weighing: Weighing, winner: Recommended | None) -> Summary:
    """The answer in sentences, given who is recommended."""
    compiled, ranking = weighing.compiled, weighing.ranking
    names = compiled.names
    first = 1 + len(winner.tied_with) if winner is not None else len([rank for rank, _ in ranking if rank == 1])
    result = Result(
        outcome=weighing.outcome,
        recommended=winner,
        ranking=[names[number] for _, number in ranking],
        first=first,
        closest=weighing.closest[1] if weighing.closest else 0,
        excluded=[names[number] for number in weighing.excluded],
        points_of=lambda place: _points(weighing, ranking[place][1]),
        sources=lambda: _sources(weighing, [number for _, number in ranking[:first]]),
        rests_on_needs=any(map(_NEEDS, weighing.fired_rules)),
        answered=len(weighing.request.requirements),
        needs=len(compiled.ruleset.needs),
    )
    return summarise(result)


def cited(weighing: Weighing, numbers: Sequence[int]) -> int:
    """What the reasons of these candidates cite: a bit for each piece of evidence, by its number."""
    citations = weighing.snapshot.citations
    by_rule = [citations(each.place) for each in weighing.fired_rules]
    if len(numbers) == len(weighing.snapshot.candidates):
        return reduce(or_, [each.all for each in by_rule], 0)
    return reduce(or_, [each.by_candidate.get(number, 0) for each in by_rule for number in numbers], 0)


def _points(weighing: Weighing, number: int) -> Sequence[Point]:
    """What adds to the score of a candidate or takes from it, the greatest first."""
    worths, total = weighing.snapshot.worths, weighing.balance[-1]
    points = [(each.points(worth), each.rule) for each in weighing.fired_rules if (worth := worths[each.place][number])]
    points.sort(key=lambda each: -abs(each[0]))
    return [Point(rule.id, rule.title, size / total) for size, rule in points]


def _sources(weighing: Weighing, numbers: Sequence[int]) -> Backing:
    """The evidence that the reasons of these candidates cite."""
    found = cited(weighing, numbers)
    day = weighing.compiled.sources.on(weighing.request.as_of)
    return Backing(found.bit_count(), day.stale(found))
