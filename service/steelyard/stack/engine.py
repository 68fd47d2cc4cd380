"""Answering a stack: each part by the engine of its ruleset, with the answers of the parts before it."""

from collections.abc import Mapping, Sequence

from steelyard.engine import Engine, Weighing, recommendation
from steelyard.model import Request, Requirement, digest_of
from steelyard.recommendation import Outcome, Recommendation
from steelyard.stack.model import Feed, Part, Stack
from steelyard.stack.result import StackIdentity, StackRecommendation, Taken
from steelyard.stack.summary import summarise_stack


class StackEngine:
    """Recommends by one stack. It keeps no state between requests and can be shared by threads."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.identity = StackIdentity(id=stack.id, version=stack.version, digest=stack.digest)
        self._engines = {part.id: Engine(part.ruleset) for part in stack.parts.values()}

    def recommend(self, request: Request) -> StackRecommendation:
        """The answer to a valid request, whose needs and candidates are those of all parts."""
        parts: dict[str, Recommendation] = {}
        taken: dict[str, Mapping[str, Taken]] = {}
        for part in self.stack.parts.values():
            took = {need: _taken(need, feed, request, parts) for need, feed in part.takes.items()}
            taken[part.id] = took
            parts[part.id] = _answer(self._engines[part.id].weigh(_request_to(part, request, took)))
        restrictions = [_restriction(part, request) for part in self.stack.parts.values()]
        missed = {need for answer in parts.values() for need in answer.unanswered}
        needs = self.stack.needs
        return StackRecommendation(
            id=self._id(request, restrictions),
            stack=self.identity,
            as_of=request.as_of,
            requirements={need: each.stated(needs[need]) for need, each in request.requirements.items()},
            unanswered=tuple(need for need in needs if need in missed),
            summary=summarise_stack(parts, taken),
            parts=parts,
            taken=taken,
            candidates=(request.candidates or ()) if any(restrictions) else (),
        )

    def _id(self, request: Request, restrictions: Sequence[tuple[str, ...] | None]) -> str:
        return digest_of([self.identity.digest, request.as_of, request.requirements, restrictions])[:32]


def _answer(weighing: Weighing) -> Recommendation:
    if not weighing.is_to_be_explained:
        return recommendation(weighing)
    # Imported here: a stack whose answers are not explained need not wait for it.
    from steelyard.explain import explained  # noqa: PLC0415

    return explained(weighing)


def _taken(need: str, feed: Feed, request: Request, answered: Mapping[str, Recommendation]) -> Taken:
    stated = request.requirements.get(need)
    if stated is not None:
        return Taken(value=str(stated.value), source=None, importance=stated.importance)
    source = answered[feed.part]
    value = source.recommended.candidate if source.recommended is not None else None
    return Taken(value=value, source=feed.part, importance=feed.importance, tied=source.outcome is Outcome.TIED)


def _request_to(part: Part, request: Request, took: Mapping[str, Taken]) -> Request:
    """What is asked of a part: just what its ruleset alone would be asked."""
    fed = {
        need: Requirement(taken.value, taken.importance)
        for need, taken in took.items()
        if taken.source is not None and taken.value is not None
    }
    known = {**request.requirements, **fed}
    restriction = _restriction(part, request)
    weighed = part.ruleset.candidates if restriction is None else restriction
    return Request(
        as_of=request.as_of,
        requirements={need: known[need] for need in part.ruleset.needs if need in known},
        candidates=restriction,
        explain=request.explain,
        compare=request.compare if request.compare and set(request.compare) <= set(weighed) else None,
    )


def _restriction(part: Part, request: Request) -> tuple[str, ...] | None:
    """The part's candidates among those that the request names; None for all, also where it names none of them."""
    named = tuple(each for each in part.ruleset.candidates if each in (request.candidates or ()))
    return named if 0 < len(named) < len(part.ruleset.candidates) else None
