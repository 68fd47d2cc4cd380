"""Texts of others in Markdown: whatever they hold, they come out as themselves and as nothing else."""

import re
from urllib.parse import quote

from steelyard.render.layout import harmless

# What can begin or end markup anywhere: code, emphasis, links, HTML, tables, strikethrough, formulas, templates.
_MARKUP = re.compile(r"[\\`*\[\]<>|~${}]")
# An underscore within a word is no markup, and ids are full of them.
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What some renderers make a link of without being asked.
_BARE_LINK = re.compile(r"(?<=[A-Za-z]):(?=/)|(?<=www)\.|@", re.IGNORECASE)
_CLOSING_HASHES = re.compile(r"#+$")
_LINE_START = re.compile(r"[-+=#:]|\d+(?=[.)](?:\s|$))")

_IN_ADDRESS = "%/:?#[]@!$&'*+,;=~"


def escaped(text: str, *, anywhere: bool = True) -> str:
    r"""The text as Markdown that shows it, on one line, wherever on the line it stands.

    >>> print(escaped("x](javascript:alert(1)) <b>bold</b> snake_case 50 %"))
    x\](javascript:alert(1)) \<b\>bold\</b\> snake_case 50 %

    Args:
        text: any text.
        anywhere: False where something stands before it on its line.
    """
    shown = _MARKUP.sub(r"\\\g<0>", harmless(text))
    shown = _UNDERSCORE.sub(r"\\_", shown)
    shown = _ENTITY.sub("&amp;", shown)
    shown = _BARE_LINK.sub(r"\\\g<0>", shown)
    shown = _CLOSING_HASHES.sub(lambda found: r"\#" * len(found.group()), shown)
    start = _LINE_START.match(shown) if anywhere else None
    if start is None:
        return shown
    return f"{start.group()}\\{shown[start.end() :]}" if start.group().isdigit() else f"\\{shown}"


def code(text: str) -> str:
    """The text as a code span that nothing in it can end."""
    shown = harmless(text)
    fence = "`" * (_longest_run(shown) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def code_block(text: str, language: str) -> list[str]:
    """The lines of a code block that nothing in the text can end."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return [f"{fence}{language}", *text.split("\n"), fence]


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def web_address(url: str | None) -> str | None:
    """The address as it is, not escaped; None unless it leads to the web."""
    return url if url is not None and url.lower().startswith(("http://", "https://")) else None


def address(url: str | None) -> str | None:
    """The address as the end of a link's definition; None unless it leads to the web."""
    if (url := web_address(url)) is None:
        return None
    return _ENTITY.sub("&amp;", quote(harmless(url), safe=_IN_ADDRESS))


def label(key: str) -> str | None:
    """The id of a source as the label of a link; None if it is no plain id, as only a program can make it."""
    return key if re.fullmatch(r"[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*", key) else None
