"""The ranking on a sheet: rank, name, score and bar in columns, then the excluded candidates and why."""

from collections.abc import Sequence

from steelyard.recommendation import Excluded, Ranked, Reason, Recommendation
from steelyard.render.citing import source_mark
from steelyard.render.layout import Sheet, bar, display_width, harmless, padded
from steelyard.render.wording import known, vetoes

_WIDEST_BAR = 25
_NARROWEST_BAR = 10
_NARROWEST_TEXT = 24
_NARROWEST_NAME = 8
_BESIDE_BAR = 2
_NO_RANK = "\N{EN DASH}"


def ranking(sheet: Sheet, recommendation: Recommendation, cited: set[str], *, scores: bool = True) -> list[str]:
    """Lines for all candidates.

    Args:
        sheet: what is written on.
        recommendation: the result.
        cited: gets the ids of the sources that are named.
        scores: whether the ranked candidates are told at all; where nothing was weighed they are not.
    """
    ranked = recommendation.ranking if scores else ()
    names = [harmless(each.name) for each in (*ranked, *recommendation.excluded)]
    if not names:
        return []
    room = max(_NARROWEST_NAME, sheet.width * 2 // 5)
    width = min(room, max(display_width(name) for name in names))
    digits = max([len(str(each.rank)) for each in ranked], default=1)
    lines = _ranked_rows(sheet, ranked, width, digits)
    for excluded in recommendation.excluded:
        lines += _excluded_row(sheet, excluded, recommendation, f"  {_NO_RANK:>{digits}}  ", width)
        cited.update(source for reason in vetoes(excluded) for source in reason.evidence)
    return lines


def _ranked_rows(sheet: Sheet, ranked: Sequence[Ranked], name_width: int, digits: int) -> list[str]:
    scores = {each.candidate: f"{each.score:.0f}" for each in ranked}
    score_width = max([len(score) for score in scores.values()], default=0)
    # It is told for all or, where all is known of all, for none.
    remarks = {each.candidate: known(each.rated) for each in ranked if any(one.rated < 1 for one in ranked)}
    remark_width = max([len(remark) + _BESIDE_BAR for remark in remarks.values()], default=0)
    indent = 2 + digits + 2
    room = sheet.width - indent - name_width - 2 - score_width - 2
    is_beside = room - remark_width >= _NARROWEST_BAR
    bar_width = min(_WIDEST_BAR, room - remark_width if is_beside else room)
    if bar_width < _NARROWEST_BAR // 2:
        bar_width = 0
    lines: list[str] = []
    for each in ranked:
        name, *more = _folded_name(each.name, name_width)
        remark = remarks.get(each.candidate, "")
        row = f"  {each.rank:>{digits}}  {padded(name, name_width)}  {scores[each.candidate]:>{score_width}}"
        row += f"  {padded(bar(each.score / 100, bar_width), bar_width)}" if bar_width else ""
        lines.append((f"{row}  {remark}" if is_beside and remark else row).rstrip())
        lines += [" " * indent + part for part in more]
        if remark and not is_beside:
            lines += sheet.fold(remark, first=" " * indent)
    return lines


def _folded_name(name: str, width: int) -> list[str]:
    return Sheet(width).fold(harmless(name))


def _excluded_row(
    sheet: Sheet, excluded: Excluded, recommendation: Recommendation, mark: str, name_width: int
) -> list[str]:
    beside = len(mark) + name_width + 2
    sentences = _why_excluded(excluded, recommendation)
    if sheet.width - beside >= _NARROWEST_TEXT:
        folded = [line for each in sentences for line in Sheet(sheet.width - beside).fold(each)]
        names = _folded_name(excluded.name, name_width)
        height = max(len(folded), len(names))
        pairs = zip(names + [""] * (height - len(names)), folded + [""] * (height - len(folded)), strict=True)
        rows = [f"{padded(name, name_width)}  {text}" for name, text in pairs]
    else:
        rows = _folded_name(excluded.name, sheet.width - len(mark))
        rows += [line for each in sentences for line in Sheet(sheet.width - len(mark)).fold(each)]
    return [((mark if not place else " " * len(mark)) + row).rstrip() for place, row in enumerate(rows)]


def _why_excluded(excluded: Excluded, recommendation: Recommendation) -> list[str]:
    sentences = []
    for place, reason in enumerate(vetoes(excluded)):
        told = harmless(reason.because or reason.title)
        sources = in_brackets(reason, recommendation)
        sentences.append(f"{'also' if place else 'excluded'}: {told}{' ' if sources else ''}{sources}")
    return sentences


def in_brackets(reason: Reason, recommendation: Recommendation) -> str:
    """The sources of a reason, each with its month and, if so, that it is stale."""
    return " ".join(source_mark(source, recommendation.evidence[source]) for source in reason.evidence)
