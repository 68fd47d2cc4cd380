"""Texts of others in Markdown come out as themselves, whatever they hold and wherever they stand."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from steelyard.render.escaping import address, code, code_block, escaped, label
from steelyard.render.layout import harmless
from tests.unit.render.markdown_reading import RENDERERS, flat, links, tags, words

PLAIN = RENDERERS["the default"]
RAW = RENDERERS["with HTML let through"]

NASTY = st.text("`~*_[]()<>|!#-+=.:1&;{}$@/\\\"' \n\ta\x1b\x00é日", min_size=1).filter(lambda text: bool(text.strip()))
PLACES = {
    "a paragraph": "{}",
    "a heading": "# {}",
    "an item": "- {}",
    "a cell": "| a |\n| --- |\n| {} |",
    "strong": "x **{}** x",
    "emphasis": "x *{}*",
    "a link": "[{}][k], x\n\n[k]: https://example.org/",
}
KNOWN_TROUBLE = (
    "<script>alert(1)</script>",
    "x](javascript:alert(1))",
    "[x](javascript:alert(1))",
    "![x](https://example.org/pixel.png)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)",
    "a | b",
    "`code` and ``more``",
    "# heading",
    "- item",
    "1. item",
    "2) item",
    "+ item",
    "===",
    "> quotation",
    "C#",
    "F # #",
    "&lt;b&gt; &copy; &#60;",
    "a\\",
    "snake_case and _emphasis_",
    "~~struck~~",
    "line one\n\n# line two",
    "\\<b>",
    "***",
    "{{ site.secret }}",
)


@pytest.mark.parametrize("place", PLACES)
@given(NASTY)
@example("<script>alert(1)</script>")
@example("x](javascript:alert(1))")
def test_any_text_comes_out_as_itself(place: str, text: str) -> None:
    """Whatever a text holds, a renderer shows that text and makes no element of it."""
    written = PLACES[place].format(escaped(text))
    expected = PLACES[place].format("word")

    for renderer in (PLAIN, RAW):
        shown, plain = renderer.parse(written), renderer.parse(expected)
        assert tags(plain) == tags(shown)
        assert links(plain) == links(shown)
        assert words(plain).replace("word", harmless(text)) == words(shown)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", KNOWN_TROUBLE)
def test_known_trouble_comes_out_as_itself(text: str, place: str) -> None:
    """What is known to break out of Markdown does not."""
    shown = RAW.parse(PLACES[place].format(escaped(text)))

    assert tags(shown) == tags(RAW.parse(PLACES[place].format("word")))
    assert harmless(text) in words(shown)


@pytest.mark.parametrize("text", ["scikit-learn 1.9", "snake_case", "R&D, 50 % (about)", "C++", "2.0 is out", "a: b"])
def test_ordinary_text_stays_readable(text: str) -> None:
    """What no renderer could mistake is not escaped: people read records raw."""
    assert text == escaped(text)


@pytest.mark.parametrize("text", ["see https://example.org/a", "www.example.org", "someone@example.org"])
def test_no_address_in_a_text_becomes_a_link(text: str) -> None:
    """What some renderers make links of is split by a backslash, so that only the sources are links."""
    assert text != escaped(text)
    assert text in words(PLAIN.parse(escaped(text)))


@given(NASTY)
def test_nothing_ends_a_code_span(text: str) -> None:
    """A code span holds all of its text."""
    spans = [token for token in flat(RAW.parse(code(text))) if token.type == "code_inline"]

    assert [harmless(text)] == [span.content for span in spans]


def test_nothing_ends_a_code_block() -> None:
    """A code block holds a text that has a fence of its own."""
    text = "```\n<script>alert(1)</script>\n````"

    blocks = RAW.parse("\n".join(code_block(text, "json")))

    assert [text + "\n"] == [block.content for block in blocks]
    assert ["fence"] == [block.type for block in blocks]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=c&d=e#f", "https://example.org/a?b=c&d=e#f"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://example.org/a_(b)", "https://example.org/a_%28b%29"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://example.org/a\\b`c", "https://example.org/a%5Cb%60c"),
        ("https://example.org/?a=1&copy;=2", "https://example.org/?a=1&amp;copy;=2"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_are_linked(url: str | None, expected: str | None) -> None:
    """A link leads to http or https, and its address cannot end early."""
    assert expected == address(url)


@pytest.mark.parametrize(("key", "expected"), [("bench-2", "bench-2"), ("a]: x", None), ("a b", None), ("", None)])
def test_only_plain_ids_label_links(key: str, expected: str | None) -> None:
    """An id that is none, which a program can make, labels no link."""
    assert expected == label(key)
