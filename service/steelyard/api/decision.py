"""The public decision: an answer that is worked out as deep as it is asked for."""

from collections.abc import Collection
from typing import Any, Self

from steelyard.api.answer import Answer
from steelyard.engine import Decision as EngineDecision
from steelyard.engine import Weighing
from steelyard.model import Requirement
from steelyard.requirements import RequestReader


class Decision(EngineDecision):
    """The answer to one request, each part worked out when it is first asked for.

    Make one with `Ruleset.decide`. `winner` is the cheapest part, then `scores` and `recommended`; `answer()` is the
    whole answer, which `Ruleset.recommend` gives at once.
    """

    def __init__(self, weighing: Weighing, reader: RequestReader) -> None:
        """Wraps what the rules say, and what reads further answers."""
        super().__init__(weighing)
        self._reader = reader

    def vary(self, need: str, answer: Any) -> Self:
        """The decision with another answer to one need, or with none, at a fraction of the cost of a new one.

        >>> import steelyard
        >>> decision = steelyard.load().decide({"targets": ["android"]}, as_of="2026-11-25")
        >>> decision.vary("targets", {"value": ["browser"], "importance": "must"}).winner
        'pytorch'

        Args:
            need: the id of a need of the ruleset.
            answer: an answer to it as a request has it, or a `Requirement`; None withdraws the answer.

        Raises:
            RequestError: the ruleset has no such need, or the need no such answer.
        """
        if answer is None and need in self.ruleset.needs:
            return type(self)(self._weighing.varied(need, None), self._reader)
        read = self._reader.read({"requirements": {need: _stated(answer)}}, self._weighing.request.as_of)
        return type(self)(self._weighing.varied(need, read.requirements[need]), self._reader)

    def answer(self) -> Answer:
        """The whole answer, with the reason, the source and the date behind every point, and what explains it.

        >>> import steelyard
        >>> decision = steelyard.load().decide({"targets": ["android"]}, as_of="2026-11-25")
        >>> decision.answer().recommended.candidate == decision.winner
        True
        """
        if not self._weighing.is_to_be_explained:
            return Answer.of(self.recommendation(), self.ruleset)
        # Imported here: a command whose answer is not explained need not wait for it.
        from steelyard.explain import explained  # noqa: PLC0415

        return Answer.of(explained(self._weighing), self.ruleset)


def _stated(answer: Any) -> Any:
    """The answer as a request has it."""
    if not isinstance(answer, Requirement):
        return answer
    value: Any = answer.value
    is_listed = isinstance(value, Collection) and not isinstance(value, str)
    return {"value": list(value) if is_listed else value, "importance": str(answer.importance)}
