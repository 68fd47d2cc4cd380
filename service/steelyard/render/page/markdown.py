"""A page in Markdown; nothing in its texts is markup."""

from collections.abc import Iterable, Iterator

from steelyard.recommendation import Cited
from steelyard.render.escaping import address, code, escaped
from steelyard.render.page.blocks import (
    Block,
    Code,
    Heading,
    Item,
    Items,
    Line,
    Link,
    Paragraph,
    Piece,
    Source,
    Sources,
    Strong,
    Table,
    Title,
)


def page_as_markdown(blocks: Iterable[Block]) -> str:
    """The page, each paragraph on one line."""
    return "\n\n".join(map(_written, blocks)) + "\n"


def _written(block: Block) -> str:
    match block:
        case Title(line):
            return f"# {_marked(line)}"
        case Heading(line):
            return f"## {_marked(line)}"
        case Paragraph(line):
            return _marked(line)
        case Items(items):
            return "\n".join(line for item in items for line in _item(item))
        case Table():
            return _table(block)
        case Sources(cited):
            return "\n".join(_source(key, each) for key, each in cited.items())


def _item(item: Item, indent: str = "") -> Iterator[str]:
    mark = f"{item.mark}: " if item.mark else ""
    yield f"{indent}- {mark}{_marked(item.line)}"
    for each in item.below:
        yield from _item(each if isinstance(each, Item) else Item(each), f"{indent}  ")


def _table(table: Table) -> str:
    """A table for each group, which has its title above it."""
    aligned = " | ".join("---:" if column.right else "---" for column in table.columns)
    parts = []
    for group in table.groups:
        lines = [f"## {_marked(group.title)}\n"] if group.title else []
        lines += [_row([column.head for column in table.columns]), f"| {aligned} |"]
        lines += [_row(row.cells) for row in group.rows]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _source(key: str, cited: Cited) -> str:
    where = f". {escaped(cited.source)}" if cited.source else ""
    stale = ", stale" if cited.stale else ""
    return f"- {escaped(key)}: {_linked(cited.title, cited.url)}, {cited.published}{stale}{where}"


def _linked(text: str, url: str | None) -> str:
    target = address(url)
    return f"[{escaped(text)}]({target})" if target else escaped(text)


def _row(cells: Iterable[Line]) -> str:
    return f"| {' | '.join(map(_marked, cells))} |"


def _marked(line: Line) -> str:
    pieces = [line] if isinstance(line, str) else line
    return "".join(_piece(piece, starts_line=not place) for place, piece in enumerate(pieces))


def _piece(piece: Piece, *, starts_line: bool) -> str:
    match piece:
        case Source(key, cited):
            stale = ", stale" if cited.stale else ""
            return f"({_linked(key, cited.url)}, {cited.published}{stale})"
        case Link(text, url):
            return _linked(text, url)
        case Code(text):
            return code(text)
        case Strong(text):
            return f"**{escaped(text)}**" if text.strip() else ""
    text = piece if isinstance(piece, str) else piece.text
    before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    shown = escaped(text, anywhere=starts_line)
    return f"{before}{shown}{after}" if shown else before
