"""How even the knowledge is, in a table."""

from collections.abc import Iterator, Sequence

from steelyard.knowledge import Knowledge, Share, plain_number
from steelyard.model import Grade
from steelyard.render.page import Block, Column, Group, Paragraph, Row, Table
from steelyard.render.rules.words import absence, extent


def balance_page(knowledge: Knowledge, shares: Sequence[Share]) -> Iterator[Block]:
    """How many ratings of each word each candidate has in force, and what the rules that rate it weigh together."""
    total = plain_number(shares[0].total)
    yield Paragraph(f"Ratings in force on {knowledge.as_of}, by {extent(knowledge)}, which weigh {total} together:")
    counts = [*(grade.word for grade in Grade), "unknown", "weight"]
    columns = [Column("Candidate"), *(Column(each, right=True) for each in counts)]
    yield Table(columns, [Group("", [_row(share, knowledge) for share in shares])])


def _row(share: Share, knowledge: Knowledge) -> Row:
    remark = absence(share.candidate, knowledge)
    name = f"{share.candidate.name} ({remark})" if remark else share.candidate.name
    counts = [str(share.ratings[grade]) for grade in Grade]
    return Row([name, *counts, str(share.unknown), str(plain_number(share.rated))])
