"""Holding a recorded decision to the rules of today: whether it still holds, and what moved if not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from steelyard.api import Answer, Ruleset, Stack, StackAnswer
from steelyard.cli.project.recorded import Chosen, RecordedDecision, answers_of, decision_of
from steelyard.revision import Revision, revision_document


@dataclass(frozen=True, slots=True)
class Asked:
    """A sound request, as it is posted, and who answers it."""

    who: Ruleset | Stack
    request: Mapping[str, Any] = field(hash=False)

    def about(self, day: date) -> Answer | StackAnswer:
        """The answer about a day."""
        return self.who.answer({**self.request, "as_of": day})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A decision beside what is recommended today.

    Attributes:
        file: the file, as it was named.
        recorded: the decision; None if the file has none.
        answers: what is recommended today, by part.
        now: what would be recorded of it.
        pinned: the day that the file asks about, which the check does not go by; None if it says none.
        is_same_request: whether the requirements are those that were decided on; None if that cannot be told, since
            the rules are others.
        before: what these rules recommend about the day of the decision, by part; those that do not choose what was
            chosen are left out.
    """

    file: str
    recorded: RecordedDecision | None
    answers: Mapping[str, Answer] = field(hash=False)
    now: RecordedDecision
    pinned: date | None
    is_same_request: bool | None
    before: Mapping[str, Answer] = field(hash=False)

    @property
    def holds(self) -> bool:
        """Whether a decision is recorded, and every choice of it is the one of today."""
        return self.recorded is not None and not any(self.steps)

    @property
    def is_by_same_rules(self) -> bool:
        """Whether these rules, to the letter, decided then."""
        return self.recorded is not None and self.recorded.by == self.now.by

    @property
    def steps(self) -> Iterator[tuple[str, Chosen | None, Chosen | None]]:
        """Each part whose choice is another, with that of then and of now; None where there was no such part."""
        then = {} if self.recorded is None else self.recorded.choices
        for part in dict.fromkeys((*then, *self.now.choices)):
            first, second = then.get(part), self.now.choices.get(part)
            if first is None or second is None or not first.agrees(second):
                yield part, first, second

    @property
    def revisions(self) -> Mapping[str, Revision | None]:
        """By part whose choice is another, what moved since; None where that cannot be told."""
        return {part: self._revision(part) for part, first, second in self.steps if first and second}

    def _revision(self, part: str) -> Revision | None:
        before, after = self.before.get(part), self.answers[part]
        if before is None:
            return None
        return Revision(before=before, after=after, was=before.asked, now=after.asked)


def hold(
    question: Asked, answer: Answer | StackAnswer, recorded: RecordedDecision | None, *, file: str, pinned: date | None
) -> Held:
    """Holds a decision to an answer, and asks again about its day, to tell what moved.

    Args:
        question: what was answered.
        answer: the answer of the day that the decision is held to.
        recorded: the decision; None if there is none.
        file: the file, as it was named.
        pinned: the day that the file asks about, if it says one.
    """
    now = decision_of(answer)
    then = None if recorded is None else question.about(recorded.as_of)
    is_by_same_rules = recorded is not None and recorded.by == now.by
    return Held(
        file=file,
        recorded=recorded,
        answers=answers_of(answer),
        now=now,
        pinned=pinned,
        is_same_request=recorded.id == then.id if recorded and then and is_by_same_rules else None,
        before=_agreeing(recorded, then) if recorded and then else {},
    )


def held_document(held: Held) -> dict[str, Any]:
    """The same as plain data, ready for JSON."""
    return {
        "file": held.file,
        "holds": held.holds,
        "recorded": held.recorded and held.recorded.to_dict(),
        "now": held.now.to_dict(),
        "pinned_as_of": held.pinned and held.pinned.isoformat(),
        "same_rules": None if held.recorded is None else held.is_by_same_rules,
        "same_requirements": held.is_same_request,
        "moved": [
            {"part": part or None, "comparison": revision and revision_document(revision)}
            for part, revision in held.revisions.items()
        ],
    }


def _agreeing(recorded: RecordedDecision, then: Answer | StackAnswer) -> Mapping[str, Answer]:
    """The answers about the day of the decision that chose what was chosen."""
    chosen = decision_of(then).choices
    return {
        part: answer
        for part, answer in answers_of(then).items()
        if part in recorded.choices and recorded.choices[part].agrees(chosen[part])
    }
