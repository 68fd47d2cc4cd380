"""A drawing in SVG that grows downwards: text, boxes and groups with tooltips, all of it escaped by ElementTree.

It keeps to what GitHub and other careful hosts let through: no script, no event, no link, nothing from elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from steelyard.render.chart.fitting import plain
from steelyard.render.chart.palette import CHART, LIGHT, STYLE, Role, class_of

_FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif"

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Font:
    """How a text is set: its size in pixels, its colour, and whether it stands out."""

    size: int
    role: Role = Role.INK
    bold: bool = False


class Drawing:
    """One drawing. Texts are made harmless here, so that nothing has to be remembered elsewhere.

    Args:
        key: what tells it from other drawings on a page; its ids begin with it.
        title: its name.
        description: its text twin.
        width: in pixels; the height is given at the end.
    """

    def __init__(self, key: str, *, title: str, description: str, width: int) -> None:
        prefix = f"steelyard-{re.sub('[^A-Za-z0-9]', '', key)}"
        names = {"title": title, "desc": description}
        self._width = width
        self._root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": CHART, "role": "img"})
        self._root.set("aria-labelledby", " ".join(f"{prefix}-{tag}" for tag in names))
        for tag, text in names.items():
            SubElement(self._root, tag, id=f"{prefix}-{tag}").text = plain(text)
        SubElement(self._root, "style").text = STYLE
        self._paper = SubElement(self._root, "rect", _filled(Role.PAPER))
        self._body = SubElement(self._root, "g", {"font-family": _FONTS})
        self._into = self._body

    def tooltip(self, lines: Sequence[str]) -> None:
        """Begin a group that tells these lines when it is pointed at; what is drawn next is in it, until `end`."""
        self._into = SubElement(self._body, "g")
        SubElement(self._into, "title").text = "\n".join(map(plain, lines))

    def end(self) -> None:
        """End the group."""
        self._into = self._body

    def box(self, name: str, *, x: float, y: float, width: float, height: float) -> None:
        """A filled rectangle; `name` is that of its colour."""
        box = {"x": _number(x), "y": _number(y), "width": _number(width), "height": _number(height)}
        SubElement(self._into, "rect", _filled(name) | box)

    def dot(self, role: Role, *, x: float, y: float, radius: float) -> None:
        """A filled circle around a point."""
        dot = {"cx": _number(x), "cy": _number(y), "r": _number(radius)}
        SubElement(self._into, "circle", _filled(role) | dot)

    def text(self, text: str, font: Font, *, x: float, y: float, anchor: Anchor = "start") -> None:
        """A line of text; `y` is its baseline."""
        attributes = _filled(font.role) | {"x": _number(x), "y": _number(y), "font-size": str(font.size)}
        if anchor != "start":
            attributes["text-anchor"] = anchor
        if font.bold:
            attributes["font-weight"] = "600"
        SubElement(self._into, "text", attributes).text = plain(text)

    def finish(self, height: float) -> str:
        """The document, of this height."""
        size = {"width": str(self._width), "height": f"{height:.0f}"}
        self._root.attrib |= {**size, "viewBox": f"0 0 {size['width']} {size['height']}"}
        self._paper.attrib |= size
        indent(self._root, " ")
        return tostring(self._root, encoding="unicode") + "\n"


def _filled(name: str) -> dict[str, str]:
    return {"class": class_of(name), "fill": LIGHT[name]}


def _number(value: float) -> str:
    """A number with two decimals, always; never a zero with a sign."""
    return f"{value:.2f}".replace("-0.00", "0.00")
