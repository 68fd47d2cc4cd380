"""The ranking as bars: on either side of the middle, the points of each criterion for and against a candidate."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from steelyard.api import Answer
from steelyard.recommendation import Outcome, Ranked, percent
from steelyard.render.chart.contributions import Part, criteria_of, sides_of
from steelyard.render.chart.palette import TINTS
from steelyard.render.wording import signed, vetoes
from steelyard.web.pages.project import Project

_MIDDLE = 50
_SEAM = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The points of one criterion, as a piece of a bar that is 100 long."""

    start: float
    width: float
    tone: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A ranked candidate.

    Attributes:
        id: the candidate's id.
        name: its name.
        rank: its rank.
        score: its score, 0 to 100.
        known: how much of what was asked is known of it, where that is not all.
        segments: the points of each criterion.
        told: the same in words.
        address: where its reasons are shown.
        is_open: whether they are shown here.
    """

    id: str
    name: str
    rank: int
    score: float
    known: str
    segments: tuple[Segment, ...]
    told: str
    address: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """An excluded candidate, and why it is."""

    id: str
    name: str
    why: str
    address: str
    is_open: bool


def bars(project: Project, answer: Answer, opened: str | None) -> tuple[Bar, ...]:
    """The ranked candidates, best first; none where nothing decides between them."""
    if answer.outcome is Outcome.UNDECIDED:
        return ()
    criteria = criteria_of(answer, answer.asked)
    found = []
    for each in answer.ranking:
        sides = sides_of(each, criteria)
        parts = (*sides.speaking_for, *sides.against)
        found.append(
            Bar(
                id=each.candidate,
                name=each.name,
                rank=each.rank,
                score=each.score,
                known=f"{percent(each.rated)} known" if each.rated < 1 else "",
                segments=(*_laid(sides.speaking_for, 1), *_laid(sides.against, -1)),
                told="; ".join(map(_told, parts)),
                address=replace(project, look_at=each.candidate).address,
                is_open=each.candidate == opened,
            )
        )
    return tuple(found)


def excluded(project: Project, answer: Answer, opened: str | None) -> tuple[Out, ...]:
    """The excluded candidates, and why they are."""
    return tuple(
        Out(
            id=each.candidate,
            name=each.name,
            why=" ".join(dict.fromkeys(reason.because or reason.title for reason in vetoes(each))),
            address=replace(project, look_at=each.candidate).address,
            is_open=each.candidate == opened,
        )
        for each in answer.excluded
    )


def undecided(answer: Answer) -> tuple[Ranked, ...]:
    """The candidates between which nothing decides."""
    return answer.ranking if answer.outcome is Outcome.UNDECIDED else ()


def _laid(parts: tuple[Part, ...], direction: int) -> Iterator[Segment]:
    """The parts beside each other, away from the middle."""
    edge = float(_MIDDLE)
    for part in parts:
        size = abs(part.points)
        start = edge if direction > 0 else edge - size
        edge += direction * size
        side = "for" if direction > 0 else "against"
        width = max(size - _SEAM, min(size, _SEAM))
        tone = f"{side}-{part.criterion.place % TINTS}"
        yield Segment(start=round(start, 2), width=round(width, 2), tone=tone, told=_told(part))


def _told(part: Part) -> str:
    return f"{part.criterion.title} {signed(part.points)}"
