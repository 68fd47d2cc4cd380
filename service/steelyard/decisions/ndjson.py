"""A log in a file: one line of JSON for each record."""

import heapq
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import BufferedReader
from itertools import count
from pathlib import Path

from steelyard.decisions.record import DecisionRecord
from steelyard.decisions.store import DecisionLogError, FaultyLine, Told, nobody

try:
    import fcntl
except ModuleNotFoundError:  # pragma: no cover  not on Windows, where one process should write alone
    fcntl = None  # type: ignore[assignment]

_OPENING = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
_LONGEST_LINE = 4 * 1024 * 1024
_CHUNK = 64 * 1024
# Several processes write their batches a little after one another: within so many lines, records are put in order.
_MOST_OUT_OF_ORDER = 4096


class NdjsonStore:
    """Records in a file that only ever grows. It may be moved away at any time, and a new one is begun."""

    deletes = False

    def __init__(self, path: Path) -> None:
        """Takes the path; nothing is opened yet."""
        self._path = path

    def exists(self) -> bool:
        """Whether there is a file."""
        try:
            return self._path.is_file()
        except OSError as error:
            raise DecisionLogError(_words(error)) from None

    def write(self, records: Sequence[DecisionRecord]) -> None:
        """Appends all records or none, with one call."""
        lines = b"".join(_line(record) for record in records)
        try:
            descriptor = os.open(self._path, _OPENING, 0o600)
            try:
                _append(descriptor, lines)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise DecisionLogError(_words(error)) from None

    def find(self, id_: str) -> DecisionRecord | None:
        """The last record with this id; the file is read from its end."""
        wanted = json.dumps(id_).encode()
        with _read(self._path) as stream:
            for line in _backwards(stream) if stream is not None else ():
                if wanted in line and (record := _record(line)) is not None and record.id == id_:
                    return record
        return None

    def records(
        self, since: datetime | None = None, until: datetime | None = None, told: Told = nobody
    ) -> Iterator[DecisionRecord]:
        """The records in order of time."""
        ahead: list[tuple[datetime, int, DecisionRecord]] = []
        number = count()
        with _read(self._path) as stream:
            for record in _records(stream, told) if stream is not None else ():
                if (since is None or record.time >= since) and (until is None or record.time < until):
                    heapq.heappush(ahead, (record.time, next(number), record))
                    if len(ahead) > _MOST_OUT_OF_ORDER:
                        yield heapq.heappop(ahead)[-1]
        while ahead:
            yield heapq.heappop(ahead)[-1]

    def delete_before(self, moment: datetime) -> int:
        """Is refused: a file that others append to cannot be shortened at its beginning."""
        raise DecisionLogError(f"a log in a file deletes nothing, so not what is before {moment:%Y-%m-%d} either")

    def close(self) -> None:
        """Does nothing: the file is opened for each batch."""

    def forget(self) -> None:
        """Does nothing, for the same reason."""


def _line(record: DecisionRecord) -> bytes:
    return json.dumps(record.to_dict(), separators=(",", ":"), allow_nan=False).encode("ascii") + b"\n"


def _append(descriptor: int, lines: bytes) -> None:
    """Appends whole lines. While the lock is held, nobody else is in the middle of a line."""
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    size = os.fstat(descriptor).st_size
    # Whoever was killed while writing left a part of a line, which is to spoil no other.
    torn = size > 0 and _last_byte(descriptor, size) != b"\n"
    content = b"\n" + lines if torn else lines
    written = 0
    try:
        written = os.write(descriptor, content)
    finally:
        if written < len(content):
            os.ftruncate(descriptor, size)
    if written < len(content):
        raise OSError("the file takes no more")


def _last_byte(descriptor: int, size: int) -> bytes:
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1)


@contextmanager
def _read(path: Path) -> Iterator[BufferedReader | None]:
    """The file to be read; None if there is none."""
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        yield None
        return
    except OSError as error:
        raise DecisionLogError(_words(error)) from None
    with stream:
        try:
            yield stream
        except OSError as error:
            raise DecisionLogError(_words(error)) from None


def _records(stream: BufferedReader, told: Told) -> Iterator[DecisionRecord]:
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            _to_its_end(stream)
            told(FaultyLine(number, "the line is longer than any record"))
        elif line.strip():
            record = _record(line)
            if record is not None:
                yield record
            else:
                told(FaultyLine(number, "the line is no record" if line.endswith(b"\n") else "the line is not whole"))


def _to_its_end(stream: BufferedReader) -> None:
    while (rest := stream.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _record(line: bytes) -> DecisionRecord | None:
    try:
        return DecisionRecord.from_dict(json.loads(line))
    except (ValueError, RecursionError):
        return None


def _backwards(stream: BufferedReader) -> Iterator[bytes]:
    """The lines from the last to the first, without their ends."""
    place = stream.seek(0, os.SEEK_END)
    rest = b""
    while place > 0:
        size = min(_CHUNK, place)
        place -= size
        stream.seek(place)
        first, *lines = (stream.read(size) + rest).split(b"\n")
        yield from reversed(lines)
        # A line that is longer than any record is passed over piece by piece.
        rest = first if len(first) <= _LONGEST_LINE else b""
    yield rest


def _words(error: OSError) -> str:
    return f"the file cannot be used: {(error.strerror or str(error) or type(error).__name__).lower()}"
