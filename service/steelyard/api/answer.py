"""The public answer: a recommendation, and its renderings."""

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from steelyard.model import Ruleset
from steelyard.recommendation import Recommendation

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Recommendation):
    """The answer to a request: who is recommended, the ranking, the exclusions, and a reason behind every point.

    >>> import steelyard
    >>> answer = steelyard.load().recommend({"targets": ["android"]}, as_of="2026-11-25")
    >>> answer.to_text(width=60).splitlines()[0]
    'TensorFlow fits best: 95 of 100, 16.1 ahead of PyTorch.'
    >>> answer.to_markdown().splitlines()[0]
    '# Use TensorFlow'
    >>> answer.to_svg()[:4], answer.to_json()[:6], list(answer.to_dict())[:3]
    ('<svg', '{"id":', ['id', 'ruleset', 'as_of'])
    """

    asked: Ruleset = field(repr=False, compare=False)

    @classmethod
    def of(cls, recommendation: Recommendation, asked: Ruleset) -> "Answer":
        """The recommendation that the ruleset gave, as an answer."""
        content = {item.name: getattr(recommendation, item.name) for item in fields(recommendation)}
        return cls(**content, asked=asked)

    def to_text(self, *, width: int = 80, color: bool = False) -> str:
        """The answer for a terminal of the given width, with or without colours."""
        # Imported here, as below: of the two, a program mostly wants one, or neither.
        from steelyard.render.text import to_text  # noqa: PLC0415

        return to_text(self, self.asked, width=width, color=color)

    def to_markdown(self) -> str:
        """The answer as an architecture decision record in Markdown."""
        from steelyard.render.markdown import to_markdown  # noqa: PLC0415

        return to_markdown(self, self.asked)

    def to_svg(self) -> str:
        """The ranking as a diverging bar chart in SVG, with the points of each criterion for and against."""
        from steelyard.render.chart import to_svg  # noqa: PLC0415

        return to_svg(self, self.asked)

    def _repr_html_(self) -> str:
        """The answer in a notebook: who fits best, the chart, and why."""
        from steelyard.render.notebook import answer_as_html  # noqa: PLC0415

        return answer_as_html(self, self.asked)

    def _repr_svg_(self) -> str:
        """The chart, for whatever shows pictures and no HTML."""
        return self.to_svg()

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        """The answer in a console of the library rich."""
        from steelyard.api.showing import for_rich  # noqa: PLC0415

        return for_rich(self.to_text, console, options)
