"""The engine: a pure function from a ruleset and a request to a recommendation."""

from collections.abc import Iterable, Sequence
from typing import Any

from steelyard.engine.matching import fired_rules
from steelyard.engine.snapshot import Snapshot, absence, prepare, take_snapshot
from steelyard.engine.weighing import Balance, Weight
from steelyard.model import THOUSANDTHS, Rating, Request, Ruleset, digest_of
from steelyard.recommendation import (
    Cited,
    Excluded,
    Fired,
    Outcome,
    Ranked,
    Reason,
    Recommendation,
    Recommended,
    RulesetIdentity,
    summarise,
)

_MILLIONTHS = THOUSANDTHS * THOUSANDTHS


class Engine:
    """Recommends by one ruleset. It keeps no state between requests and can be shared by threads."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.identity = RulesetIdentity(id=ruleset.id, version=ruleset.version, digest=ruleset.digest)
        self._rules = prepare(ruleset)
        self._need_order = {need: place for place, need in enumerate(ruleset.needs)}

    def recommend(self, request: Request) -> Recommendation:
        """The answer to a valid request."""
        ruleset = self.ruleset
        snapshot = take_snapshot(self._rules, ruleset.candidates.values(), request.as_of)
        fired = fired_rules(snapshot, ruleset.needs, request.requirements)
        balance = Balance(fired, ruleset.multipliers)
        asked = [each for each in ruleset.candidates if request.candidates is None or each in request.candidates]
        weighed = {candidate: self._weigh(candidate, balance, snapshot) for candidate in asked}
        out = [each for each in asked if any(reason.veto for reason in weighed[each]["reasons"])]
        ranks = balance.ranks([each for each in asked if each not in out])
        ranking = tuple(Ranked(rank=rank, **weighed[candidate]) for rank, candidate in ranks)
        excluded = tuple(Excluded(**weighed[candidate]) for candidate in out)
        outcome = _outcome(ranking, balance)
        recommended = _winner(ranking, balance) if outcome in _WITH_WINNER else None
        return Recommendation(
            id=self._id(request),
            ruleset=self.identity,
            as_of=request.as_of,
            requirements={key: each.stated(ruleset.needs[key]) for key, each in request.requirements.items()},
            unanswered=tuple(need for need in ruleset.needs if need not in request.requirements),
            outcome=outcome,
            recommended=recommended,
            summary=summarise(
                outcome,
                recommended,
                ranking,
                [each.name for each in excluded],
                rests_on_needs=any(weight.fired.basis.needs for weight in balance.weights),
            ),
            ranking=ranking,
            excluded=excluded,
            evidence=self._cited([*ranking, *excluded], snapshot),
            fired=tuple(self._fired(weight) for weight in balance.weights),
        )

    def _weigh(self, candidate: str, balance: Balance, snapshot: Snapshot) -> dict[str, Any]:
        """The fields of a weighed candidate."""
        reasons = [
            self._reason(weight, rating, balance, candidate)
            for weight in balance.weights
            if (rating := weight.rating_of(candidate)) is not None
        ]
        reasons.sort(key=lambda reason: -abs(reason.points))
        if candidate not in snapshot.available:
            reasons.insert(0, self._absence(candidate, snapshot))
        return {
            "candidate": candidate,
            "name": self.ruleset.candidates[candidate].name,
            "score": balance.score(candidate),
            "rated": balance.rated(candidate),
            "reasons": tuple(reasons),
        }

    def _reason(self, weight: Weight, rating: Rating, balance: Balance, candidate: str) -> Reason:
        rule = weight.fired.rule
        return Reason(
            rule=rule.id,
            criterion=rule.criterion,
            title=rule.title,
            needs=self._in_order(weight.fired.basis.needs),
            importance=weight.fired.importance,
            rating=rating.grade.word,
            weight=_number(weight.effective),
            points=balance.points(weight, candidate),
            because=rating.because,
            evidence=rating.evidence,
            veto=weight.vetoes(candidate),
        )

    def _absence(self, candidate: str, snapshot: Snapshot) -> Reason:
        return Reason(
            rule=None,
            criterion=None,
            title="Not to be had on that day",
            needs=(),
            importance=None,
            rating=None,
            weight=0,
            points=0,
            because=absence(self.ruleset.candidates[candidate], snapshot.day),
            evidence=(),
            veto=True,
        )

    def _fired(self, weight: Weight) -> Fired:
        return Fired(
            rule=weight.fired.rule.id,
            needs=self._in_order(weight.fired.basis.needs),
            importance=weight.fired.importance,
            weight=_number(weight.effective),
        )

    def _in_order(self, needs: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(needs, key=self._need_order.__getitem__))

    def _cited(self, weighed: Sequence[Ranked | Excluded], snapshot: Snapshot) -> dict[str, Cited]:
        named = {key for each in weighed for reason in each.reasons for key in reason.evidence}
        return {key: Cited.by(self.ruleset, key, snapshot.day) for key in self.ruleset.evidence if key in named}

    def _id(self, request: Request) -> str:
        content = [self.identity.digest, request.as_of, request.requirements, request.candidates]
        return digest_of(content)[:32]


_WITH_WINNER = (Outcome.RECOMMENDED, Outcome.TIED)


def _outcome(ranking: Sequence[Ranked], balance: Balance) -> Outcome:
    if not ranking:
        return Outcome.INFEASIBLE
    if not balance.weights:
        return Outcome.UNDECIDED
    return Outcome.TIED if sum(ranked.rank == 1 for ranked in ranking) > 1 else Outcome.RECOMMENDED


def _winner(ranking: Sequence[Ranked], balance: Balance) -> Recommended:
    winner, *rivals = ranking
    return Recommended(
        candidate=winner.candidate,
        name=winner.name,
        score=winner.score,
        lead=balance.lead(winner.candidate, rivals[0].candidate) if rivals else None,
        robustness=min((balance.robustness(winner.candidate, rival.candidate) for rival in rivals), default=None),
        tied_with=tuple(rival.candidate for rival in rivals if rival.rank == 1),
    )


def _number(millionths: int) -> float:
    """An effective weight as people write it: whole where it is whole."""
    whole, rest = divmod(millionths, _MILLIONTHS)
    return millionths / _MILLIONTHS if rest else whole
