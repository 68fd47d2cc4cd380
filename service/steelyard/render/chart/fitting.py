"""Texts of others in a drawing that measures nothing itself: fit for XML, and cut or folded to a length.

Which font a viewer has is not known here, so lengths are estimates on the generous side.
"""

from steelyard.render.layout import display_width, harmless

ELLIPSIS = "…"

_NOT_IN_XML = ("\ufffe", "\uffff")
"""What XML has no way to write, beside what `harmless` spells out already."""

_NARROW = frozenset(" .,:;'|!ijl()[]")
_WIDEST = frozenset("mwMW@%&—…")
_WIDE_EM, _WIDEST_EM, _CAPITAL_EM, _USUAL_EM, _NARROW_EM = 1.05, 0.98, 0.72, 0.59, 0.34

_LEAST_OF_ROOM = 0.6


def plain(text: str) -> str:
    r"""The text on one line, with whatever could not stand in XML spelled out.

    >>> print(plain("a\x00b\uffff"))
    a\x00b\uffff
    """
    shown = harmless(text)
    for c in _NOT_IN_XML:
        shown = shown.replace(c, c.encode("unicode_escape").decode("ascii"))
    return shown


def length(text: str, size: float) -> float:
    """About how long the text is in a font of that size, in the unit of the size; seldom less than it is."""
    return size * sum(map(_em, text))


def _em(c: str) -> float:
    match display_width(c):
        case 0:
            return 0
        case 2:
            return _WIDE_EM
    if c in _NARROW:
        return _NARROW_EM
    if c in _WIDEST or not c.isascii():
        return _WIDEST_EM if c in _WIDEST else _CAPITAL_EM
    return _CAPITAL_EM if c.isupper() else _USUAL_EM


def shortened(text: str, room: float, size: float) -> str:
    """The text, or as much of it as there is room for, with an ellipsis in place of the rest."""
    if length(text, size) <= room:
        return text
    return text[: _fitting(text, room - length(ELLIPSIS, size), size)].rstrip() + ELLIPSIS


def _fitting(text: str, room: float, size: float) -> int:
    """How many characters there is room for: at least one."""
    used = 0.0
    for place, c in enumerate(text):
        used += size * _em(c)
        if used > room:
            return max(place, 1)
    return len(text)


def folded(text: str, room: float, size: float, *, most: int) -> list[str]:
    """The text in lines for which there is room; what does not go on so many lines gives way to an ellipsis."""
    lines: list[str] = []
    left = text
    while left and len(lines) < most - 1:
        end = _line_end(left, room, size)
        lines.append(left[:end].rstrip())
        left = left[end:].lstrip()
    return [*lines, shortened(left, room, size)] if left else lines


def balanced(text: str, room: float, size: float, *, most: int) -> list[str]:
    """The text `folded`, with no more lines but of like lengths, so that no word is left alone on the last one."""
    lines = folded(text, room, size, most=most)
    narrowest = room * _LEAST_OF_ROOM
    while room > narrowest:
        room -= size / 2
        # With a line to spare nothing is cut that was not cut before.
        narrower = folded(text, room, size, most=most + 1)
        if len(narrower) != len(lines):
            break
        lines = narrower
    return lines


def _line_end(text: str, room: float, size: float) -> int:
    """Where the first line ends: at a blank, or within a word that no line can hold."""
    end = _fitting(text, room, size)
    if end == len(text) or text[end] == " ":
        return end
    blank = text.rfind(" ", 0, end)
    return blank if blank > 0 else end
