"""How even the knowledge is, in a table."""

from collections.abc import Iterator, Sequence

from steelyard.knowledge import Knowledge, Share, plain_number
from steelyard.model import Grade
from steelyard.render.page import Block, Column, Group, Item, Items, Kept, Line, Paragraph, Row, Table
from steelyard.render.rules.words import LEGEND, NO_SIGN, SIGNS, absence, extent

_ENOUGH_FOR_WORDS = 76
_ENOUGH_FOR_A_TABLE = 38


def balance_page(knowledge: Knowledge, shares: Sequence[Share], room: int | None = None) -> Iterator[Block]:
    """How many ratings of each word each candidate has in force, and what the rules that rate it weigh together.

    Args:
        knowledge: the rules that are counted.
        shares: what they come to.
        room: columns of the terminal; None for a page as wide as it has to be.
    """
    total = plain_number(shares[0].total)
    yield Paragraph(f"Ratings in force on {knowledge.as_of}, by {extent(knowledge)}, which weigh {total} together:")
    in_words = room is None or room >= _ENOUGH_FOR_WORDS
    if not in_words:
        yield Paragraph(LEGEND)
    if room is not None and room < _ENOUGH_FOR_A_TABLE:
        yield Items([Item(_named(share, knowledge), below=[_counted(share)]) for share in shares])
        return
    words = [grade.word if in_words else SIGNS[grade].text for grade in Grade]
    counts = [*words, "unknown" if in_words else NO_SIGN.text, "weight"]
    columns = [Column("Candidate"), *(Column(each, right=True) for each in counts)]
    rows = [_row(share, knowledge) for share in shares]
    yield Table(columns, [Group("", rows)], gap=2 if in_words else 1)


def _row(share: Share, knowledge: Knowledge) -> Row:
    counts = [str(share.ratings[grade]) for grade in Grade]
    return Row([_named(share, knowledge), *counts, str(share.unknown), str(plain_number(share.rated))])


def _named(share: Share, knowledge: Knowledge) -> str:
    remark = absence(share.candidate, knowledge)
    return f"{share.candidate.name} ({remark})" if remark else share.candidate.name


def _counted(share: Share) -> Line:
    """The counts in a line, where there is no room for columns."""
    signs = [*((SIGNS[grade], share.ratings[grade]) for grade in Grade), (NO_SIGN, share.unknown)]
    counts = (piece for sign, count in signs for piece in (Kept(f"{sign.text} {count}"), ", "))
    return [*counts, Kept(f"weight {plain_number(share.rated)}")]
