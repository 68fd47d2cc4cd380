"""All that is read from files, at one moment, and where it is read from."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from steelyard.library import shipped
from steelyard.web.keeping.shelf import Shelf, open_shelf


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the service answers from: replaced as a whole, never changed.

    Attributes:
        shelf: the rulesets and stacks.
        at: when they were loaded, in UTC.
    """

    shelf: Shelf
    at: datetime = field(default_factory=_now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where it is loaded from.

    Attributes:
        rules: the paths of rulesets and stacks; those that ship, if there are none.
    """

    rules: tuple[Path, ...] = ()

    def load(self) -> Loaded:
        """Loads all of it.

        Raises:
            FaultsError: something is faulty; every fault of everything is told.
        """
        return Loaded(shelf=open_shelf(self.rules))

    def fingerprint(self) -> Hashable:
        """Something that changes when a file does: names, sizes and times, not contents."""
        roots = self.rules or tuple(shipped().values())
        return tuple(each for root in roots for each in _looks(root))


def _looks(root: Path) -> Iterable[Hashable]:
    return sorted(_look(path) for path in (root, *_below(root)))


def _below(root: Path) -> Iterator[Path]:
    try:
        yield from root.rglob("*")
    except OSError:
        return


def _look(path: Path) -> tuple[str, ...]:
    """What a file looks like from outside; following links, since mounted folders are exchanged by a link."""
    try:
        seen = path.stat()
    except OSError as error:
        return str(path), str(error.errno)
    return str(path), str(seen.st_mtime_ns), str(seen.st_size), str(seen.st_ino)
