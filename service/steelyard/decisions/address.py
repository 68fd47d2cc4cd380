"""Logs by their addresses."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from steelyard.decisions.ndjson import NdjsonStore
from steelyard.decisions.store import DecisionLogError, Store
from steelyard.diagnostics import quote

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9.-]*)(?:\+[a-z0-9]+)?:")
_SUFFIXES = {".ndjson": "ndjson", ".jsonl": "ndjson", ".db": "sqlite", ".sqlite": "sqlite"}
_FORMS = (
    "ndjson:PATH, sqlite:///PATH, postgresql://USER@HOST/NAME, or a path that ends in .ndjson, .jsonl, .db, .sqlite"
)


def store_at(address: str) -> Store:
    """The log at an address; nothing is opened yet.

    Args:
        address: ``ndjson:/var/log.ndjson``, ``sqlite:////var/log.db``, ``postgresql://...``, or the path of a file with
            a suffix that tells its kind.

    Raises:
        DecisionLogError: the address is of no known kind, or what it needs is not installed.
    """
    scheme = _SCHEME.match(address)
    # One letter is the drive of a path, not a kind.
    if scheme is not None and len(scheme[1]) > 1:
        kind, rest = scheme[1].lower(), address[scheme.end() :]
    else:
        kind, rest = _SUFFIXES.get(Path(address).suffix.lower(), ""), address
    opener = _OPENERS.get(kind)
    if opener is None:
        # Only the kind is told: the rest may hold a password.
        what = (
            f"{quote(scheme[1])} is no kind of decision log" if scheme else "the address names no kind of decision log"
        )
        raise DecisionLogError(f"{what}; say {_FORMS}")
    return opener(rest)


def _ndjson(rest: str) -> Store:
    path = rest.removeprefix("//")
    if not path:
        raise DecisionLogError("the address of the decision log names no file; say ndjson:PATH")
    return NdjsonStore(Path(path))


def _sqlite(rest: str) -> Store:
    path = rest.removeprefix("///")
    if not path or path.startswith("//") or path == ":memory:":
        raise DecisionLogError("the address of the decision log names no file; say sqlite:///PATH")
    try:
        from sqlalchemy import URL  # noqa: PLC0415  it is an extra

        from steelyard.decisions.sql import SqlStore  # noqa: PLC0415  it needs the former
    except ImportError as error:
        raise _missing(error, "log") from None
    return SqlStore(URL.create("sqlite+pysqlite", database=path), Path(path))


def _postgresql(rest: str) -> Store:
    try:
        import psycopg  # noqa: F401, PLC0415  it is an extra; asked for now rather than at the first decision
        from sqlalchemy import make_url  # noqa: PLC0415  it is an extra too
        from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

        from steelyard.decisions.sql import SqlStore  # noqa: PLC0415  it needs the former
    except ImportError as error:
        raise _missing(error, "postgresql") from None
    try:
        return SqlStore(make_url(f"postgresql+psycopg:{rest}"))
    except (ArgumentError, ValueError):
        # What it says may quote the password.
        raise DecisionLogError("the address is not written postgresql://USER:PASSWORD@HOST:PORT/NAME") from None


def _missing(error: ImportError, extra: str) -> DecisionLogError:
    # Psycopg without a driver names no module.
    if error.name is not None and error.name.partition(".")[0] not in ("sqlalchemy", "psycopg"):
        raise error
    return DecisionLogError(f'this kind of decision log needs an extra: pip install "steelyard[{extra}]"')


_OPENERS: Mapping[str, Callable[[str], Store]] = {
    "ndjson": _ndjson,
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "postgres": _postgresql,
}
