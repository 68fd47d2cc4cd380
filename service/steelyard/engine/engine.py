"""The engine: a pure function from a ruleset and a request to a decision."""

from typing import TYPE_CHECKING

from steelyard.engine.compiled import CompiledRuleset
from steelyard.engine.decision import Decision
from steelyard.engine.lazy import lazy
from steelyard.engine.weighing import Weighing
from steelyard.model import Request, Ruleset
from steelyard.recommendation import Recommendation, RulesetIdentity

if TYPE_CHECKING:
    from steelyard.engine.written import Writer, Written


class Engine:
    """Decides by one ruleset. It keeps no state between requests but caches, and can be shared by threads."""

    def __init__(self, ruleset: Ruleset) -> None:
        """Indexes the ruleset."""
        self.compiled = CompiledRuleset(ruleset)
        self.ruleset = ruleset

    @property
    def identity(self) -> RulesetIdentity:
        """The ruleset's id, its version and the digest of its content."""
        return self.compiled.identity

    @lazy
    def _writer(self) -> "Writer":
        # Imported here: who asks for objects, or for one answer only, need not wait for it.
        from steelyard.engine.written import Writer  # noqa: PLC0415

        return Writer(self.compiled)

    def weigh(self, request: Request) -> Weighing:
        """What the rules say to a valid request."""
        return Weighing.of(self.compiled, request)

    def decide(self, request: Request) -> Decision:
        """The answer to a valid request, worked out as deep as it is asked for."""
        return Decision(self.weigh(request))

    def recommend(self, request: Request) -> Recommendation:
        """The whole answer to a valid request."""
        return self.decide(request).recommendation()

    def write(self, weighing: Weighing) -> "Written":
        """The whole answer as JSON, at a fraction of the cost of `recommend`; not one that is to be explained."""
        return self._writer.write(weighing)
