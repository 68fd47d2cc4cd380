"""Reading a page in tests: its text, its links, and whatever would run or be drawn from within it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass
class Element:
    """An element of a page."""

    name: str
    attributes: dict[str, str]
    within: "Element | None" = None
    texts: list[str] = field(default_factory=list)

    @property
    def written(self) -> str:
        """All text in it as it is written."""
        return "".join(self.texts)

    @property
    def text(self) -> str:
        """All text in it, blanks made one."""
        return " ".join(self.written.split())

    def is_within(self, other: "Element") -> bool:
        """Whether it is anywhere in another."""
        return self.within is not None and (self.within is other or self.within.is_within(other))


class Page(HTMLParser):
    """A page that was read."""

    def __init__(self, html: str) -> None:
        """Reads it; it must be closed properly."""
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not [each.name for each in self._open], "an element is never closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins an element."""
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open[-1] if self._open else None)
        self.elements.append(element)
        if tag not in _EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content, as in SVG."""
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, self._open[-1]))

    def handle_endtag(self, tag: str) -> None:
        """Ends an element."""
        assert self._open, f"{tag} is closed and was never opened"
        assert self._open[-1].name == tag, f"{tag} is closed within {self._open[-1].name}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Text belongs to all elements that it is in."""
        for element in self._open:
            element.texts.append(data)

    def all(self, name: str, /, **attributes: str) -> list[Element]:
        """The elements of a name that have these attributes; `class_` is one of an element's classes."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [each for each in self.elements if each.name == name and _has(each, wanted)]

    def one(self, name: str, /, **attributes: str) -> Element:
        """The only such element."""
        found = self.all(name, **attributes)
        assert len(found) == 1, f"{len(found)} elements {name} {attributes}"
        return found[0]

    def link(self, text: str) -> str:
        """Where the only link with a text leads."""
        found = [each.attributes["href"] for each in self.all("a") if each.text == text]
        assert len(found) == 1, f"{len(found)} links {text!r}"
        return found[0]

    @property
    def text(self) -> str:
        """All that is to be read."""
        return self.one("body").text

    def demand_strict(self) -> None:
        """Nothing in it needs a loose Content-Security-Policy, and no id is there twice."""
        ids = [each.attributes["id"] for each in self.elements if "id" in each.attributes]
        assert sorted(ids) == sorted(set(ids))
        for each in self.elements:
            handlers = [name for name in each.attributes if name.startswith("on")]
            assert not handlers
            assert "style" not in each.attributes
            assert each.name != "style"
            assert not (each.name == "script" and each.text)
            assert not each.attributes.get("href", "").lower().startswith("javascript:")


def _has(element: Element, wanted: dict[str, str]) -> bool:
    for key, value in wanted.items():
        found = element.attributes.get(key)
        if found is None or (value not in found.split() if key == "class" else found != value):
            return False
    return True
