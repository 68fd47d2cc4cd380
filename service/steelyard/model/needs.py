"""Needs: what a project may need, and the values that an answer can have."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class NeedType(StrEnum):
    """How a need is answered."""

    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    SCALE = "scale"
    NUMBER = "number"

    @property
    def has_options(self) -> bool:
        """Whether needs of this type declare options."""
        return self in (NeedType.CHOICE, NeedType.CHOICES, NeedType.SCALE)


Answer = bool | str | int | float | frozenset[str]
"""An answer to a need: flag, option's id (choice, scale), number, or the set of options' ids (choices)."""


@dataclass(frozen=True, kw_only=True)  # without slots, which leave no room for what is worked out once
class Need:
    """One thing that a project may need.

    Attributes:
        id: its name in conditions and requirements.
        question: the question to ask, in plain words.
        type: how it is answered.
        help: a line that helps to answer, if any.
        options: id and label of each option; for a scale from the lowest to the highest.
        minimum: lowest answer of a number, otherwise None.
        maximum: highest answer of a number, otherwise None.
        unit: what a number counts, if said.
    """

    id: str
    question: str
    type: NeedType
    help: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    minimum: int | float | None = None
    maximum: int | float | None = None
    unit: str | None = None

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        """The options' ids in their order."""
        return tuple(option for option, _ in self.options)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The place of each option, 0 for the first, which is the lowest of a scale."""
        return {option: place for place, option in enumerate(self.option_ids)}

    def position(self, option: str) -> int:
        """The place of an option on the scale, 0 for the lowest."""
        return self.positions[option]

    def in_order(self, answer: frozenset[str]) -> tuple[str, ...]:
        """The options of an answer to `choices` in the order of the need."""
        return tuple(sorted(answer, key=self.positions.__getitem__))

    def stated(self, answer: Answer) -> bool | str | int | float | list[str]:
        """The answer as plain data: options of `choices` as a list in the order of the need."""
        return list(self.in_order(answer)) if isinstance(answer, frozenset) else answer
