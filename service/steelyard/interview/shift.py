"""What an answer changed: who leads, the ranks and scores that moved, and who is out."""

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.recommendation import Excluded, Outcome, Ranked, Recommendation

_MOST_SHOWN = 5
_HAIR = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """A candidate of the ranking, and how far it moved; None where it was not ranked before.

    Attributes:
        ranked: the candidate as it is ranked now.
        points: points that it gained, below 0 that it lost.
        places: ranks that it gained, below 0 that it lost.
    """

    ranked: Ranked
    points: float | None
    places: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What one answer changed.

    Attributes:
        leads_now: whether others come first than before.
        rows: the first five and all whose rank changed, in the order of the ranking.
        left_out: how many of the ranking are not among the rows.
        excluded: candidates that were not excluded before.
    """

    leads_now: bool
    rows: tuple[Shifted, ...]
    left_out: int
    excluded: tuple[Excluded, ...]

    @classmethod
    def between(cls, before: Recommendation, after: Recommendation) -> "Shift":
        """What changed from one answer to the other; nothing is ranked where nothing is decided."""
        old = {each.candidate: each for each in before.ranking}
        ranking = after.ranking if after.outcome is not Outcome.UNDECIDED else ()
        # Where nothing was decided, all shared one rank: no place among equals was lost.
        told = before.outcome is not Outcome.UNDECIDED
        rows = [_shifted(each, old, with_places=told) for each in ranking]
        shown = tuple(row for place, row in enumerate(rows) if place < _MOST_SHOWN or row.places != 0)
        were_out = {each.candidate for each in before.excluded}
        return cls(
            leads_now=_first(before) != _first(after),
            rows=shown,
            left_out=len(rows) - len(shown),
            excluded=tuple(each for each in after.excluded if each.candidate not in were_out),
        )


def _shifted(ranked: Ranked, old: Mapping[str, Ranked], *, with_places: bool) -> Shifted:
    was = old.get(ranked.candidate)
    if was is None:
        return Shifted(ranked=ranked, points=None, places=None)
    points = ranked.score - was.score
    places = was.rank - ranked.rank if with_places else 0
    return Shifted(ranked=ranked, points=0.0 if abs(points) < _HAIR else points, places=places)


def _first(answer: Recommendation) -> tuple[str, ...]:
    if answer.recommended is None:
        return ()
    return tuple(each.candidate for each in answer.ranking if each.rank == 1)
