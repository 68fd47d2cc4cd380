"""A page for a terminal: folded to its width, tables in columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from steelyard.recommendation import Cited
from steelyard.render.citing import source_mark
from steelyard.render.layout import GLUE, Sheet, Tone, display_width, fold, harmless, padded
from steelyard.render.page.blocks import (
    Block,
    Group,
    Heading,
    Items,
    Kept,
    Line,
    Paragraph,
    Piece,
    Row,
    Source,
    Sources,
    Table,
    Title,
    Toned,
)

NARROWEST = 24
"""A narrower width is taken for this one."""

_INDENT = "  "
_HANGING = _INDENT * 3
_MARK_WIDTH = 7
_NARROWEST_FIRST = 12


def page_as_text(blocks: Iterable[Block], *, width: int = 80, color: bool = False) -> str:
    """The page as text for people.

    Args:
        blocks: what is to be said.
        width: columns that no line exceeds; less than `NARROWEST` is taken for that.
        color: whether to set titles and signs off by ANSI escape sequences.
    """
    sheet = Sheet(max(width, NARROWEST), color)
    parts: list[str] = []
    for block in blocks:
        lines = "\n".join(_written(block, sheet))
        # A heading stands on what it heads.
        parts.append(f"{lines}\n" if isinstance(block, Heading) else f"{lines}\n\n")
    return "".join(parts).rstrip("\n") + "\n"


def _written(block: Block, sheet: Sheet) -> Iterable[str]:
    match block:
        case Title(line):
            return sheet.bold(sheet.fold(plain(line)))
        case Heading(line):
            return sheet.bold(sheet.fold(plain(line), first=_INDENT))
        case Paragraph(line):
            return sheet.fold(plain(line), first=_INDENT)
        case Items():
            return _items(block, sheet)
        case Table():
            return _table(block, sheet)
        case Sources(cited):
            return _sources(cited, sheet)


def plain(line: Line) -> str:
    """The text of a line, harmless."""
    return "".join(map(_plain, [line] if isinstance(line, str) else line))


def _plain(piece: Piece) -> str:
    if isinstance(piece, Source):
        return source_mark(piece.key, piece.cited)
    text = piece if isinstance(piece, str) else piece.text
    before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    shown = harmless(text).replace(" ", GLUE) if isinstance(piece, Kept) else harmless(text)
    return f"{before}{shown}{after}" if shown else before


def _items(block: Items, sheet: Sheet) -> Iterator[str]:
    for item in block.items:
        if item.mark:
            aligned = f"{item.mark:>{_MARK_WIDTH}}"
            first, *more = sheet.fold(plain(item.line), first=f"{aligned}  ")
            yield sheet.signed(aligned) + first[_MARK_WIDTH:]
            yield from more
            indent = " " * (_MARK_WIDTH + 2)
        else:
            yield from sheet.fold(plain(item.line), first=_INDENT, rest=_HANGING)
            indent = _HANGING
        for line in item.below:
            yield from sheet.fold(plain(line), first=indent)


def _sources(cited: Mapping[str, Cited], sheet: Sheet) -> Iterator[str]:
    for key, each in cited.items():
        stale = ", stale" if each.stale else ""
        what = harmless(f"[{key}] {each.title}, {each.published}{stale}")
        yield from sheet.fold(what, first=_INDENT, rest=_HANGING)
        yield from sheet.fold(harmless(each.url or each.source or ""), first=_HANGING)


def _table(table: Table, sheet: Sheet) -> Iterator[str]:
    widths = [_width(place, table) for place in range(len(table.columns))]
    taken = sum(widths[1:]) + table.gap * len(widths[1:])
    widths[0] = max(_NARROWEST_FIRST, min(widths[0], sheet.width - len(_INDENT) - taken))
    for place, group in enumerate(table.groups):
        if place:
            yield ""
        heads = [group.title or table.columns[0].head, *(column.head for column in table.columns[1:])]
        yield from sheet.bold(_row(Row(heads), table, widths, Sheet(sheet.width)))
        for row in group.rows:
            yield from _row(row, table, widths, sheet)
            if row.below:
                below = fold(plain(row.below), widths[0], first=_INDENT, rest=_INDENT)
                yield from (sheet.toned(_INDENT + line, Tone.FAINT) for line in below)


def _width(place: int, table: Table) -> int:
    """How wide a column wants to be."""
    cells = [table.columns[place].head, *(row.cells[place] for group in table.groups for row in group.rows)]
    if not place:
        cells += [line for group in table.groups for line in (group.title, *_belows(group))]
    return max(display_width(plain(cell)) for cell in cells)


def _belows(group: Group) -> Iterator[Line]:
    return ((_INDENT, *row.below) if not isinstance(row.below, str) else _INDENT + row.below for row in group.rows)


def _row(row: Row, table: Table, widths: Sequence[int], sheet: Sheet) -> list[str]:
    """The lines of a row: the first cell may need several, the others stand beside the first of these."""
    first, *more = fold(plain(row.cells[0]), widths[0], rest=_INDENT)
    cells = [
        _cell(cell, width, sheet, right=column.right)
        for cell, width, column in zip(row.cells[1:], widths[1:], table.columns[1:], strict=True)
    ]
    line = (" " * table.gap).join([padded(first, widths[0]), *cells])
    return [(_INDENT + each).rstrip() for each in (line, *more)]


def _cell(line: Line, width: int, sheet: Sheet, *, right: bool) -> str:
    text = plain(line)
    blanks = " " * (width - display_width(text))
    pieces = [line] if isinstance(line, str) else line
    if len(pieces) == 1 and isinstance(pieces[0], Toned):
        text = sheet.toned(text, pieces[0].tone)
    return f"{blanks}{text}" if right else f"{text}{blanks}"
