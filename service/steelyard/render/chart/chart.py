"""The chart from top to bottom: the summary, the scale, the ranking, the excluded, the legend, where it comes from."""

import math

from steelyard.model import Ruleset
from steelyard.recommendation import Excluded, Outcome, Ranked, Recommendation
from steelyard.render.chart.contributions import Criterion, Part, criteria_of, sides_of
from steelyard.render.chart.drawing import Anchor, Drawing, Font
from steelyard.render.chart.fitting import balanced, folded, length, plain, shortened
from steelyard.render.chart.palette import Role, tint
from steelyard.render.chart.twin import UNDECIDED, description, score, tooltip, why_excluded
from steelyard.render.wording import known, weighed_only

WIDTH = 760
MARGIN = 32
RIGHT = WIDTH - MARGIN
SCALE = 4
"""Pixels for a point."""

CENTRE = 460.5
"""Where a score of 50 stands: amid a pixel, so that hairlines are sharp."""

_DIGIT, _NAME, _NAME_ROOM = 8, 58, 180
_PLOT = CENTRE - 50 * SCALE
_BAR, _BEAM, _POISE, _TO_BEAM = 16, 2, 3.5, 14
_SUMMARY = Font(16)
_NAME_FONT, _BEST_FONT = Font(13), Font(13, bold=True)
_TEXT, _NOTE = Font(12), Font(12, Role.MUTED)
_SMALL = Font(11, Role.MUTED)
_AGAINST, _FOR = Font(11, Role.AGAINST), Font(11, Role.FOR)
_RANK = Font(13, Role.MUTED)
_KEY, _KEY_IN_BAR = Font(11, bold=True), Font(10, Role.PAPER, bold=True)
_ROW, _LINE, _ENTRY = 44, 26, 20
_MOST_LINES = 8
_LEAST_SET_OFF = 2
_COLUMNS = 2
_DIGEST = 12
_NO_RANK = "\N{EN DASH}"
_WITHOUT_POINTS = "no points"


def to_svg(recommendation: Recommendation, ruleset: Ruleset) -> str:
    """The recommendation as a chart: its ranking, and what each criterion adds to a score or takes from it.

    The same recommendation gives the same bytes. It is well-formed whatever the texts of the ruleset hold, keeps
    to shapes and text that hosts of untrusted SVG let through, and turns dark where the reader's screen does.

    Args:
        recommendation: the result.
        ruleset: the ruleset that gave it.
    """
    return Chart(recommendation, ruleset).draw()


