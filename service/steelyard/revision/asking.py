"""Putting the same questions to both sides: one ruleset on two days, two rulesets, or both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from steelyard.diagnostics import Diagnostic
from steelyard.engine import Engine
from steelyard.model import Request, Ruleset
from steelyard.recommendation import Recommendation, RulesetIdentity
from steelyard.requirements import RequestError, RequestReader
from steelyard.revision.revision import Revision


class Side:
    """A ruleset to be asked, on a day of its own if it has one."""

    def __init__(self, ruleset: Ruleset, as_of: date | None = None) -> None:
        """Prepares the ruleset; without a day, each question is asked about its own."""
        self.ruleset = ruleset
        self.as_of = as_of
        self._engine = Engine(ruleset)
        self._reader = RequestReader.of(ruleset)

    @property
    def identity(self) -> RulesetIdentity:
        """Which ruleset it is."""
        return self._engine.identity

    def read(self, request: Any, today: date) -> Request:
        """The request as this side takes it.

        Raises:
            RequestError: the side does not take it.
        """
        dated = self.as_of is not None and isinstance(request, Mapping)
        return self._reader.read({**request, "as_of": self.as_of} if dated else request, today)

    def answer(self, request: Request) -> Recommendation:
        """The answer of this side."""
        return self._engine.recommend(request)


class Which(StrEnum):
    """One of the two sides."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A need or a candidate of a question that one side does not know, and was not asked about."""

    name: str
    side: Which


@dataclass(frozen=True, slots=True)
class Posed:
    """A question as both sides take it, and what had to be left out for one of them."""

    before: Request
    after: Request
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a comparison."""

    before: Side
    after: Side

    def pose(self, request: Any, today: date) -> Posed:
        """Reads a request for both sides. What only one of them knows is left out for the other.

        Args:
            request: what is asked, as it is posted.
            today: the day that is meant where neither the side nor the request has one.

        Raises:
            RequestError: a side does not take it; every fault of both is told, once where they agree.
        """
        left_out: list[LeftOut] = []
        read: list[Request] = []
        faults: dict[Which, list[Diagnostic]] = {}
        for which, side, other in ((Which.BEFORE, self.before, self.after), (Which.AFTER, self.after, self.before)):
            fitting, foreign = _fitting(request, side.ruleset, other.ruleset)
            left_out += (LeftOut(name, which) for name in foreign)
            try:
                read.append(side.read(fitting, today))
            except RequestError as error:
                faults[which] = list(error.diagnostics)
        if faults:
            raise RequestError(_told(faults))
        return Posed(before=read[0], after=read[1], left_out=tuple(left_out))

    def compare(self, posed: Posed) -> Revision:
        """Asks both sides, and tells what sets their answers apart."""
        return Revision(
            before=self.before.answer(posed.before),
            after=self.after.answer(posed.after),
            was=self.before.ruleset,
            now=self.after.ruleset,
        )


def _fitting(request: Any, ruleset: Ruleset, other: Ruleset) -> tuple[Any, list[str]]:
    """The request without what only the other ruleset knows, and what that is; what is no request stays as it is."""
    if not isinstance(request, Mapping):
        return request, []
    foreign: list[str] = []
    fitting = dict(request)
    requirements, candidates = request.get("requirements"), request.get("candidates")
    if isinstance(requirements, Mapping):
        unknown = [need for need in requirements if need in other.needs.keys() - ruleset.needs.keys()]
        fitting["requirements"] = {need: each for need, each in requirements.items() if need not in unknown}
        foreign += unknown
    if isinstance(candidates, list | tuple):
        known = other.candidates.keys() - ruleset.candidates.keys()
        unknown = [each for each in candidates if isinstance(each, str) and each in known]
        # A side that knows none of them could not be asked at all: that is a fault, which it tells itself.
        if len(unknown) < len(candidates):
            fitting["candidates"] = [each for each in candidates if each not in unknown]
            foreign += unknown
    return fitting, foreign


def _told(faults: Mapping[Which, list[Diagnostic]]) -> Iterator[Diagnostic]:
    """The faults of both sides; of one that only one side finds is told which."""
    before, after = faults.get(Which.BEFORE, []), faults.get(Which.AFTER, [])
    for found, others, side in ((before, after, "first"), (after, before, "second")):
        agreed = {_essence(each) for each in others}
        for each in found:
            if _essence(each) not in agreed:
                yield replace(each, message=f"{each.message}, on the {side} side")
            elif found is before:
                yield each


def _essence(found: Diagnostic) -> tuple[str, str]:
    # The help is left out: it names what each side has instead.
    return found.pointer, found.message
