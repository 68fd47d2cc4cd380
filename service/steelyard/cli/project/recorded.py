"""A decision as it is recorded in the file of a project: who was recommended, on which day, by which rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from steelyard.api import Answer, StackAnswer
from steelyard.cli.project.finding import DECISION
from steelyard.diagnostics import Code, Diagnostic, FaultsError, fault, quote
from steelyard.recommendation import Outcome
from steelyard.revision import WHOLE
from steelyard.shape import Shape, Value, day, entries, identifier, listed, nested, number, read_shape, text, word

_DECIMALS = 2
_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_GOES_WITH = {"recommended": (Outcome.RECOMMENDED, Outcome.TIED), "tied_with": (Outcome.TIED,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was chosen, by a ruleset or by one part of a stack.

    Attributes:
        outcome: what the answer came to.
        recommended: the candidate's id; None if nobody is recommended.
        tied_with: the others that share the first rank.
        score: of the recommended candidate, 0 to 100, with two decimals; None if it is not said.
    """

    outcome: Outcome
    recommended: str | None = None
    tied_with: tuple[str, ...] = ()
    score: float | None = None

    def agrees(self, other: "Chosen") -> bool:
        """Whether the other is the same choice, whatever the scores."""
        return (self.outcome, self.leaders) == (other.outcome, other.leaders)

    @property
    def leaders(self) -> frozenset[str | None]:
        """All that share the first rank."""
        return frozenset((self.recommended, *self.tied_with))

    def to_dict(self) -> dict[str, Any]:
        """The choice as it is recorded; what there is none of is left out."""
        told = {"recommended": self.recommended, "outcome": self.outcome.value, "tied_with": list(self.tied_with)}
        return {key: value for key, value in {**told, "score": self.score}.items() if value not in (None, [])}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedDecision:
    """A decision.

    Attributes:
        choices: what was chosen, by part; of a ruleset, under no name.
        as_of: the day whose knowledge was used.
        kind: what decided, `ruleset` or `stack`.
        by: the id, the version and the digest of what decided.
        id: the id of the answer.
    """

    choices: Mapping[str, Chosen] = field(hash=False)
    as_of: date
    kind: str
    by: Mapping[str, str] = field(hash=False)
    id: str

    def to_dict(self) -> dict[str, Any]:
        """The decision as it is recorded."""
        whole = self.choices.get(WHOLE)
        choices = whole.to_dict() if whole else {"parts": {part: each.to_dict() for part, each in self.choices.items()}}
        return {**choices, "as_of": self.as_of.isoformat(), self.kind: dict(self.by), "id": self.id}


def answers_of(answer: Answer | StackAnswer) -> Mapping[str, Answer]:
    """The answer of each part; that of a ruleset is under no name."""
    return {WHOLE: answer} if isinstance(answer, Answer) else answer.parts


def decision_of(answer: Answer | StackAnswer) -> RecordedDecision:
    """What is recorded of an answer."""
    by = answer.ruleset if isinstance(answer, Answer) else answer.stack
    return RecordedDecision(
        choices={part: _chosen(each) for part, each in answers_of(answer).items()},
        as_of=answer.as_of,
        kind="ruleset" if isinstance(answer, Answer) else "stack",
        by={"id": by.id, "version": by.version, "digest": by.digest},
        id=answer.id,
    )


def read_decision(data: Any) -> RecordedDecision:
    """The decision that is recorded under its key of a file.

    Args:
        data: plain data, what stands under the key.

    Raises:
        FaultsError: it is no decision; every fault is told, with its path from the root of the file.
    """
    kind = "stack" if isinstance(data, Mapping) and "stack" in data else "ruleset"
    said, faults = read_shape(_DECISIONS[kind], data)
    if kind == "ruleset":
        faults += _faults_of_choice(data, said)
    for part, choice in said.get("parts", {}).items():
        faults += [
            replace(each, path=("parts", part, *each.path)) for each in _faults_of_choice(data["parts"][part], choice)
        ]
    if faults:
        raise FaultsError(FaultsError(faults).under(DECISION))
    choices = (
        {WHOLE: _choice(said)} if kind == "ruleset" else {part: _choice(each) for part, each in said["parts"].items()}
    )
    return RecordedDecision(choices=choices, as_of=said["as_of"], kind=kind, by=said[kind], id=said["id"])


def _chosen(answer: Answer) -> Chosen:
    first = answer.recommended
    if first is None:
        return Chosen(outcome=answer.outcome)
    return Chosen(
        outcome=answer.outcome,
        recommended=first.candidate,
        tied_with=first.tied_with,
        score=round(first.score, _DECIMALS),
    )


def _choice(said: Mapping[str, Any]) -> Chosen:
    keys = ("outcome", "recommended", "tied_with", "score")
    return Chosen(**{key: said[key] for key in keys if key in said})


def _faults_of_choice(data: Any, said: Mapping[str, Any]) -> list[Diagnostic]:
    """What contradicts the outcome of a choice: somebody who goes with another outcome, or is missing."""
    outcome = said.get("outcome")
    if outcome is None:
        return []
    faults: list[Diagnostic] = []
    for key, outcomes in _GOES_WITH.items():
        if key in data and outcome not in outcomes:
            message = f"{quote(key)} does not go with the outcome {quote(outcome.value)}"
            faults.append(fault(Code.KEY_UNKNOWN, message, (key,), at_key=True))
        elif key not in data and outcome in outcomes:
            message = f"the key {quote(key)} is missing, which the outcome {quote(outcome.value)} must have"
            faults.append(fault(Code.KEY_MISSING, message, (key,)))
    return faults


def _outcome(value: Any) -> Outcome:
    return word(value, _OUTCOMES, "an outcome")


class _IdentityShape(Shape):
    noun = "what decided: its id, version and digest"
    id = Value(identifier, required=True)
    version = Value(text, required=True)
    digest = Value(text, required=True)


class _ChoiceShape(Shape):
    noun = "what was chosen"
    recommended = Value(identifier)
    outcome = Value(_outcome, required=True)
    tied_with = Value(lambda value: listed(value, identifier, empty=False))
    score = Value(lambda value: float(number(value)))


_CHOICE = _ChoiceShape()
_IDENTITY = nested(_IdentityShape())
_ALWAYS = {"as_of": Value(day, required=True), "id": Value(text, required=True)}


class _DecisionShape(Shape):
    noun = "a recorded decision"


_DECISIONS = {
    "ruleset": _DecisionShape({**_CHOICE.fields, **_ALWAYS, "ruleset": Value(_IDENTITY, required=True)}),
    "stack": _DecisionShape(
        {
            "parts": Value(entries(identifier, nested(_CHOICE), "choices by part"), required=True),
            **_ALWAYS,
            "stack": Value(_IDENTITY, required=True),
        }
    ),
}
