"""What a Markdown renderer makes of a record: its tags, its links and its words."""

from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

EXTRAS = ["table", "strikethrough"]
RENDERERS = {
    "the default": MarkdownIt("commonmark", {"html": False}).enable(EXTRAS),
    "with HTML let through": MarkdownIt("commonmark", {"html": True}).enable(EXTRAS),
}
ORDINARY_TAGS = frozenset(
    ("h1", "h2", "h3", "p", "ul", "li", "a", "strong", "em", "code", "table", "thead", "tbody", "tr", "th", "td")
)


def flat(tokens: Iterable[Token]) -> Iterator[Token]:
    """All tokens, those inside others too."""
    for token in tokens:
        yield token
        yield from flat(token.children or ())


def tags(tokens: Iterable[Token]) -> set[str]:
    """The HTML elements that come out; raw HTML counts as an element of its own."""
    return {token.tag or token.type for token in flat(tokens) if token.type not in ("text", "inline")}


def links(tokens: Iterable[Token]) -> set[str]:
    """Where all links and images lead."""
    return {
        str(token.attrs.get("href", token.attrs.get("src")))
        for token in flat(tokens)
        if token.type in ("link_open", "image")
    }


def words(tokens: Iterable[Token]) -> str:
    """What is read: all text and code, without the markup."""
    return "".join(token.content for token in flat(tokens) if token.type in ("text", "code_inline", "fence"))
