"""The text twin of a chart: what it shows, in words, for those who do not see it. Plain text, not yet made harmless."""

from collections.abc import Iterable, Sequence

from steelyard.recommendation import Excluded, Outcome, Ranked, Recommendation, joined
from steelyard.render.chart.contributions import Criterion, Part, sides_of
from steelyard.render.wording import known, signed, vetoes

UNDECIDED = "Left to choose from"
"""What stands above candidates that were not weighed."""


def description(recommendation: Recommendation, criteria: dict[str, Criterion]) -> str:
    """The summary, the ranking with its scores and what they are made of, and the excluded candidates."""
    return " ".join([recommendation.summary, *_ranking(recommendation, criteria), *_excluded(recommendation)])


def _ranking(recommendation: Recommendation, criteria: dict[str, Criterion]) -> Iterable[str]:
    if recommendation.outcome is Outcome.UNDECIDED:
        yield f"{UNDECIDED}: {joined([each.name for each in recommendation.ranking])}."
        return
    for each in recommendation.ranking:
        remark = f" ({known(each.rated)})" if each.rated < 1 else ""
        yield f"{each.rank}. {each.name}, {score(each)} of 100{remark}: {_contributions(each, criteria)}."


def _contributions(ranked: Ranked, criteria: dict[str, Criterion]) -> str:
    sides = sides_of(ranked, criteria)
    told = [
        f"{word} {joined([f'{part.criterion.title} {signed(part.points)}' for part in parts])}"
        for word, parts in (("for it", sides.speaking_for), ("against it", sides.against))
        if parts
    ]
    return "; ".join(told) or "nothing speaks for or against it"


def _excluded(recommendation: Recommendation) -> Iterable[str]:
    for each in recommendation.excluded:
        yield f"Excluded: {each.name}. {why_excluded(each)}"


def score(ranked: Ranked) -> str:
    """The score with one decimal, always."""
    return f"{ranked.score:.1f}"


def why_excluded(excluded: Excluded) -> str:
    """The reasons that exclude a candidate, as sentences."""
    return " ".join(reason.because or f"{reason.title}." for reason in vetoes(excluded))


def tooltip(part: Part) -> Sequence[str]:
    """Lines that say what a part of a bar is: its criterion and points, and the rules behind them."""
    lines = [f"{part.criterion.title}: {signed(part.points)}"]
    return [*lines, *(f"{signed(reason.points)} {reason.title}" for reason in part.reasons)]
