"""Where an interview stands: what was said, what is asked next, and the way back. Each move makes another state."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from steelyard.api import Answer, Ruleset
from steelyard.model import Answer as AnswerToNeed
from steelyard.model import Need, Request, Requirement, Topic, negation_normal_form, passes, tests_of
from steelyard.recommendation import Outcome, Question


@dataclass(frozen=True, slots=True)
class Step:
    """A question that was asked here: what was said to it, or None where it is not known."""

    need: str
    requirement: Requirement | None


@dataclass(frozen=True, kw_only=True)  # without slots, which leave no room for what is worked out once
class Interview:
    """An interview as it stands.

    Attributes:
        ruleset: what is asked.
        as_of: the day whose knowledge is used, also if the interview lasts beyond it.
        given: what was said before the first question.
        candidates: the candidates to weigh; None means all.
        unknown: needs that are not to be asked about.
        steps: the questions asked so far, in their order.
        goes_on_after: how many steps there were when it was chosen to go on though all was settled; None if it was not.
    """

    ruleset: Ruleset
    as_of: date
    given: Mapping[str, Requirement]
    candidates: tuple[str, ...] | None = None
    unknown: frozenset[str] = frozenset()
    steps: tuple[Step, ...] = ()
    goes_on_after: int | None = None

    @classmethod
    def of(cls, ruleset: Ruleset, request: Request, unknown: frozenset[str] = frozenset()) -> "Interview":
        """The interview that starts from what a request says already."""
        return cls(
            ruleset=ruleset,
            as_of=request.as_of,
            given=request.requirements,
            candidates=request.candidates,
            unknown=unknown,
        )

    @cached_property
    def said(self) -> Mapping[str, Requirement]:
        """All that was said, in the order of the ruleset."""
        here = {step.need: step.requirement for step in self.steps if step.requirement is not None}
        every = {**self.given, **here}
        return {need: every[need] for need in self.ruleset.needs if need in every}

    @cached_property
    def requirements(self) -> Mapping[str, Mapping[str, Any]]:
        """All that was said, as plain data."""
        return {need: requirement.stated(self.ruleset.needs[need]) for need, requirement in self.said.items()}

    @cached_property
    def not_known(self) -> frozenset[str]:
        """The needs of which it was said that the answer is not known."""
        return self.unknown.union(step.need for step in self.steps if step.requirement is None)

    @cached_property
    def answer(self) -> Answer:
        """What is recommended as it stands, with the questions that are worth asking."""
        return self._answer((Topic.QUESTIONS.value,))

    def final(self) -> Answer:
        """The answer as anybody gets it who asks for it with what was said here."""
        return self._answer(())

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that could change who is recommended, best first, without those whose answer is not known."""
        return tuple(each for each in self.answer.explanation.questions or () if each.need not in self.not_known)

    @property
    def rest(self) -> tuple[str, ...]:
        """The needs that were neither answered nor passed over, in the order of the ruleset."""
        return tuple(need for need in self.answer.unanswered if need not in self.not_known)

    @property
    def next_need(self) -> str | None:
        """The need to ask about: the most telling one, or any other if one goes on; None if it is time to stop.

        Where nothing is decided yet though no single answer decides it, two together still may, so all are asked. So
        they are where a ruleset is too large to look for all questions.
        """
        if self.questions:
            return self.questions[0].need
        return self.rest[0] if self._asks_all and self.rest else None

    def question(self, need: str) -> Question | None:
        """What the need could do; None if its answer alone changes nothing."""
        return next((each for each in self.questions if each.need == need), None)

    def can_matter(self, need: Need, value: AnswerToNeed) -> bool:
        """Whether any rule could hold because of the answer; how much it matters is of no account otherwise."""
        return any(
            test.need == need.id and passes(test, need, value)
            for rule in self.ruleset.rules.values()
            for test in tests_of(negation_normal_form(rule.when))
        )

    def answered(self, need: str, requirement: Requirement) -> "Interview":
        """The interview after an answer."""
        return replace(self, steps=(*self.steps, Step(need, requirement)))

    def passed_over(self, need: str) -> "Interview":
        """The interview after "I don't know"."""
        return replace(self, steps=(*self.steps, Step(need, None)))

    def going_on(self) -> "Interview":
        """The interview that asks the rest, though all is settled."""
        return replace(self, goes_on_after=len(self.steps))

    def back(self) -> "Interview":
        """The interview before the last question, whatever was said to it; the first one stays where it is."""
        steps = self.steps[:-1]
        undoes = self.goes_on_after is not None and len(steps) < self.goes_on_after
        return replace(self, steps=steps, goes_on_after=None if undoes else self.goes_on_after)

    @property
    def _asks_all(self) -> bool:
        is_open = self.answer.outcome is Outcome.UNDECIDED or bool(self.answer.explanation.incomplete)
        return is_open or self.goes_on_after is not None

    def _answer(self, explain: tuple[str, ...]) -> Answer:
        return self.ruleset.recommend(self.requirements, as_of=self.as_of, candidates=self.candidates, explain=explain)
