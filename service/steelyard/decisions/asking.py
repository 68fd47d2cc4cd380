"""Who can be asked again: a ruleset, or a stack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from steelyard.decisions.record import DecisionRecord
from steelyard.engine import Engine
from steelyard.model import Request, Ruleset
from steelyard.recommendation import Recommendation, RulesetIdentity
from steelyard.requirements import RequestReader
from steelyard.revision import WHOLE, Choice, Choices
from steelyard.stack import Stack, StackEngine


@dataclass(frozen=True, slots=True)
class Answered:
    """The whole answer to one question, and the ruleset that gave it."""

    answer: Recommendation
    ruleset: Ruleset


class Asker(Protocol):
    """A ruleset or a stack, ready to be asked."""

    is_stack: bool

    @property
    def identity(self) -> RulesetIdentity:
        """Which ruleset or stack it is."""

    def read(self, data: Any, as_of: date) -> Request:
        """The request as it is taken.

        Raises:
            RequestError: it is not taken.
        """

    def choices(self, request: Request) -> Choices:
        """What is chosen, by part: all that most decisions need."""

    def answers(self, request: Request) -> Mapping[str, Answered]:
        """The whole answers, by part."""


def asker(of: Ruleset | Stack) -> Asker:
    """Whom to ask for the decisions of a ruleset or a stack."""
    return _StackAsker(of) if isinstance(of, Stack) else _RulesetAsker(of)


def chosen(record: DecisionRecord) -> Choices:
    """What was chosen, by part."""
    outcome, recommended = record.outcome, record.recommended
    if isinstance(outcome, Mapping) and isinstance(recommended, Mapping):
        return {part: Choice(each, recommended[part]) for part, each in outcome.items()}
    return {WHOLE: Choice(str(outcome), None if recommended is None else str(recommended))}


class _RulesetAsker:
    is_stack = False

    def __init__(self, ruleset: Ruleset) -> None:
        self._engine = Engine(ruleset)
        self._reader = RequestReader.of(ruleset)
        self.identity = self._engine.identity

    def read(self, data: Any, as_of: date) -> Request:
        return self._reader.read(data, as_of)

    def choices(self, request: Request) -> Choices:
        decision = self._engine.decide(request)
        return {WHOLE: Choice(decision.outcome.value, decision.winner)}

    def answers(self, request: Request) -> Mapping[str, Answered]:
        return {WHOLE: Answered(self._engine.recommend(request), self._engine.ruleset)}


class _StackAsker:
    is_stack = True

    def __init__(self, stack: Stack) -> None:
        self._engine = StackEngine(stack)
        rivals = [part.ruleset.candidates for part in stack.parts.values()]
        self._reader = RequestReader(stack.needs, stack.candidates, rivals=rivals)
        self.identity = RulesetIdentity(id=stack.id, version=stack.version, digest=stack.digest)

    def read(self, data: Any, as_of: date) -> Request:
        return self._reader.read(data, as_of)

    def choices(self, request: Request) -> Choices:
        return {
            part: Choice(each.outcome.value, None if each.recommended is None else each.recommended.candidate)
            for part, each in self._engine.recommend(request).parts.items()
        }

    def answers(self, request: Request) -> Mapping[str, Answered]:
        parts = self._engine.stack.parts
        return {
            part: Answered(each, parts[part].ruleset) for part, each in self._engine.recommend(request).parts.items()
        }
