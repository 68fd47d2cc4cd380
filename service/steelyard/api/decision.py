"""The public decision: an answer that is worked out as deep as it is asked for."""

from steelyard.api.answer import Answer
from steelyard.engine import Decision as EngineDecision


class Decision(EngineDecision):
    """The answer to one request, each part worked out when it is first asked for.

    Make one with `Ruleset.decide`. `winner` is the cheapest part, then `scores` and `recommended`; `answer()` is the
    whole answer, which `Ruleset.recommend` gives at once.
    """

    def answer(self) -> Answer:
        """The whole answer, with the reason, the source and the date behind every point, and what explains it."""
        if not self._weighing.is_to_be_explained:
            return Answer.of(self.recommendation(), self.ruleset)
        # Imported here: a command whose answer is not explained need not wait for it.
        from steelyard.explain import explained  # noqa: PLC0415

        return Answer.of(explained(self._weighing), self.ruleset)
