"""The whole answer: a weighing with the reason behind every point."""

from typing import Any

from steelyard.engine.summing_up import cited, recommended, summed_up
from steelyard.engine.weighing import Weighing
from steelyard.recommendation import Excluded, Fired, Ranked, Reason, Recommendation


def recommendation(weighing: Weighing) -> Recommendation:
    """The answer to the request that was weighed."""
    compiled, request = weighing.compiled, weighing.request
    ruleset = compiled.ruleset
    weighed = _all_weighed(weighing)
    winner = recommended(weighing)
    summary = summed_up(weighing, winner)
    return Recommendation(
        id=compiled.asked.id(compiled.identity.digest, request),
        ruleset=compiled.identity,
        as_of=request.as_of,
        requirements={key: each.stated(ruleset.needs[key]) for key, each in request.requirements.items()},
        unanswered=tuple(need for need in ruleset.needs if need not in request.requirements),
        outcome=weighing.outcome,
        recommended=winner,
        summary=summary.whole,
        headline=summary.headline,
        ranking=tuple(Ranked(rank=rank, **weighed[number]) for rank, number in weighing.ranking),
        excluded=tuple(Excluded(**weighed[number]) for number in weighing.excluded),
        evidence=compiled.sources.on(request.as_of).cited(cited(weighing, weighing.asked)),
        fired=tuple(
            Fired(rule=each.rule.id, needs=each.needs, importance=each.importance, weight=each.weight)
            for each in weighing.fired_rules
        ),
    )


def _all_weighed(weighing: Weighing) -> dict[int, dict[str, Any]]:
    """The fields of each weighed candidate, by its number."""
    snapshot, total = weighing.snapshot, weighing.balance[-1]
    reasons: dict[int, list[Reason]] = {number: [] for number in weighing.asked}
    for fired in weighing.fired_rules:
        for each in snapshot.contributions[fired.place]:
            if each.candidate in reasons:
                points = fired.points(each.rating.grade.worth) / total
                reasons[each.candidate].append(fired.reason(each.rating, points))
    weighed: dict[int, dict[str, Any]] = {}
    for number in weighing.asked:
        reasons[number].sort(key=lambda reason: -abs(reason.points))
        if not snapshot.available[number]:
            reasons[number].insert(0, snapshot.absences[number])
        weighed[number] = {
            "candidate": snapshot.candidates[number],
            "name": weighing.compiled.names[number],
            "score": weighing.score(number),
            "rated": weighing.rated[number],
            "reasons": tuple(reasons[number]),
        }
    return weighed
