"""Text for a terminal: how wide it is, what in it could do harm, and folding it to a width."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

GLUE = "\N{NO-BREAK SPACE}"
"""A blank at which no line ends. The texts of rulesets have none: `harmless` makes plain blanks of theirs."""

MINUS = "\N{MINUS SIGN}"

_BEFORE_PERCENT = re.compile(" (?=%)")
_GOOD_END = re.compile("[-/_?&=.,;]")
_REVERSALS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WIDER_BY_ONE = "\N{VARIATION SELECTOR-16}"
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def harmless(text: str) -> str:
    r"""The text on one line; control characters and what reverses the direction of reading are spelled out.

    >>> print(harmless("red:\x1b[31m\nand more"))
    red:\x1b[31m and more
    """
    return "".join(_spelled(c) for c in " ".join(text.split()))


def _spelled(c: str) -> str:
    if unicodedata.category(c) in ("Cc", "Cs") or c in _REVERSALS:
        return c.encode("unicode_escape").decode("ascii")
    return c


def display_width(text: str) -> int:
    """How many columns of a terminal the text takes; where terminals disagree, the larger number."""
    return sum(map(_columns, text))


def _columns(c: str) -> int:
    if unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 1 if c in (_WIDER_BY_ONE, _SOFT_HYPHEN) else 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def padded(text: str, width: int) -> str:
    """The text with blanks up to the width."""
    return text + " " * (width - display_width(text))


def bar(share: float, width: int) -> str:
    """A bar for a share of 0 to 1 of the width, to an eighth of a column."""
    full, eighths = divmod(round(share * width * 8), 8)
    return "█" * full + _EIGHTHS[eighths]


def fold(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """The text in lines that are no wider than the width.

    A word that no line can hold is cut, after a sign like `/` or `-` if one is near.

    Args:
        text: words with blanks between them; see `GLUE`.
        width: of the whole line, with what stands before the text.
        first: what stands before the text on the first line.
        rest: what stands before it on the others.
    """
    lines: list[str] = []
    line, used = first, 0
    for word in _BEFORE_PERCENT.sub(GLUE, text).split(" "):
        left = word
        if used and display_width(f"{line} {left}") > width:
            lines.append(line)
            line, used = rest, 0
        while display_width(f"{line}{' ' if used else ''}{left}") > width:
            fitting = _fitting(left, width - display_width(line))
            lines.append(line + left[:fitting])
            line, left = rest, left[fitting:]
        line += (" " if used else "") + left
        used += 1
    return [each.replace(GLUE, " ").rstrip() for each in [*lines, line]]


def _fitting(word: str, width: int) -> int:
    """How many characters of a word that is too long go on a line: at least one, with its accents."""
    end, used = 0, 0
    for c in word:
        used += _columns(c)
        if used > width and end:
            break
        end += 1
    blank = word.rfind(GLUE, 0, end) + 1
    good = [found.end() for found in _GOOD_END.finditer(word, end // 2, end)]
    return blank or (good[-1] if good else end)


class Tone(Enum):
    """What a text tells at a glance; the value is the style that terminals give it."""

    PLAIN = 0
    FAINT = 2
    BAD = 31
    GOOD = 32


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written on: so many columns, with colours or without."""

    width: int
    color: bool = False

    def fold(self, text: str, *, first: str = "", rest: str | None = None) -> list[str]:
        """The text in lines of this sheet, later ones hanging under the first unless `rest` says otherwise."""
        return fold(text, self.width, first=first, rest=" " * display_width(first) if rest is None else rest)

    def bold(self, lines: list[str]) -> list[str]:
        """The lines, made to stand out."""
        return [self._styled(line, 1) for line in lines]

    def signed(self, mark: str) -> str:
        """Points with their sign, in the colour of the sign."""
        return self.toned(mark, {"+": Tone.GOOD, MINUS: Tone.BAD}.get(mark.lstrip()[:1], Tone.PLAIN))

    def toned(self, text: str, tone: Tone) -> str:
        """The text in the colour of its tone."""
        return text if tone is Tone.PLAIN else self._styled(text, tone.value)

    def _styled(self, text: str, style: int) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.color else text
