"""Pages: the same blocks on a terminal of any width and in Markdown, whatever their texts hold."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.recommendation import Cited
from steelyard.render.layout import Tone, display_width
from steelyard.render.page import (
    Block,
    Code,
    Column,
    Group,
    Heading,
    Item,
    Items,
    Kept,
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
    page_as_markdown,
    page_as_text,
)
from tests.unit.render.markdown_reading import ORDINARY_TAGS, RENDERERS, links, tags

CITED = Cited(title="A survey", url="https://example.org/a", source=None, published=date(2024, 5, 1), stale=True)
BOOK = Cited(title="A book", url=None, source="Page 3", published=date(2019, 5, 1), stale=False)
ESCAPE = "\x1b"

NASTY = st.text("`~*_[]()<>|!#-+=.:1&;{}$@/\\\"' \n\ta\x1b\x00\u202eé日", max_size=30)


def blocks_of(text: str) -> list[Block]:
    """A page with the text in every place that takes one."""
    cited = Cited(title=text, url=None, source=text, published=date(2024, 5, 1), stale=False)
    return [
        Title(text),
        Heading([Strong(text), text]),
        Paragraph([text, " ", Kept(text), " ", Source("a-key", cited)]),
        Items([Item([Strong(text), f": {text}"], below=[text, Item(text, mark="+1.0")])]),
        Table(
            [Column(text), Column("n", right=True)], [Group(text, [Row([text, [Toned(text, Tone.GOOD)]], below=text)])]
        ),
        Sources({"a-key": cited}),
    ]


@given(NASTY, st.integers(1, 90))
def test_text_keeps_to_the_width_and_is_harmless(text: str, width: int) -> None:
    """No line is wider than the terminal, and nothing in a text reaches the terminal as a command."""
    page = page_as_text(blocks_of(text), width=width)
    assert all(display_width(line) <= max(width, 24) for line in page.split("\n"))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", page)
    assert page.endswith("\n")
    assert not page.endswith("\n\n")


@given(NASTY)
def test_markdown_holds_no_markup_of_others(text: str) -> None:
    """A text comes out as text: no link, no image, no HTML, wherever it stands."""
    page = page_as_markdown(blocks_of(text))
    for renderer in RENDERERS.values():
        tokens = renderer.parse(page)
        assert tags(tokens) <= ORDINARY_TAGS
        assert links(tokens) == set()


def test_pieces_as_text() -> None:
    """On a terminal, pieces are their texts; a source is its id with its month, an address stands as it is."""
    line: list[Piece] = [
        Strong("Dog"),
        ": ",
        Code("a-rule"),
        " ",
        Link("https://example.org/", "https://example.org/"),
        " ",
        Source("survey", CITED),
    ]
    assert page_as_text([Paragraph(line)]) == "  Dog: a-rule https://example.org/ [survey, 2024-05, stale]\n"


def test_pieces_as_markdown() -> None:
    """In Markdown, they are strong, code and links; what starts no line is not escaped as if it did."""
    line: list[Piece] = [
        Strong("Dog"),
        ": ",
        Code("a-rule"),
        " - ",
        Link("home", "https://example.org/"),
        " ",
        Source("survey", CITED),
    ]
    expected = "**Dog**: `a-rule` - [home](https://example.org/) ([survey](https://example.org/a), 2024-05-01, stale)\n"
    assert page_as_markdown([Paragraph(line)]) == expected
    assert page_as_markdown([Paragraph("- no item")]) == "\\- no item\n"
    assert page_as_markdown([Paragraph([Link("x", "javascript:alert(1)")])]) == "x\n"


def test_sources() -> None:
    """Sources are listed with title and date, and with their address or what else identifies them."""
    sources: list[Block] = [Sources({"survey": CITED, "book": BOOK})]
    assert page_as_text(sources) == (
        "  [survey] A survey, 2024-05-01, stale\n      https://example.org/a\n"
        "  [book] A book, 2019-05-01\n      Page 3\n"
    )
    assert page_as_markdown(sources) == (
        "- survey: [A survey](https://example.org/a), 2024-05-01, stale\n- book: A book, 2019-05-01. Page 3\n"
    )


def test_items() -> None:
    """Points stand in a column of their own; what hangs under an item is indented or, in Markdown, nested."""
    items: list[Block] = [Items([Item("A rule", below=[Item("Dog: good", mark="+12.5"), "and why"]), Item("Another")])]
    assert page_as_text(items) == "  A rule\n  +12.5  Dog: good\n      and why\n  Another\n"
    assert page_as_markdown(items) == "- A rule\n  - +12.5: Dog: good\n  - and why\n- Another\n"


TABLE = Table(
    [Column("Rule"), Column("weight", right=True), Column("A")],
    [
        Group("Home", [Row(["Likes to be outdoors", "1.5", [Toned("++", Tone.GOOD)]], below="garden is yes")]),
        Group("Care", [Row(["Sleeps", "10", [Toned("x", Tone.BAD)]])]),
    ],
    gap=1,
)


def test_a_table_as_text() -> None:
    """Columns are aligned over all groups, each group's title is the head of its first column."""
    expected = """\
  Home                 weight A
  Likes to be outdoors    1.5 ++
    garden is yes

  Care                 weight A
  Sleeps                   10 x
"""
    assert page_as_text([TABLE]) == expected


def test_a_narrow_table() -> None:
    """Where the columns do not fit, the widest are folded."""
    expected = """\
  Home          weight A
  Likes to be      1.5 ++
  outdoors
    garden is yes

  Care          weight A
  Sleeps            10 x
"""
    assert page_as_text([TABLE], width=25) == expected


def test_a_table_as_markdown() -> None:
    """Each group is a table of its own, under its title."""
    expected = """\
## Home

| Rule | weight | A |
| --- | ---: | --- |
| Likes to be outdoors | 1.5 | ++ |

## Care

| Rule | weight | A |
| --- | ---: | --- |
| Sleeps | 10 | x |
"""
    assert page_as_markdown([TABLE]).replace("\\+", "+") == expected


@pytest.mark.parametrize("color", [False, True])
def test_colours(color: bool) -> None:
    """Signs, points and heads have colours only where colours are wanted, and the same texts either way."""
    page = page_as_text([Title("Title"), TABLE, Items([Item("Dog", mark="+1.0")])], color=color)
    assert (ESCAPE in page) == color
    assert (f"{ESCAPE}[32m++{ESCAPE}[0m" in page) == color
    plain = page_as_text([Title("Title"), TABLE, Items([Item("Dog", mark="+1.0")])])
    assert re.sub(r"\x1b\[\d+m", "", page) == plain


def test_what_stays_together() -> None:
    """A line ends before what is kept together rather than within it."""
    line: list[Piece] = ["Fourteen letters ", Kept("and two")]
    assert page_as_text([Paragraph(line)], width=24) == "  Fourteen letters\n  and two\n"
