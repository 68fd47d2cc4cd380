"""User text in messages: quoting it safely, and guessing what was meant."""

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST_QUOTE = 60
_MOST_NAMES = 5


def quote(text: object) -> str:
    """`text` between backticks, on one line, without control characters, shortened to about 60 characters."""
    shown = str(text)
    if len(shown) > _LONGEST_QUOTE:
        shown = shown[: _LONGEST_QUOTE - 1] + "…"
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in shown)
    return "`" + shown.replace("`", "'") + "`"


def listing(names: Iterable[str], *, most: int = _MOST_NAMES, word: str = "or") -> str:
    """The names quoted and joined as a person would; after `most` of them, how many more there are.

    >>> listing(["a", "b", "c"])
    '`a`, `b` or `c`'
    """
    quoted = [quote(name) for name in names]
    if len(quoted) > most:
        return f"{', '.join(quoted[:most])} {word} {len(quoted) - most} more"
    if len(quoted) > 1:
        return f"{', '.join(quoted[:-1])} {word} {quoted[-1]}"
    return "".join(quoted)


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant by `name`, if one is near."""
    folded = {candidate.casefold().replace("_", "-"): candidate for candidate in known}
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
