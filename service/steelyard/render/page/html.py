"""A page as HTML, to stand in another; nothing in its texts is markup."""

from collections.abc import Iterable
from html import escape

from steelyard.recommendation import Cited
from steelyard.render.escaping import web_address
from steelyard.render.layout import MINUS, Tone, harmless
from steelyard.render.page.blocks import (
    Block,
    Code,
    Group,
    Heading,
    Item,
    Items,
    Line,
    Link,
    Paragraph,
    Piece,
    Row,
    Source,
    Sources,
    Strong,
    Table,
    Title,
    Toned,
)

_LOWEST_HEADING = 6
_CLASSES = {Tone.GOOD: "for", Tone.BAD: "against", Tone.FAINT: "quiet", Tone.PLAIN: ""}
_SIGNS = {"+": Tone.GOOD, MINUS: Tone.BAD}


def page_as_html(blocks: Iterable[Block], *, heading_level: int = 1) -> str:
    """The page as a fragment of HTML, a block a line.

    Args:
        blocks: what is to be said.
        heading_level: the level of its title, from 1; headings are one level below it, and none is below 6.
    """
    return "".join(f"{_written(block, heading_level)}\n" for block in blocks)


def _written(block: Block, level: int) -> str:
    match block:
        case Title(line):
            return _heading(line, level)
        case Heading(line):
            return _heading(line, level + 1)
        case Paragraph(line):
            return f"<p>{_marked(line)}</p>"
        case Items(items):
            return f"<ul>{''.join(map(_item, items))}</ul>"
        case Table():
            return _table(block)
        case Sources(cited):
            return f"<ul>{''.join(_source(key, each) for key, each in cited.items())}</ul>"


def _heading(line: Line, level: int) -> str:
    tag = f"h{min(level, _LOWEST_HEADING)}"
    return f"<{tag}>{_marked(line)}</{tag}>"


def _item(item: Item) -> str:
    mark = f"{_points(item.mark)} " if item.mark else ""
    below = "".join(_item(each if isinstance(each, Item) else Item(each)) for each in item.below)
    return f"<li>{mark}{_marked(item.line)}{f'<ul>{below}</ul>' if below else ''}</li>"


def _points(mark: str) -> str:
    tone = _SIGNS.get(mark[:1], Tone.PLAIN)
    return f'<span class="{_listed("points", _CLASSES[tone])}">{_text(mark)}</span>'


def _table(table: Table) -> str:
    """One table, in which each group has a row for its title."""
    heads = "".join(
        f'<th scope="col"{_at_the_end(right=column.right)}>{_marked(column.head)}</th>' for column in table.columns
    )
    groups = "".join(_group(group, table) for group in table.groups)
    # Its columns may be wider than the place where it stands, and whoever has no mouse scrolls what has the focus.
    return f'<div class="wide" tabindex="0"><table><thead><tr>{heads}</tr></thead>{groups}</table></div>'


def _group(group: Group, table: Table) -> str:
    title = f'<tr><th scope="rowgroup" colspan="{len(table.columns)}">{_marked(group.title)}</th></tr>'
    rows = "".join(_row(row, table) for row in group.rows)
    return f"<tbody>{title if group.title else ''}{rows}</tbody>"


def _row(row: Row, table: Table) -> str:
    first, *rest = zip(row.cells, table.columns, strict=True)
    head = f'<th scope="row"{_at_the_end(right=first[1].right)}>{_marked(first[0])}</th>'
    cells = "".join(f"<td{_at_the_end(right=column.right)}>{_marked(cell)}</td>" for cell, column in rest)
    return f"<tr>{head}{cells}</tr>"


def _at_the_end(*, right: bool) -> str:
    return ' class="figure"' if right else ""


def _source(key: str, cited: Cited) -> str:
    where = f". {_text(cited.source)}" if cited.source else ""
    stale = ", stale" if cited.stale else ""
    return f"<li>{_text(key)}: {_linked(cited.title, cited.url)}, {cited.published}{stale}{where}</li>"


def _marked(line: Line) -> str:
    return "".join(map(_piece, [line] if isinstance(line, str) else line))


def _piece(piece: Piece) -> str:
    match piece:
        case Source(key, cited):
            return _mark_of_source(key, cited)
        case Link(text, url):
            return _linked(text, url)
        case Code(text):
            return f"<code>{_text(text)}</code>"
        case Strong(text):
            return f"<strong>{_text(text)}</strong>" if text.strip() else ""
        case Toned(text, tone):
            return f'<span class="{_CLASSES[tone]}">{_text(text)}</span>' if _CLASSES[tone] else _text(text)
    return _text(piece if isinstance(piece, str) else piece.text)


def _mark_of_source(key: str, cited: Cited) -> str:
    """A source beside what rests on it: its id, its month, and in words that it is stale."""
    mark = f"{_text(key)}, {cited.published:%Y-%m}{', stale' if cited.stale else ''}"
    attributes = f'class="{_listed("source", "is-stale" if cited.stale else "")}" title="{_text(cited.title)}"'
    url = web_address(cited.url)
    if url is None:
        return f"<span {attributes}>{mark}</span>"
    return f'<a href="{escape(url)}" rel="noopener noreferrer" {attributes}>{mark}</a>'


def _linked(text: str, url: str | None) -> str:
    target = web_address(url)
    if target is None:
        return _text(text)
    return f'<a href="{escape(target)}" rel="noopener noreferrer">{_text(text)}</a>'


def _text(text: str) -> str:
    """The text, escaped wherever it may stand, with the blanks at its ends, which part it from other pieces."""
    shown = escape(harmless(text))
    before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    return f"{before}{shown}{after}" if shown else before


def _listed(*classes: str) -> str:
    return " ".join(filter(None, classes))
