"""Pages: what is to be said, apart from whether it is written for a terminal, in Markdown or as HTML."""

from steelyard.render.page.blocks import (
    Block,
    Code,
    Column,
    Group,
    Heading,
    Item,
    Items,
    Kept,
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
from steelyard.render.page.html import page_as_html
from steelyard.render.page.markdown import page_as_markdown
from steelyard.render.page.text import page_as_text

__all__ = [
    "Block",
    "Code",
    "Column",
    "Group",
    "Heading",
    "Item",
    "Items",
    "Kept",
    "Line",
    "Link",
    "Paragraph",
    "Piece",
    "Row",
    "Source",
    "Sources",
    "Strong",
    "Table",
    "Title",
    "Toned",
    "page_as_html",
    "page_as_markdown",
    "page_as_text",
]
