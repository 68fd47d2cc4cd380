"""A decision: the answer to one request, worked out as deep as it is asked for."""

from collections.abc import Mapping, Sequence
from typing import Self

from steelyard.engine.bits import chosen
from steelyard.engine.document import recommendation
from steelyard.engine.lazy import lazy
from steelyard.engine.snapshot import Contribution
from steelyard.engine.summing_up import recommended
from steelyard.engine.weighing import Weighing
from steelyard.model import Requirement, Ruleset
from steelyard.recommendation import Outcome, Recommendation, Recommended


class Decision:
    """The answer to one request. Each of its parts costs what it takes, when it is first asked for, and no more.

    The winner alone is the cheapest; then the scores; then the reasons; `recommendation` is the whole document.
    """

    def __init__(self, weighing: Weighing) -> None:
        """Wraps what the rules say."""
        self._weighing = weighing

    @property
    def ruleset(self) -> Ruleset:
        """The ruleset that was asked."""
        return self._weighing.compiled.ruleset

    @property
    def outcome(self) -> Outcome:
        """What the answer comes to."""
        return self._weighing.outcome

    @property
    def winner(self) -> str | None:
        """The id of the candidate that fits best, the first of them in a tie; None if none is recommended."""
        weighing = self._weighing
        return weighing.snapshot.candidates[weighing.ranking[0][1]] if weighing.has_winner else None

    @lazy
    def scores(self) -> Mapping[str, float]:
        """The score, 0 to 100, of every candidate asked about, also of those that are excluded."""
        score, candidates = self._weighing.score, self._weighing.snapshot.candidates
        return {candidates[number]: score(number) for number in self._weighing.asked}

    @lazy
    def ranks(self) -> Mapping[str, int]:
        """The rank of every candidate that is not excluded, best first; 1 is the best, and equals share one."""
        candidates = self._weighing.snapshot.candidates
        return {candidates[number]: rank for rank, number in self._weighing.ranking}

    @property
    def excluded(self) -> tuple[str, ...]:
        """The candidates that cannot be chosen."""
        return tuple(self._weighing.snapshot.candidates[number] for number in self._weighing.excluded)

    @lazy
    def recommended(self) -> Recommended | None:
        """The candidate that fits best, with its score, its lead and its robustness; None if none is recommended."""
        return recommended(self._weighing)

    @lazy
    def fired(self) -> tuple[str, ...]:
        """The rules that fired, in the order of the ruleset."""
        ids = self._weighing.compiled.rule_ids
        return tuple([ids[order] for order in self._weighing.fired_orders])

    @lazy
    def reasons(self) -> Mapping[str, Sequence[Contribution]]:
        """What the fired rules say of each candidate asked about, best candidate first and those excluded last.

        The parts are in no order, and are the same objects in every answer.
        """
        weighing = self._weighing
        said: list[list[Contribution]] = [[] for _ in weighing.snapshot.candidates]
        take = [each.append for each in said]
        for _, places in weighing.fired:
            for contributions in chosen(weighing.snapshot.contributions, places):
                for contribution in contributions:
                    take[contribution.candidate](contribution)
        numbers = [*(number for _, number in weighing.ranking), *weighing.excluded]
        return {weighing.snapshot.candidates[number]: said[number] for number in numbers}

    def recommendation(self) -> Recommendation:
        """The whole document: every candidate with the reason, the source and the date behind every point."""
        return recommendation(self._weighing)

    def vary(self, need: str, requirement: Requirement | None) -> Self:
        """The decision with another answer to one need, or with none, at a fraction of the cost of a new one.

        Args:
            need: the id of a need of the ruleset.
            requirement: a valid answer to it; None withdraws the answer.

        Raises:
            KeyError: the ruleset has no such need, or the need no such answer.
        """
        if need not in self.ruleset.needs:
            raise KeyError(need)
        return type(self)(self._weighing.varied(need, requirement))
