"""The whole answer: a weighing with the reason behind every point."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from steelyard.engine.bits import chosen
from steelyard.engine.snapshot import Contribution, absence
from steelyard.engine.weighing import POINTS_PER_WORTH, Weighing
from steelyard.model import THOUSANDTHS, Grade, Importance, Request, Rule, digest_of
from steelyard.recommendation import (
    Cited,
    Excluded,
    Fired,
    Ranked,
    Reason,
    Recommendation,
    Recommended,
    Result,
    Weighed,
    summarise,
)

_MILLIONTHS = THOUSANDTHS * THOUSANDTHS


def recommended(weighing: Weighing) -> Recommended | None:
    """The candidate that fits best, if one is recommended."""
    if not weighing.has_winner:
        return None
    candidates = weighing.snapshot.candidates
    (_, winner), *rivals = weighing.ranking
    return Recommended(
        candidate=candidates[winner],
        name=weighing.compiled.ruleset.candidates[candidates[winner]].name,
        score=weighing.score(winner),
        lead=weighing.lead,
        robustness=weighing.robustness,
        tied_with=tuple(candidates[rival] for rank, rival in rivals if rank == 1),
    )


def recommendation(weighing: Weighing) -> Recommendation:
    """The answer to the request that was weighed."""
    compiled, request = weighing.compiled, weighing.request
    ruleset = compiled.ruleset
    fired = _fired_rules(weighing)
    weighed = _all_weighed(weighing, fired)
    ranking = tuple(Ranked(rank=rank, **weighed[number]) for rank, number in weighing.ranking)
    excluded = tuple(Excluded(**weighed[number]) for number in weighing.excluded)
    winner = recommended(weighing)
    evidence = _cited(weighing, [*ranking, *excluded])
    result = Result(
        outcome=weighing.outcome,
        recommended=winner,
        ranking=ranking,
        excluded=[each.name for each in excluded],
        evidence=evidence,
        rests_on_needs=any(each.needs for each in fired),
        answered=len(request.requirements),
        needs=len(ruleset.needs),
    )
    summary = summarise(result)
    return Recommendation(
        id=_id(compiled.identity.digest, request),
        ruleset=compiled.identity,
        as_of=request.as_of,
        requirements={key: each.stated(ruleset.needs[key]) for key, each in request.requirements.items()},
        unanswered=tuple(need for need in ruleset.needs if need not in request.requirements),
        outcome=weighing.outcome,
        recommended=winner,
        summary=summary.whole,
        headline=summary.headline,
        ranking=ranking,
        excluded=excluded,
        evidence=evidence,
        fired=tuple(
            Fired(rule=each.rule.id, needs=each.needs, importance=each.importance, weight=each.weight) for each in fired
        ),
    )


class _FiredRule(NamedTuple):
    """A rule that fired; `effective` is its effective weight in millionths, `weight` the same as people write it."""

    order: int
    rule: Rule
    needs: tuple[str, ...]
    importance: Importance
    effective: int
    weight: float
    contributions: Sequence[Contribution]


def _fired_rules(weighing: Weighing) -> list[_FiredRule]:
    index, snapshot = weighing.compiled.index, weighing.snapshot
    places = range(len(index.rules))
    fired = [
        _FiredRule(
            index.rules[place].order,
            index.rules[place].rule,
            index.matched_needs(place, weighing.true, weighing.request.requirements),
            importance,
            effective := snapshot.weights[place] * weighing.compiled.multipliers[importance],
            _number(effective),
            snapshot.contributions[place],
        )
        for importance, bits in weighing.fired
        for place in chosen(places, bits)
    ]
    return sorted(fired, key=lambda each: each.order)


def _all_weighed(weighing: Weighing, fired: Iterable[_FiredRule]) -> dict[int, dict[str, Any]]:
    """The fields of each weighed candidate, by its number."""
    snapshot, total = weighing.snapshot, weighing.balance[-1]
    reasons: dict[int, list[Reason]] = {number: [] for number in weighing.asked}
    known = dict.fromkeys(weighing.asked, 0)
    for rule in fired:
        for contribution in rule.contributions:
            if contribution.candidate in reasons:
                reasons[contribution.candidate].append(_reason(rule, contribution, total))
                known[contribution.candidate] += rule.effective
    weighed: dict[int, dict[str, Any]] = {}
    for number in weighing.asked:
        reasons[number].sort(key=lambda reason: -abs(reason.points))
        if not snapshot.available[number]:
            reasons[number].insert(0, _absence(weighing, number))
        weighed[number] = {
            "candidate": snapshot.candidates[number],
            "name": weighing.compiled.ruleset.candidates[snapshot.candidates[number]].name,
            "score": weighing.score(number),
            "rated": known[number] / total if total else 0.0,
            "reasons": tuple(reasons[number]),
        }
    return weighed


def _reason(fired: _FiredRule, contribution: Contribution, total: int) -> Reason:
    rule, rating = fired.rule, contribution.rating
    return Reason(
        rule=rule.id,
        criterion=rule.criterion,
        title=rule.title,
        needs=fired.needs,
        importance=fired.importance,
        rating=rating.grade.word,
        weight=fired.weight,
        points=POINTS_PER_WORTH * fired.effective * rating.grade.worth / total,
        because=rating.because,
        evidence=rating.evidence,
        veto=rating.grade is Grade.UNSUPPORTED and (rule.veto or fired.importance is Importance.MUST),
    )


def _absence(weighing: Weighing, number: int) -> Reason:
    candidate = weighing.compiled.ruleset.candidates[weighing.snapshot.candidates[number]]
    return Reason(
        rule=None,
        criterion=None,
        title="Not to be had on that day",
        needs=(),
        importance=None,
        rating=None,
        weight=0,
        points=0,
        because=absence(candidate, weighing.request.as_of),
        evidence=(),
        veto=True,
    )


def _cited(weighing: Weighing, weighed: Sequence[Weighed]) -> dict[str, Cited]:
    ruleset, day = weighing.compiled.ruleset, weighing.request.as_of
    named = {key for each in weighed for reason in each.reasons for key in reason.evidence}
    return {key: Cited.by(ruleset, key, day) for key in ruleset.evidence if key in named}


def _id(digest: str, request: Request) -> str:
    return digest_of([digest, request.as_of, request.requirements, request.candidates])[:32]


def _number(millionths: int) -> float:
    """An effective weight as people write it: whole where it is whole."""
    whole, rest = divmod(millionths, _MILLIONTHS)
    return millionths / _MILLIONTHS if rest else whole
