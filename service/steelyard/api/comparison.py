"""The public comparison of two answers."""

from typing import TYPE_CHECKING, Any

from steelyard.api.answer import Answer
from steelyard.recommendation import to_json_text
from steelyard.render.page import page_as_html, page_as_markdown, page_as_text
from steelyard.render.revision import revision_page
from steelyard.revision import Revision, revision_document

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult


class Comparison(Revision):
    """Two answers, and what sets them apart: who is recommended, each score, and the rules through which points moved.

    Make one with :func:`steelyard.compare`. Numbers are exact fractions: the points of a candidate sum to the change of
    its score.
    """

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data, its numbers rounded."""
        return revision_document(self)

    def to_json(self) -> str:
        """The comparison as JSON text on one line."""
        return to_json_text(self.to_dict())

    def to_text(self, *, width: int = 80, color: bool = False) -> str:
        """The comparison for a terminal of the given width, with or without colours."""
        return page_as_text(revision_page(self), width=width, color=color)

    def to_markdown(self) -> str:
        """The comparison in Markdown."""
        return page_as_markdown(revision_page(self))

    def _repr_html_(self) -> str:
        """The comparison in a notebook."""
        return page_as_html(revision_page(self), heading_level=4)

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        """The comparison in a console of the library rich."""
        from steelyard.api.showing import for_rich  # noqa: PLC0415

        return for_rich(self.to_text, console, options)


def compare(before: Answer, after: Answer) -> Comparison:
    """What sets two answers apart: of one ruleset on two days, of two rulesets, or to two requests.

    >>> import steelyard
    >>> ruleset = steelyard.load("deep-learning-frameworks")
    >>> then, now = (ruleset.recommend({"targets": ["browser"]}, as_of=day) for day in ("2020-04-11", "2026-11-25"))
    >>> comparison = steelyard.compare(then, now)
    >>> comparison.differs
    True
    >>> comparison.to_text().splitlines()[0]
    'The answer differs: TensorFlow +25.0 → PyTorch +23.2'

    Args:
        before: the earlier answer.
        after: the later answer.

    Raises:
        TypeError: one of them is no answer of a ruleset, such as that of a stack, whose parts are.
    """
    for given in (before, after):
        if not isinstance(given, Answer):
            raise TypeError(f"expected the answer of a ruleset, or of a part of a stack, got {type(given).__name__}")
    return Comparison(before=before, after=after, was=before.asked, now=after.asked)
