"""Many pairs of answers: which of them differ, and through which rules most points moved."""

from collections.abc import Iterator, Sequence

from steelyard.recommendation import counted, points
from steelyard.render.page import (
    Block,
    Code,
    Column,
    Group,
    Heading,
    Item,
    Items,
    Line,
    Paragraph,
    Piece,
    Row,
    Table,
    Title,
)
from steelyard.render.revision.one import not_asked
from steelyard.render.revision.words import Names, side_names, verdict
from steelyard.revision import Compared, Mover, PassedOver, Sides, Survey, Which

_MOST_RULES = 10


def survey_page(survey: Survey, sides: Sides, *, everything: bool = False) -> Iterator[Block]:
    """The view.

    Args:
        survey: what is shown.
        sides: who was asked.
        everything: whether the answers that agree, and all rules, are listed too.
    """
    names = side_names(sides.before.identity, sides.after.identity, (sides.before.as_of, sides.after.as_of))
    differing, asked = survey.differing, len(survey.compared)
    verb = "differs" if len(differing) == 1 else "differ"
    yield Title(f"{len(differing) or 'None'} of {counted(asked, 'answer')} {verb}")
    yield Paragraph(_who(sides, names))
    if differing:
        yield _answers(differing, names)
    if everything and len(differing) < asked:
        yield Heading("The same")
        yield _answers([each for each in survey.compared if not each.revision.differs], names)
    yield from movers_table(survey.movers, everything=everything)
    if in_part := [each for each in survey.compared if each.left_out]:
        yield Heading("Asked in part")
        yield Items([Item(_case(each, names), below=list(not_asked(each.left_out, names))) for each in in_part])
    if survey.passed_over:
        yield Heading("Passed over")
        yield Items([_passed_over(each, names) for each in survey.passed_over])


def _who(sides: Sides, names: Names) -> Line:
    before, after = sides.before.identity, sides.after.identity
    line: list[Piece] = ["The cases of ", Code(before.id), f", version {before.version}"]
    if before != after:
        line += [", and of ", Code(after.id), f", version {after.version}"]
    return [*line, f": {names[0]} → {names[1]}"]


def _answers(compared: Sequence[Compared], names: Names) -> Table:
    columns = [Column("Case"), *(Column(name) for name in names)]
    return Table(columns, [Group("", [_row(each, names) for each in compared])])


def _row(compared: Compared, names: Names) -> Row:
    revision = compared.revision
    return Row([_case(compared, names), verdict(revision.before, ids=True), verdict(revision.after, ids=True)])


def _case(each: Compared | PassedOver, names: Names) -> str:
    if each.only_in is None:
        return each.case
    return f"{each.case} (of {names[tuple(Which).index(each.only_in)]})"


def _passed_over(each: PassedOver, names: Names) -> Item:
    return Item(_case(each, names), below=[fault.message for fault in each.faults])


def movers_table(movers: Sequence[Mover], *, everything: bool) -> Iterator[Block]:
    """The rules by the points that they moved of all candidates in all answers, gained or lost."""
    shown = movers if everything else movers[:_MOST_RULES]
    if not shown:
        return
    yield Heading("Rules that moved most points")
    columns = [Column("Rule"), Column("Answers", right=True), Column("Points", right=True)]
    rows = [Row([each.title, str(each.answers), points(float(each.points))]) for each in shown]
    yield Table(columns, [Group("", rows)])
    if left := len(movers) - len(shown):
        yield Paragraph(f"and {counted(left, 'more rule')}")
