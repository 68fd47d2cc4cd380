"""The whole answer as JSON, without the objects that it could be read from: put together from pieces made before."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from steelyard.engine.compiled import CompiledRuleset
from steelyard.engine.document import recommendation
from steelyard.engine.fragments import Group
from steelyard.engine.lazy import lazy
from steelyard.engine.summing_up import cited, recommended, summed_up
from steelyard.engine.weighing import Weighing
from steelyard.recommendation import Excluded, Ranked, Recommended, Weighed, as_json, cut, numbers_as_json

_RANK = itemgetter(0)
_VARYING = (
    "id",
    "as_of",
    "requirements",
    "unanswered",
    "outcome",
    "recommended",
    "summary",
    "ranking",
    "excluded",
    "evidence",
)
_NOTHING = b"null"


class Written(NamedTuple):
    """An answer that is not explained: its id, and its document as JSON in UTF-8."""

    id: str
    json: bytes


class Writer:
    """Writes the answers of one ruleset.

    What it writes is what `Recommendation.to_json` gives; a property test holds it to that. The names of keys and their
    order are read off documents, and stand here only to say where a value goes.
    """

    def __init__(self, compiled: CompiledRuleset) -> None:
        """Takes the ruleset."""
        self._compiled = compiled
        self._frame: tuple[bytes, ...] | None = None

    def write(self, weighing: Weighing) -> Written:
        """The answer to the request that was weighed, if it is not to be explained."""
        compiled, request = self._compiled, weighing.request
        frame = self._frame
        if frame is None:
            frame = self._frame = cut(recommendation(weighing).to_dict(), *_VARYING)
        asked, requirements = compiled.asked, request.requirements
        told = asked.told(requirements)
        id_ = asked.id(compiled.identity.digest, request, told)
        winner = recommended(weighing)
        said = _Said(weighing)
        values: tuple[Iterable[bytes], ...] = (
            (as_json(id_),),
            (as_json(request.as_of.isoformat()),),
            (b"{", b",".join([each.entry for each in told]), b"}"),
            (asked.unanswered(requirements),),
            (as_json(weighing.outcome),),
            self._recommended(weighing, winner, said),
            (as_json(summed_up(weighing, winner).whole),),
            (b"[", *self._ranking(weighing, said), b"]"),
            (b"[", *self._excluded(weighing, said), b"]"),
            (compiled.sources.on(request.as_of).entries(cited(weighing, weighing.asked)),),
        )
        pieces = [frame[0]]
        for value, following in zip(values, frame[1:], strict=True):
            pieces += value
            pieces.append(following)
        return Written(id_, b"".join(pieces))

    def _recommended(self, weighing: Weighing, winner: Recommended | None, said: "_Said") -> Iterable[bytes]:
        """Who is recommended."""
        if winner is None or winner.tied_with:
            return (as_json(winner and winner.to_dict()),)
        number = weighing.ranking[0][1]
        before_score, before_lead, before_robustness, end = self._winners[number]
        return before_score, said.scores[number], before_lead, said.lead, before_robustness, said.robustness, end

    def _ranking(self, weighing: Weighing, said: "_Said") -> Iterable[bytes]:
        """Those in the ranking."""
        pieces: list[bytes] = []
        for rank, number in weighing.ranking:
            before_rank, before_score, before_rated, before_reasons, end = self._ranked[number]
            pieces += (
                before_rank,
                b"%d" % rank,
                before_score,
                said.scores[number],
                before_rated,
                said.rated[number],
                before_reasons,
            )
            pieces += said.reasons[number]
            pieces.append(end)
        _without_first_comma(pieces)
        return pieces

    def _excluded(self, weighing: Weighing, said: "_Said") -> Iterable[bytes]:
        """Those that cannot be chosen."""
        pieces: list[bytes] = []
        for number in weighing.excluded:
            before_score, before_rated, before_reasons, end = self._unranked[number]
            pieces += (before_score, said.scores[number], before_rated, said.rated[number], before_reasons)
            pieces += said.reasons[number]
            pieces.append(end)
        _without_first_comma(pieces)
        return pieces

    @lazy
    def _winners(self) -> Sequence[tuple[bytes, ...]]:
        """By number of a candidate, what stands between its values where it alone is recommended."""
        candidates = self._compiled.ruleset.candidates.values()
        told = [Recommended(candidate=each.id, name=each.name, score=0, lead=0, robustness=0) for each in candidates]
        return [cut(each.to_dict(), "score", "lead", "robustness") for each in told]

    @lazy
    def _ranked(self) -> Sequence[tuple[bytes, ...]]:
        """By number of a candidate, what stands between its values where it is ranked."""
        candidates = self._compiled.ruleset.candidates.values()
        told = [Ranked(rank=0, candidate=each.id, name=each.name, score=0, rated=0, reasons=()) for each in candidates]
        return [_between(each, "rank", "score", "rated") for each in told]

    @lazy
    def _unranked(self) -> Sequence[tuple[bytes, ...]]:
        """By number of a candidate, what stands between its values where it is excluded."""
        candidates = self._compiled.ruleset.candidates.values()
        told = [Excluded(candidate=each.id, name=each.name, score=0, rated=0, reasons=()) for each in candidates]
        return [_between(each, "score", "rated") for each in told]


class _Said:
    """What there is to say of each candidate, by its number, as JSON."""

    def __init__(self, weighing: Weighing) -> None:
        total, fragments = weighing.balance[-1], weighing.snapshot.fragments
        groups = [group for fired in weighing.fired_rules for group in fragments.of(fired)]
        # Among equals, a stable sort keeps the order of the ruleset.
        groups.sort(key=_RANK)
        points = [group[1] / total for group in groups]
        lead, (robustness, _) = weighing.lead or 0.0, weighing.closest or (0.0, 0)
        numbers = numbers_as_json([*points, *weighing.scores, *weighing.rated, lead, robustness])
        end_of_scores = len(points) + len(weighing.scores)
        self.scores = numbers[len(points) : end_of_scores]
        self.rated = numbers[end_of_scores:-2]
        self.lead, self.robustness = numbers[-2:] if weighing.closest else (_NOTHING, _NOTHING)
        self.reasons = _reasons(weighing, groups, numbers)


def _reasons(weighing: Weighing, groups: Iterable[Group], points: Iterable[bytes]) -> Sequence[Sequence[bytes]]:
    """The reasons, in pieces, given what is said by groups, the greatest points first, and the points."""
    reasons: list[list[bytes]] = [[] for _ in weighing.snapshot.candidates]
    add_to = [pieces.append for pieces in reasons]
    for (_, _, head, tails), size in zip(groups, points, strict=False):
        beginning = head + size
        for number, tail in tails:
            add = add_to[number]
            add(beginning)
            add(tail)
    for number, absence in weighing.snapshot.fragments.absences.items():
        reasons[number].insert(0, absence)
    for pieces in reasons:
        _without_first_comma(pieces)
    return reasons


def _without_first_comma(pieces: list[bytes]) -> None:
    if pieces:
        pieces[0] = pieces[0][1:]


def _between(candidate: Weighed, *keys: str) -> tuple[bytes, ...]:
    """What stands between the values of a candidate, a comma before it, and the brackets of its reasons."""
    first, *others, before_reasons, end = cut(candidate.to_dict(), *keys, "reasons")
    return b"," + first, *others, before_reasons + b"[", b"]" + end
