"""The blocks of a page. All texts in them are plain: whatever they hold, the writers make them harmless."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from steelyard.recommendation import Cited
from steelyard.render.layout import Tone


@dataclass(frozen=True, slots=True)
class Code:
    """What is typed as it stands, such as an id."""

    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays together on a line, if a line can hold it."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """What stands out."""

    text: str


@dataclass(frozen=True, slots=True)
class Toned:
    """What has a colour where there are colours."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Link:
    """What leads to an address, where the writing allows it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Source:
    """Evidence, named beside what rests on it."""

    key: str
    cited: Cited


Piece = str | Code | Kept | Strong | Toned | Link | Source
Line = Sequence[Piece]
"""A text, or its pieces; blanks between pieces are part of them."""


@dataclass(frozen=True, slots=True)
class Title:
    """What the page is."""

    line: Line


@dataclass(frozen=True, slots=True)
class Heading:
    """What the next blocks are about."""

    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more sentences."""

    line: Line


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its line, points before it, if any, and lines or items below it."""

    line: Line
    mark: str = ""
    below: "Sequence[Line | Item]" = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, and where its cells stand."""

    head: Line
    right: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells and, on a terminal, a line that hangs under them."""

    cells: Sequence[Line]
    below: Line = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a title of their own."""

    title: Line
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Table:
    """Groups of rows under the same columns.

    Attributes:
        columns: the columns.
        groups: the rows, by group; the title of a group, if it has one, is the head of the first column.
        gap: blanks between columns on a terminal.
    """

    columns: Sequence[Column]
    groups: Sequence[Group]
    gap: int = 2


@dataclass(frozen=True, slots=True)
class Sources:
    """The evidence that the page names, by its id."""

    cited: Mapping[str, Cited]


Block = Title | Heading | Paragraph | Items | Table | Sources
