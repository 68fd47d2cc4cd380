"""What the address of the page says: which project is weighed, and what of the answer is looked at.

Everything that is shown has an address. It is a request as `GET /v1/recommendations` takes it, and besides has keys
with a hyphen, which no need has in its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from steelyard.api import Ruleset, Stack
from steelyard.model import Importance, NeedType

IMPORTANCE_OF = "importance-"
"""What stands before the name of a need, in a form, where it says how much the answer matters."""
NOT_KNOWN = "not-known"
LOOK_AT = "look-at"
SET_BESIDE = "set-beside"

_SAFE = ",:@"

Stated = Mapping[str, Any]
"""An answer as plain data: its `value` and its `importance`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Another answer to look at: of another ruleset, on another day, or both; None is the same as here."""

    ruleset: str | None = None
    day: date | None = None

    def __str__(self) -> str:
        return "@".join(str(each) for each in (self.ruleset, self.day) if each is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project, and what is looked at.

    Attributes:
        asked: the ruleset or stack.
        is_default: whether it is what is asked where nothing is said.
        requirements: the answers, by need, in the order of the needs.
        as_of: the day asked about; None is today.
        candidates: those that are weighed; None is all.
        not_known: needs whose answer is not known, so that they are not asked about.
        look_at: the candidate whose reasons are shown; None is whoever leads.
        compare: two candidates that are set beside each other; None is the leader and the next.
        shows_changes: whether it is shown what would change the answer.
        beside: another answer to look at, if any.
    """

    asked: Ruleset | Stack
    is_default: bool = True
    requirements: Mapping[str, Stated] = field(default_factory=dict, hash=False)
    as_of: date | None = None
    candidates: tuple[str, ...] | None = None
    not_known: tuple[str, ...] = ()
    look_at: str | None = None
    compare: tuple[str, str] | None = None
    shows_changes: bool = False
    beside: Beside | None = None

    @property
    def request(self) -> dict[str, Any]:
        """What is asked, as it would be posted, but for the ruleset."""
        said = {"as_of": self.as_of and self.as_of.isoformat(), "candidates": self.candidates and [*self.candidates]}
        return {**{key: each for key, each in said.items() if each}, "requirements": dict(self.requirements)}

    def saying(self, answers: Mapping[str, Stated | None]) -> "Project":
        """The project with other answers; None withdraws one."""
        said = {need: each for need, each in {**self.requirements, **answers}.items() if each is not None}
        kept = {need: said[need] for need in self.asked.needs if need in said}
        return replace(self, requirements=kept, not_known=tuple(each for each in self.not_known if each not in kept))

    def asking(self, asked: Ruleset | Stack, *, is_default: bool) -> "Project":
        """The same asked of something else, as far as it has the same needs and takes the same answers."""
        kept = {
            need: stated
            for need, stated in self.requirements.items()
            if need in asked.needs and asked.needs[need] == self.asked.needs[need]
        }
        return Project(asked=asked, is_default=is_default, requirements=kept, as_of=self.as_of)

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """Everything as keys and values of an address, in an order of its own."""
        return (*self.query_of_request, *self._query_of_what_is_looked_at)

    @property
    def query_of_request(self) -> tuple[tuple[str, str], ...]:
        """What is asked, as keys and values."""
        kind = "ruleset" if isinstance(self.asked, Ruleset) else "stack"
        pairs = [] if self.is_default else [(kind, self.asked.id)]
        pairs += [("as_of", self.as_of.isoformat())] if self.as_of else []
        pairs += [(need, self._typed(need, stated["value"])) for need, stated in self.requirements.items()]
        for importance in (Importance.MUST, Importance.COULD):
            needs = [need for need, stated in self.requirements.items() if stated["importance"] == importance]
            pairs += [(importance.value, ",".join(needs))] if needs else []
        return (*pairs, *([("candidates", ",".join(self.candidates))] if self.candidates else []))

    @property
    def address(self) -> str:
        """The same as it follows the path of the page."""
        return written(self.query)

    @property
    def _query_of_what_is_looked_at(self) -> tuple[tuple[str, str], ...]:
        said = {
            "explain": "changes" if self.shows_changes else "",
            "compare": ",".join(self.compare or ()),
            NOT_KNOWN: ",".join(self.not_known),
            LOOK_AT: self.look_at or "",
            SET_BESIDE: str(self.beside or ""),
        }
        return tuple((key, value) for key, value in said.items() if value)

    def _typed(self, need: str, value: Any) -> str:
        if isinstance(value, list):
            return ",".join(value)
        if self.asked.needs[need].type is NeedType.FLAG:
            return "true" if value else "false"
        return str(value)


def written(query: tuple[tuple[str, str], ...]) -> str:
    """Keys and values as they follow a path."""
    return f"?{urlencode(query, safe=_SAFE)}" if query else ""


def year_before(day: date) -> date:
    """The same day of the year before, or the first of all days."""
    if day.year == date.min.year:
        return date.min
    # The end of February falls on the 28th, where the year before has no 29th.
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
