"""A validated request: what a project answered, and for which day and candidates it asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from steelyard.model.needs import Answer, Need
from steelyard.model.ruleset import Importance


@dataclass(frozen=True, slots=True)
class Requirement:
    """An answer to one need, and how much it matters."""

    value: Answer
    importance: Importance = Importance.SHOULD

    def stated(self, need: Need) -> Mapping[str, Any]:
        """The answer to the need as plain data: its value, options in the order of the need, and its importance."""
        return {"value": need.stated(self.value), "importance": self.importance.value}


class Topic(StrEnum):
    """What can be explained on demand."""

    QUESTIONS = "questions"
    CHANGES = "changes"
    RULES = "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of a ruleset.

    Attributes:
        as_of: the day whose knowledge is to be used.
        requirements: by need, in the order of the ruleset; a need that is not there is unanswered.
        candidates: the candidates to weigh, in the order of the ruleset; None means all.
        explain: what is to be explained beside the answer itself.
        compare: two candidates to set beside each other, if asked.
    """

    as_of: date
    requirements: Mapping[str, Requirement] = field(hash=False)
    candidates: tuple[str, ...] | None = None
    explain: frozenset[Topic] = frozenset()
    compare: tuple[str, str] | None = None
