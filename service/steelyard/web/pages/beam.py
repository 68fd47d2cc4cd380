"""The beam: two candidates on a balance, with a weight for each criterion on the side that it pulls to."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from steelyard.api import Answer
from steelyard.recommendation import Weighed, points
from steelyard.render.chart.contributions import letters

FULCRUM = (220.0, 36.0)
"""Where the beam turns, in a picture 440 wide."""

_STEEPEST = 8.0
_POINTS_HALFWAY = 12.0
_OUTERMOST = 188.0
_INNERMOST = 44.0
_SMALLEST, _LARGEST = 3.5, 17.0
_STRING = 16.0
_LETTER = 18.0
_LOWEST_STAND = 116.0
_MOST = 6
_NEXT_TO_NOTHING = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a criterion, or the rest of them, adds on one side.

    Attributes:
        key: the letter by which the picture names it.
        title: the criterion's title.
        points: how many points more it gives that side, above 0.
        x: where it hangs.
        y: where it hangs, on the tilted beam.
        drop: the length of its string.
        radius: its radius; its area is as its points.
    """

    key: str
    title: str
    points: float
    x: float
    y: float
    drop: float
    radius: float

    @property
    def told(self) -> str:
        """Its points with one decimal, so that they stand in line."""
        return f"{self.points:.1f}" if self.points >= _NEXT_TO_NOTHING else "<0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beam:
    """Two candidates beside each other.

    Attributes:
        left: the name of the one that leads, or of the first.
        right: the name of the other.
        tilt: degrees by which the left end hangs lower.
        lefts: the weights on the left, the largest first.
        rights: those on the right.
        words: how far the one is ahead.
        height: how high the picture is.
    """

    left: str
    right: str
    tilt: float
    lefts: tuple[Weight, ...]
    rights: tuple[Weight, ...]
    words: str
    height: float


def beam(answer: Answer, one: Weighed, other: Weighed) -> Beam:
    """The balance of two candidates of an answer."""
    lead = one.score - other.score
    tilt = math.copysign(_STEEPEST * (1 - math.exp(-abs(lead) / _POINTS_HALFWAY)), lead)
    gaps = _gaps(answer, one, other)
    largest = max(map(abs, gaps.values()), default=0.0)
    lefts = sorted(((title, gap) for title, gap in gaps.items() if gap > 0), key=lambda each: -each[1])
    rights = sorted(((title, -gap) for title, gap in gaps.items() if gap < 0), key=lambda each: -each[1])
    keys = {title: letters(place) for place, (title, _) in enumerate((*lefts, *rights))}
    hung_left = tuple(_hung(lefts, keys, tilt, largest, side=-1))
    hung_right = tuple(_hung(rights, keys, tilt, largest, side=1))
    lowest = max((each.y + each.drop + 2 * each.radius + _LETTER for each in (*hung_left, *hung_right)), default=0.0)
    return Beam(
        left=one.name,
        right=other.name,
        tilt=round(tilt, 2),
        lefts=hung_left,
        rights=hung_right,
        words=_words(one, other, lead),
        height=round(max(lowest, _LOWEST_STAND), 1),
    )


def _gaps(answer: Answer, one: Weighed, other: Weighed) -> Mapping[str, float]:
    """By the title of each criterion that tells the two apart, the points that the first has more."""
    gaps: dict[str | None, list[float]] = {}
    for weighed, sign in ((one, 1), (other, -1)):
        for reason in weighed.reasons:
            gaps.setdefault(reason.criterion, []).append(sign * reason.points)
    sums = {title: math.fsum(gaps.get(key, ())) for key, title in answer.asked.criteria.items()}
    return {title: gap for title, gap in sums.items() if round(gap, 6)}


def _hung(
    weights: Sequence[tuple[str, float]], keys: Mapping[str, str], tilt: float, largest: float, *, side: int
) -> Iterator[Weight]:
    """The weights along one arm, the largest outermost; those that find no room hang together."""
    shown = [*weights] if len(weights) <= _MOST else [*weights[: _MOST - 1], _together(weights[_MOST - 1 :])]
    step = (_OUTERMOST - _INNERMOST) / (_MOST - 1)
    for place, (title, size) in enumerate(shown):
        along = side * (_OUTERMOST - place * step)
        # On a screen y grows downwards, and a beam that is turned against the clock has its left end lower.
        x = along * math.cos(math.radians(tilt))
        y = -along * math.sin(math.radians(tilt))
        radius = max(_SMALLEST, _LARGEST * math.sqrt(size / largest))
        yield Weight(
            key=keys.get(title, "…"),
            title=title,
            points=size,
            x=round(FULCRUM[0] + x, 1),
            y=round(FULCRUM[1] + y, 1),
            drop=_STRING,
            radius=round(radius, 1),
        )


def _together(weights: Sequence[tuple[str, float]]) -> tuple[str, float]:
    return f"{len(weights)} more", math.fsum(size for _, size in weights)


def _words(one: Weighed, other: Weighed, lead: float) -> str:
    if not round(lead, 6):
        return f"{one.name} and {other.name} are level."
    ahead, behind = (one, other) if lead > 0 else (other, one)
    return f"{ahead.name} is {points(abs(lead))} ahead of {behind.name}."
