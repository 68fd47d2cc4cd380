"""A page for a terminal: folded to its width, tables in columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from steelyard.recommendation import Cited
from steelyard.render.citing import source_mark
from steelyard.render.layout import GLUE, Sheet, Tone, display_width, fold, harmless
from steelyard.render.page.blocks import (
    Block,
    Heading,
    Item,
    Items,
    Kept,
    Line,
    Paragraph,
    Piece,
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
_NARROWEST_COLUMN = 4


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
        yield from _item(item, sheet)


def _item(item: Item, sheet: Sheet) -> Iterator[str]:
    indent = " " * (_MARK_WIDTH + 2) if item.mark else _HANGING
    if item.mark:
        aligned = f"{item.mark:>{_MARK_WIDTH}}"
        first, *more = sheet.fold(plain(item.line), first=f"{aligned}  ")
        yield sheet.signed(aligned) + first[_MARK_WIDTH:]
        yield from more
    else:
        yield from sheet.fold(plain(item.line), first=_INDENT, rest=_HANGING)
    for each in item.below:
        yield from _item(each, sheet) if isinstance(each, Item) else sheet.fold(plain(each), first=indent)


def _sources(cited: Mapping[str, Cited], sheet: Sheet) -> Iterator[str]:
    for key, each in cited.items():
        stale = ", stale" if each.stale else ""
        what = harmless(f"[{key}] {each.title}, {each.published}{stale}")
        yield from sheet.fold(what, first=_INDENT, rest=_HANGING)
        yield from sheet.fold(harmless(each.url or each.source or ""), first=_HANGING)


def _table(table: Table, sheet: Sheet) -> Iterator[str]:
    room = sheet.width - len(_INDENT) - table.gap * (len(table.columns) - 1)
    widths = _narrowed([_width(place, table) for place in range(len(table.columns))], room)
    for place, group in enumerate(table.groups):
        if place:
            yield ""
        heads = [group.title or table.columns[0].head, *(column.head for column in table.columns[1:])]
        yield from sheet.bold(_row(heads, table, widths, Sheet(sheet.width)))
        for row in group.rows:
            yield from _row(row.cells, table, widths, sheet)
            if row.below:
                below = sheet.fold(plain(row.below), first=_INDENT * 2, rest=_INDENT * 2)
                yield from (sheet.toned(line, Tone.FAINT) for line in below)


def _width(place: int, table: Table) -> int:
    """How wide a column wants to be."""
    titles = [group.title for group in table.groups] if not place else []
    cells = [table.columns[place].head, *titles, *(row.cells[place] for group in table.groups for row in group.rows)]
    return max(display_width(plain(cell)) for cell in cells)


def _narrowed(widths: list[int], room: int) -> list[int]:
    """The widths, the widest made narrower until all fit."""
    widths = list(widths)
    while sum(widths) > room and max(widths) > _NARROWEST_COLUMN:
        widths[widths.index(max(widths))] -= 1
    return widths


def _row(cells: Sequence[Line], table: Table, widths: Sequence[int], sheet: Sheet) -> list[str]:
    """The lines of a row, as many as its highest cell needs."""
    folded = [_cell(cell, width, sheet) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for height in range(max(map(len, folded))):
        parts = [
            _aligned(cell[height] if height < len(cell) else ("", ""), width, right=column.right)
            for cell, width, column in zip(folded, widths, table.columns, strict=True)
        ]
        lines.append((_INDENT + (" " * table.gap).join(parts)).rstrip())
    return lines


def _cell(line: Line, width: int, sheet: Sheet) -> list[tuple[str, str]]:
    """The lines of a cell, each as it is measured and as it is shown."""
    pieces = [line] if isinstance(line, str) else line
    tone = pieces[0].tone if len(pieces) == 1 and isinstance(pieces[0], Toned) else Tone.PLAIN
    return [(each, sheet.toned(each, tone)) for each in fold(plain(line), width)]


def _aligned(cell: tuple[str, str], width: int, *, right: bool) -> str:
    measured, shown = cell
    blanks = " " * (width - display_width(measured))
    return f"{blanks}{shown}" if right else f"{shown}{blanks}"
