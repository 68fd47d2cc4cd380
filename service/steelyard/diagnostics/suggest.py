"""User text in messages: quoting it safely, and guessing what was meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice
from os import PathLike, fspath

_LONGEST_QUOTE = 60
_MOST_NAMES = 5
_MOST_COMPARED = 1000


def quote(text: object) -> str:
    """`text` between backticks, on one line, without control characters, shortened to about 60 characters."""
    shown = str(text)
    if len(shown) > _LONGEST_QUOTE:
        shown = shown[: _LONGEST_QUOTE - 1] + "…"
    return "`" + printable(shown).replace("`", "'") + "`"


def quote_path(path: PathLike[str] | str) -> str:
    """A path between backticks: all of it, since its end says most."""
    return f"`{printable(fspath(path))}`"


def printable(text: str) -> str:
    """The text with its control characters, and what else a terminal might obey, escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def listing(names: Iterable[str], *, most: int = _MOST_NAMES, word: str = "or") -> str:
    """The names quoted and joined as a person would; after `most` of them, how many more there are.

    >>> listing(["a", "b", "c"])
    '`a`, `b` or `c`'
    """
    found = list(names)
    quoted = [quote(name) for name in found[:most]]
    if len(found) > most:
        return f"{', '.join(quoted)} {word} {len(found) - most} more"
    if len(quoted) > 1:
        return f"{', '.join(quoted[:-1])} {word} {quoted[-1]}"
    return "".join(quoted)


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant by `name`, if one is near (and among the first thousand)."""
    folded = {candidate.casefold().replace("_", "-"): candidate for candidate in islice(known, _MOST_COMPARED)}
    wanted = name[:_LONGEST_QUOTE].casefold().replace("_", "-")
    near = get_close_matches(wanted, folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def suggestion(name: str, known: Iterable[str]) -> str | None:
    """Help for an unknown `name`: what was probably meant, or else at most five of the known names."""
    names = list(known)
    if not names:
        return None
    near = closest(name, names)
    if near is not None:
        return f"did you mean {quote(near)}?"
    return f"the only one is {quote(names[0])}" if len(names) == 1 else f"one of {listing(names)}"