class Chart:
    """One chart; `_y` is how far down it has been drawn."""

    def __init__(self, recommendation: Recommendation, ruleset: Ruleset) -> None:
        self._result = recommendation
        self._ruleset = ruleset
        self._criteria = criteria_of(recommendation, ruleset)
        self._drawing = Drawing(
            recommendation.id,
            title=ruleset.title,
            description=description(recommendation, self._criteria),
            width=WIDTH,
        )
        digits = max([len(str(each.rank)) for each in recommendation.ranking], default=1)
        self._rank_end = MARGIN + _DIGIT * digits
        self._y: float = MARGIN

    def draw(self) -> str:
        """All of it."""
        self._header()
        if self._result.outcome is Outcome.UNDECIDED:
            self._left_to_choose_from()
        elif self._result.ranking:
            self._ranking()
        self._excluded()
        if self._result.ranking and self._result.outcome is not Outcome.UNDECIDED:
            self._legend()
        self._footer()
        return self._drawing.finish(self._y + MARGIN)

    def _header(self) -> None:
        self._y += _SMALL.size
        self._write(shortened(plain(self._ruleset.title), RIGHT - MARGIN, _SMALL.size), _SMALL)
        self._y += 4
        for line in balanced(plain(self._result.summary), RIGHT - MARGIN, _SUMMARY.size, most=_MOST_LINES):
            self._y += 24
            self._write(line, _SUMMARY)
        self._y += 32

    def _left_to_choose_from(self) -> None:
        self._heading(UNDECIDED)
        for each in self._result.ranking:
            self._named(each.name, _NO_RANK, RIGHT - _NAME, _NAME_FONT)
            self._y += _LINE
        self._y += 18

    def _ranking(self) -> None:
        ranking = self._result.ranking
        height = _ROW * len(ranking) + 8
        self._scale(height)
        top = self._y - 4
        for each in ranking:
            self._y += _ROW / 2
            self._row(each)
            self._y += _ROW / 2
        # Drawn last, so that it runs through the bars.
        self._drawing.box(Role.MUTED, x=CENTRE - 0.5, y=top, width=1, height=height)
        self._y += 28

    def _scale(self, height: float) -> None:
        """The marks of the scale above the rows, and its hairlines behind them."""
        self._y += _SMALL.size
        for mark in (0, 25, 50, 75, 100):
            x = _across(mark)
            self._write(str(mark), _SMALL, x=x, anchor="middle")
            self._drawing.box(Role.HAIRLINE, x=x - 0.5, y=self._y + 8, width=1, height=height)
        self._write("against", _AGAINST, x=_across(37.5), anchor="middle")
        self._write("for", _FOR, x=_across(62.5), anchor="middle")
        self._write("score", _SMALL, x=RIGHT, anchor="end")
        self._y += 12

    def _row(self, ranked: Ranked) -> None:
        font = _BEST_FONT if ranked.rank == 1 else _NAME_FONT
        self._named(ranked.name, str(ranked.rank), _NAME_ROOM, font)
        if ranked.rated < 1:
            self._write(known(ranked.rated), _SMALL, x=_NAME, below=19)
        self._bar(ranked)
        self._write(score(ranked), font, x=RIGHT, below=4.5, anchor="end")

    def _named(self, name: str, mark: str, room: float, font: Font) -> None:
        """A rank, or what stands in its place, and a name."""
        text = plain(name)
        self._write(mark, _RANK, x=self._rank_end, below=4.5, anchor="end")
        self._drawing.tooltip([text])
        self._write(shortened(text, room, font.size), font, x=_NAME, below=4.5)
        self._drawing.end()

    def _bar(self, ranked: Ranked) -> None:
        sides = sides_of(ranked, self._criteria)
        for side, parts in ((Role.FOR, sides.speaking_for), (Role.AGAINST, sides.against)):
            told = 50.0
            for part in parts:
                self._part(part, side, told)
                told += part.points
        if not sides.speaking_for and not sides.against:
            self._write(_WITHOUT_POINTS, _SMALL, x=CENTRE + 12, below=4)
        self._beam(ranked)

    def _beam(self, ranked: Ranked) -> None:
        """What the parts come to: an arm from 50 to the score, and a weight at its end."""
        left, right = sorted((CENTRE, _across(ranked.score)))
        y = self._y + _TO_BEAM
        self._drawing.box(Role.SCORE, x=left, y=y - _BEAM / 2, width=right - left, height=_BEAM)
        self._drawing.dot(Role.SCORE, x=_across(ranked.score), y=y, radius=_POISE)

    def _part(self, part: Part, side: Role, start: float) -> None:
        """A part of a bar, from where the last one ended."""
        left, right = sorted((_across(start), _across(start + part.points)))
        top = self._y - _BAR / 2
        key = part.criterion.key
        self._drawing.tooltip(tooltip(part))
        self._drawing.box(tint(side, part.criterion.place), x=left, y=top, width=right - left, height=_BAR)
        if start != 50 and right - left > _LEAST_SET_OFF:
            # A hairline where it meets the part before it.
            edge = left if side is Role.FOR else right
            self._drawing.box(Role.PAPER, x=edge - 0.5, y=top, width=1, height=_BAR)
        if right - left >= length(key, _KEY_IN_BAR.size) + 3:
            self._write(key, _KEY_IN_BAR, x=(left + right) / 2, below=3.5, anchor="middle")
        self._drawing.end()

    def _excluded(self) -> None:
        if not self._result.excluded:
            return
        self._heading("Excluded")
        for each in self._result.excluded:
            self._excluded_row(each)
        self._y += 18

    def _excluded_row(self, excluded: Excluded) -> None:
        self._named(excluded.name, _NO_RANK, _NAME_ROOM, _NAME_FONT)
        why = plain(why_excluded(excluded))
        self._drawing.tooltip([why])
        self._write(shortened(why, RIGHT - _PLOT, _NOTE.size), _NOTE, x=_PLOT, below=4.5)
        self._drawing.end()
        self._y += _LINE

    def _legend(self) -> None:
        self._heading("Criteria, in their order from the middle outwards" if self._criteria else "Score")
        top = self._y
        in_column = math.ceil(len(self._criteria) / _COLUMNS)
        for place, each in enumerate(self._criteria.values()):
            column, row = divmod(place, in_column)
            self._y = top + _ENTRY * row
            self._entry(each, MARGIN + column * (RIGHT - MARGIN) / _COLUMNS)
        self._y = top + _ENTRY * in_column + (8 if in_column else 0)
        self._drawing.box(Role.SCORE, x=MARGIN, y=self._y - _BEAM / 2, width=12, height=_BEAM)
        self._drawing.dot(Role.SCORE, x=MARGIN + 12, y=self._y, radius=_POISE)
        self._write("The score: 50, plus what speaks for, less what speaks against", _NOTE, x=_NAME, below=4)
        self._y += 26

    def _entry(self, criterion: Criterion, x: float) -> None:
        title = plain(criterion.title)
        room = (RIGHT - MARGIN) / _COLUMNS - 40
        self._drawing.tooltip([title])
        self._write(criterion.key, _KEY, x=x, below=4)
        self._write(shortened(title, room, _TEXT.size), _TEXT, x=x + _NAME - MARGIN, below=4)
        self._drawing.end()

    def _footer(self) -> None:
        result = self._result
        only = weighed_only(result, self._ruleset)
        among = f"Only {len(only)} of {len(self._ruleset.candidates)} candidates were considered. " if only else ""
        told = f"{among}Ruleset {result.ruleset.id}, version {result.ruleset.version}, as of {result.as_of}, "
        told += f"digest {result.ruleset.digest[:_DIGEST]}"
        self._drawing.box(Role.HAIRLINE, x=MARGIN, y=self._y, width=RIGHT - MARGIN, height=1)
        self._y += 8
        for text in (told, f"Recommendation {result.id}"):
            for line in folded(plain(text), RIGHT - MARGIN, _SMALL.size, most=_MOST_LINES):
                self._y += 16
                self._write(line, _SMALL)

    def _heading(self, text: str) -> None:
        """A small heading over a hairline."""
        self._y += _SMALL.size
        self._write(text, _SMALL)
        self._drawing.box(Role.HAIRLINE, x=MARGIN, y=self._y + 8, width=RIGHT - MARGIN, height=1)
        self._y += 26

    def _write(self, text: str, font: Font, *, x: float = MARGIN, below: float = 0, anchor: Anchor = "start") -> None:
        """A line of text, at this height or so much below it."""
        self._drawing.text(text, font, x=x, y=self._y + below, anchor=anchor)


def _across(score: float) -> float:
    """Where a score stands, from left to right."""
    return CENTRE + (score - 50) * SCALE
