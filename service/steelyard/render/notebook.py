"""An answer in a notebook: who fits best and how firmly, the ranking as a chart, and why."""

from collections.abc import Iterator

from steelyard.model import Ruleset
from steelyard.recommendation import Reason, Recommendation
from steelyard.render.chart import to_svg
from steelyard.render.page import Block, Heading, Item, Items, Paragraph, Piece, Source, Strong, page_as_html
from steelyard.render.wording import signed

_HEADING_LEVEL = 4


def answer_as_html(recommendation: Recommendation, ruleset: Ruleset) -> str:
    """The answer as a piece of HTML, safe whatever the ruleset says."""
    said = page_as_html([Paragraph([Strong(recommendation.headline)])])
    why = page_as_html(_why(recommendation), heading_level=_HEADING_LEVEL)
    return f"{said}\n{to_svg(recommendation, ruleset)}\n{why}"


def _why(recommendation: Recommendation) -> Iterator[Block]:
    if recommendation.recommended is None:
        return
    leader = recommendation.ranking[0]
    scored = [reason for reason in leader.reasons if reason.points]
    if scored:
        yield Heading(f"Why {leader.name}")
        yield Items([_item(reason, recommendation) for reason in scored])


def _item(reason: Reason, recommendation: Recommendation) -> Item:
    line: list[Piece] = [Strong(reason.title), f". {reason.because}" if reason.because else ""]
    for key in reason.evidence:
        line += [" ", Source(key, recommendation.evidence[key])]
    return Item(line, mark=signed(reason.points))
