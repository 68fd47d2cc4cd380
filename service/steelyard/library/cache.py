"""Sound rulesets kept on disk as they were read, so that the next process need not read their YAML again.

An entry is called by the digest of all that made it: the bytes and names of the ruleset's files, and the source of this
package. So nothing ever goes stale; what is no longer asked for goes when there is too much. Whatever is wrong with the
folder or an entry (it is missing, damaged, somebody else's, cannot be written) only means that YAML is read.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from steelyard.library.frozen import from_frozen, to_frozen
from steelyard.model import Ruleset
from steelyard.reader import DEFAULT_LIMITS, yaml_files

VARIABLE = "STEELYARD_CACHE"
"""The environment variable that names the folder; empty or `off`, nothing is kept."""

_OFF = ("", "off")
_SUFFIX = ".steelyard"
_LEAST_BYTES = 20_000
_MOST_ENTRIES = 32
_MOST_BYTES = 256 * 1024 * 1024
_PACKAGE = Path(__file__).resolve().parents[1]
# What makes a ruleset of its files.
_ROOMS = ("checks", "diagnostics", "library", "model", "parser", "reader", "recommendation", "requirements", "shape")
# Neither through a link nor waiting for a pipe, where the system can be told so.
_OPENING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def key_of(path: Path) -> str | None:
    """The name under which the ruleset at the path is kept; None if none is to be."""
    folder = _folder()
    if folder is None:
        return None
    digest = hashlib.sha256(_source_of_package())
    size = 0
    try:
        for place, file in enumerate(yaml_files(path) if path.is_dir() else [path]):
            if place == DEFAULT_LIMITS.files or not stat.S_ISREG(file.stat().st_mode):
                return None
            content = _content(file)
            size += len(content)
            digest.update(f"{file.relative_to(path)}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
            digest.update(content)
    except OSError:
        return None
    return digest.hexdigest() if size >= _LEAST_BYTES else None


def kept(key: str) -> Ruleset | None:
    """The ruleset that is kept under the name, if there is one that can be trusted."""
    folder = _folder()
    if folder is None:
        return None
    try:
        with open(os.open(folder / f"{key}{_SUFFIX}", _OPENING), "rb") as stream:  # noqa: PTH123
            state = os.fstat(stream.fileno())
            if not stat.S_ISREG(state.st_mode) or not _is_ours(state) or state.st_size > _MOST_BYTES:
                return None
            checksum, _, content = stream.read().partition(b"\n")
        if checksum != _checksum(key, content):
            return None
        return from_frozen(content)
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None


def keep(key: str, ruleset: Ruleset) -> None:
    """Keeps the ruleset under the name, if that can be done."""
    folder = _folder()
    if folder is None:
        return
    with suppress(OSError, KeyError):
        content = to_frozen(ruleset).encode()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(folder.stat()):
            return
        _put(folder / f"{key}{_SUFFIX}", _checksum(key, content) + b"\n" + content)
        _tidy(folder)


def _put(place: Path, content: bytes) -> None:
    """Writes a file beside its place and then puts it there: a reader meets all of it or nothing."""
    # Imported here: a hit, which is to be soon, needs it as little as a miss minds it.
    from tempfile import NamedTemporaryFile  # noqa: PLC0415

    with NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as stream:
        beside = Path(stream.name)
        try:
            stream.write(content)
            stream.close()
            beside.replace(place)
        except OSError:
            beside.unlink()
            raise


def _folder() -> Path | None:
    said = os.environ.get(VARIABLE)
    if said is not None:
        return None if said in _OFF else Path(said)
    try:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:
        return None
    return Path(home) / "steelyard"


def _content(file: Path) -> bytes:
    with file.open("rb") as stream:
        content = stream.read(DEFAULT_LIMITS.file_bytes + 1)
    if len(content) > DEFAULT_LIMITS.file_bytes:
        raise OSError("the file is larger than is read")
    return content


@cache
def _source_of_package() -> bytes:
    """What tells this source of the package from any other: names, sizes and times of its files."""
    rooms = [room for room in os.scandir(_PACKAGE) if room.name in _ROOMS]
    files = [(file.path, file.stat()) for room in rooms for file in os.scandir(room) if file.name.endswith(".py")]
    return repr(sorted((path, state.st_size, state.st_mtime_ns) for path, state in files)).encode()


def _is_ours(state: os.stat_result) -> bool:
    """Whether nobody else can have written it."""
    owner = os.geteuid() if hasattr(os, "geteuid") else state.st_uid
    return state.st_uid == owner and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _checksum(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + content).hexdigest().encode()


def _tidy(folder: Path) -> None:
    """Removes the oldest entries of too many, or of too large ones."""
    total = 0
    for place, (file, state) in enumerate(_newest_first(folder)):
        total += state.st_size
        if place >= _MOST_ENTRIES or total > _MOST_BYTES:
            file.unlink(missing_ok=True)


def _newest_first(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    entries = [(file, file.stat()) for file in folder.glob(f"*{_SUFFIX}")]
    yield from sorted(entries, key=lambda entry: -entry[1].st_mtime_ns)
