"""Pages as HTML: the same blocks as on a terminal and in Markdown, and nothing in their texts is markup."""

from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given

from steelyard.recommendation import Cited
from steelyard.render.layout import MINUS, Tone
from steelyard.render.page import (
    Block,
    Code,
    Heading,
    Item,
    Items,
    Kept,
    Line,
    Link,
    Paragraph,
    Source,
    Sources,
    Strong,
    Title,
    Toned,
    page_as_html,
)
from tests.unit.render.test_page import BOOK, CITED, NASTY, TABLE, blocks_of

TAGS = frozenset(
    ("h1", "h2", "p", "ul", "li", "a", "strong", "code", "span", "div", "table", "thead", "tbody", "tr", "th", "td")
)
ATTRIBUTES = frozenset(("class", "colspan", "href", "rel", "scope", "tabindex", "title"))


class Strict(HTMLParser):
    """Reads HTML in which every element is closed in order; attributes are quoted, and only those that are known."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.words: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)
        self.close()
        assert not self.inside

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enters an element."""
        assert tag in TAGS
        assert {name for name, _ in attrs} <= ATTRIBUTES
        self.addresses += [value or "" for name, value in attrs if name == "href"]
        self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leaves it."""
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keeps what is read."""
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        """Takes no comments."""
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        """Takes no declarations."""
        raise AssertionError(decl)


def paragraph(*line: object) -> str:
    """What becomes of the pieces of a line."""
    pieces: Line = line  # type: ignore[assignment]  # any kind of piece
    return page_as_html([Paragraph(pieces)]).removeprefix("<p>").removesuffix("</p>\n")


@given(NASTY)
def test_html_holds_no_markup_of_others(text: str) -> None:
    """A text comes out as text, wherever it stands: its words and no element, attribute or address."""
    read = Strict(page_as_html([*blocks_of(text), Paragraph([Link(text, text), Source(text, CITED)])]))
    assert set(read.addresses) == {CITED.url}


@pytest.mark.parametrize("place", range(len(blocks_of(""))))
def test_a_script_is_text(place: int) -> None:
    """Whatever a text says of scripts is only read."""
    html = page_as_html([blocks_of('<script>alert("1")</script>\' onload=x')[place]])
    assert "<script" not in html
    assert '"1"' not in html
    assert "&lt;script&gt;" in html


def test_pieces() -> None:
    """Pieces are marked by what they are, blanks between them stay."""
    assert paragraph(Strong("Dog"), ": ", Code("a-rule")) == "<strong>Dog</strong>: <code>a-rule</code>"
    assert paragraph(Toned("++", Tone.GOOD), " ", Toned("x", Tone.BAD)) == (
        '<span class="for">++</span> <span class="against">x</span>'
    )
    assert paragraph(Toned("·", Tone.FAINT), Toned("o", Tone.PLAIN), Kept(" so")) == '<span class="quiet">·</span>o so'
    assert paragraph(Strong(" ")) == ""


def test_links() -> None:
    """Only what leads to the web becomes a link, and tells the other side nothing."""
    assert paragraph(Link("home", "https://example.org/?a&b")) == (
        '<a href="https://example.org/?a&amp;b" rel="noopener noreferrer">home</a>'
    )
    assert paragraph(Link("x", "javascript:alert(1)")) == "x"
    assert paragraph(Link("x", "/etc/passwd")) == "x"


def test_sources() -> None:
    """A source is its id with its month, linked where it has an address; that it is stale is said in words."""
    assert paragraph(Source("survey", CITED)) == (
        '<a href="https://example.org/a" rel="noopener noreferrer" class="source is-stale" title="A survey">'
        "survey, 2024-05, stale</a>"
    )
    assert paragraph(Source("book", BOOK)) == '<span class="source" title="A book">book, 2019-05</span>'
    assert page_as_html([Sources({"survey": CITED, "book": BOOK})]) == (
        '<ul><li>survey: <a href="https://example.org/a" rel="noopener noreferrer">A survey</a>, 2024-05-01, stale</li>'
        "<li>book: A book, 2019-05-01. Page 3</li></ul>\n"
    )


def test_an_unsafe_source() -> None:
    """A source whose address does not lead to the web is not linked."""
    cited = Cited(title="Bad", url="javascript:alert(1)", source=None, published=date(2024, 5, 1), stale=False)
    assert "href" not in page_as_html([Paragraph([Source("bad", cited)]), Sources({"bad": cited})])


@pytest.mark.parametrize(("level", "title", "heading"), [(1, "h1", "h2"), (4, "h4", "h5"), (6, "h6", "h6")])
def test_headings(level: int, title: str, heading: str) -> None:
    """The title has the level that is asked for, and headings the next; there is none below the sixth."""
    blocks: list[Block] = [Title("What"), Heading("More")]
    assert page_as_html(blocks, heading_level=level) == f"<{title}>What</{title}>\n<{heading}>More</{heading}>\n"


def test_items() -> None:
    """Points stand before their line, in the tone of their sign; what hangs under an item is nested."""
    items = Items([Item("A rule", below=[Item("Dog", mark="+1.0"), Item("Cat", mark=f"{MINUS}1.0"), "why"])])
    assert page_as_html([items]) == (
        '<ul><li>A rule<ul><li><span class="points for">+1.0</span> Dog</li>'
        f'<li><span class="points against">{MINUS}1.0</span> Cat</li><li>why</li></ul></li></ul>\n'
    )
    assert page_as_html([Items([Item("Cat", mark="±0")])]) == '<ul><li><span class="points">±0</span> Cat</li></ul>\n'


def test_a_table() -> None:
    """A table has heads with a scope, a row for the title of each group, and scrolls by itself."""
    assert page_as_html([TABLE]) == (
        '<div class="wide" tabindex="0"><table><thead><tr><th scope="col">Rule</th>'
        '<th scope="col" class="figure">weight</th><th scope="col">A</th></tr></thead>'
        '<tbody><tr><th scope="rowgroup" colspan="3">Home</th></tr>'
        '<tr><th scope="row">Likes to be outdoors</th><td class="figure">1.5</td>'
        '<td><span class="for">++</span></td></tr></tbody>'
        '<tbody><tr><th scope="rowgroup" colspan="3">Care</th></tr>'
        '<tr><th scope="row">Sleeps</th><td class="figure">10</td><td><span class="against">x</span></td></tr></tbody>'
        "</table></div>\n"
    )
