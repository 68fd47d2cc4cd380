"""Short keys for columns whose names are too long."""

from collections.abc import Iterable, Iterator
from itertools import count


def short_keys(ids: Iterable[str]) -> dict[str, str]:
    """A key of two characters for each id, or of more where there are too many ids; no two are the same.

    The first and the second letter; or where that is taken, the first and a later one.

    >>> short_keys(["pytorch", "paddle", "python", "mx"])
    {'pytorch': 'PY', 'paddle': 'PA', 'python': 'PT', 'mx': 'MX'}
    """
    keys: dict[str, str] = {}
    for id_ in ids:
        taken = set(keys.values())
        keys[id_] = next(key for key in _possible(id_) if key not in taken)
    return keys


def _possible(id_: str) -> Iterator[str]:
    letters = [c.upper() for c in id_ if c.isalnum() and c.isascii()] or ["?"]
    yield from (letters[0] + letter for letter in letters[1:])
    yield from (f"{letters[0]}{number}" for number in count(1))
