"""Records of decisions for tests, and a PostgreSQL server of the tests' own."""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from steelyard.decisions import DecisionRecord

TIME = datetime(2026, 11, 1, 12, 30, 15, 250_000, tzinfo=UTC)
PATIENCE = 60.0

_FIELDS: dict[str, Any] = {
    "id": "a",
    "time": TIME,
    "asked": "pets",
    "version": "1",
    "digest": "d1",
    "as_of": date(2026, 10, 31),
    "requirements": {
        "garden": {"value": True, "importance": "must"},
        "hours": {"value": 7.5, "importance": "should"},
        "allergies": {"value": ["fur", "hay"], "importance": "could"},
    },
    "candidates": ("dog", "cat"),
    "outcome": "recommended",
    "recommended": "dog",
    "duration_ms": 1.25,
    "request_id": "r-1",
}
OF_A_STACK: dict[str, Any] = {
    "outcome": {"pet": "recommended", "bed": "undecided"},
    "recommended": {"pet": "cat", "bed": None},
}


def record(**other: Any) -> DecisionRecord:
    """A record, with other values where they are given."""
    return DecisionRecord(**{**_FIELDS, **other})


def wait_until(happens: Any) -> None:
    """Waits until something is so."""
    latest = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < latest
        time.sleep(0.005)


def missing_postgresql() -> str | None:
    """Why no PostgreSQL server can be started here; None if one can."""
    if not _binaries():
        return "PostgreSQL is not installed"
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        return "PostgreSQL does not run as the superuser, and setpriv is not installed"
    return None


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a server that is reached through a socket in a folder of its own, as long as the block lasts."""
    # Not in the folder of a test, which is closed to the user that the server runs as.
    with TemporaryDirectory(prefix="steelyard-postgresql-") as folder:
        owner = _owner()
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = f"{folder}/data"
        _run(owner, "initdb", "--pgdata", data, "--username", "steelyard", "--auth", "trust", "--no-sync")
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        _run(owner, "pg_ctl", "start", "-w", "-D", data, "-l", f"{folder}/log", "-o", settings)
        try:
            yield f"postgresql://steelyard@/postgres?host={folder}"
        finally:
            _run(owner, "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _owner() -> pwd.struct_passwd | None:
    """Who runs the server where the superuser, who may not, runs the tests."""
    if os.geteuid() != 0:
        return None
    users = {user.pw_name: user for user in pwd.getpwall()}
    return users.get("postgres") or users["nobody"]


def _run(owner: pwd.struct_passwd | None, program: str, *arguments: str) -> None:
    binaries = _binaries()
    assert binaries is not None
    as_owner: list[str] = []
    if owner is not None:
        as_owner = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    command = [*as_owner, str(binaries / program), *arguments]
    # The server keeps what it is given for its output, so that a pipe would never end.
    done = subprocess.run(
        command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 0, f"{program} failed"
