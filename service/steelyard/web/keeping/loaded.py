"""All that is read from files, at one moment, and where it is read from."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from steelyard.api import Ruleset, Stack, WrittenAnswer, WrittenStackAnswer
from steelyard.api.kept import Kept
from steelyard.diagnostics import Diagnostic, FaultsError
from steelyard.library import RulesetError, shipped
from steelyard.web.guarding.keys import Keys, read_keys
from steelyard.web.keeping.shelf import Shelf, open_shelf


def _now() -> datetime:
    return datetime.now(UTC)


class Posted(NamedTuple):
    """Who answered what was posted, the answer, and the line of JSON that is sent."""

    asked: Ruleset | Stack
    answer: WrittenAnswer | WrittenStackAnswer
    line: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the service answers from: replaced as a whole, never changed.

    Attributes:
        shelf: the rulesets and stacks.
        keys: the keys that clients show; anybody may ask if None.
        at: when they were loaded, in UTC.
        posted: what was answered to bodies of requests that were posted more than once.
    """

    shelf: Shelf
    keys: Keys | None = None
    at: datetime = field(default_factory=_now)
    posted: Kept[Posted] = field(default_factory=Kept, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where it is loaded from.

    Attributes:
        rules: the paths of rulesets and stacks; those that ship, if there are none.
        shelf: what is served in their place, made by a program; None if it comes from files.
        api_keys_file: the file of the keys that clients show; anybody may ask if there is none.
    """

    rules: tuple[Path, ...] = ()
    shelf: Shelf | None = None
    api_keys_file: Path | None = None

    def load(self) -> Loaded:
        """Loads all of it.

        Raises:
            FaultsError: something is faulty; every fault of everything is told.
        """
        keys = None
        faults_of_keys: Sequence[Diagnostic] = ()
        try:
            keys = self.load_keys()
        except FaultsError as error:
            faults_of_keys = error.diagnostics
        try:
            shelf = self.shelf or open_shelf(self.rules)
        except RulesetError as error:
            raise RulesetError([*faults_of_keys, *error.diagnostics]) from None
        if faults_of_keys:
            raise FaultsError(faults_of_keys)
        return Loaded(shelf=shelf, keys=keys)

    def load_keys(self) -> Keys | None:
        """Loads the keys alone.

        Raises:
            FaultsError: their file is faulty.
        """
        return None if self.api_keys_file is None else read_keys(self.api_keys_file)

    def fingerprint(self) -> Hashable:
        """Something that changes when a file does: names, sizes and times, not contents."""
        roots = () if self.shelf else self.rules or tuple(shipped().values())
        keys = () if self.api_keys_file is None else (_look(self.api_keys_file),)
        return (*keys, *(each for root in roots for each in _looks(root)))


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
