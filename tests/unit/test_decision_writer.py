"""The writer of the decision log: it holds up nobody, and tells what it could not keep."""

import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from steelyard.decisions import (
    DecisionLog,
    DecisionLogError,
    DecisionRecord,
    FaultyLine,
    open_decision_log,
    read_decisions,
)
from steelyard.decisions.address import store_at
from steelyard.decisions.ndjson import NdjsonStore
from tests.decisions import record, wait_until

Opened = Callable[..., DecisionLog]


class Gate(NdjsonStore):
    """A store that can be shut: then writing waits, or fails as often as it is to."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.open = threading.Event()
        self.open.set()
        self.waiting = threading.Event()
        self.failures = 0
        self.failure: Exception = DecisionLogError("the disk is full")
        self.batches: list[Sequence[DecisionRecord]] = []

    def write(self, records: Sequence[DecisionRecord]) -> None:
        """Writes, waits or fails."""
        self.waiting.set()
        self.open.wait()
        if self.failures > 0:
            self.failures -= 1
            raise self.failure
        self.batches.append(records)
        super().write(records)


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    """A store that can be shut."""
    return Gate(tmp_path / "log.ndjson")


@pytest.fixture
def opened(gate: Gate) -> Iterator[Opened]:
    """Opens logs over the gate, and closes them in the end."""
    logs: list[DecisionLog] = []

    def open_one(**settings: object) -> DecisionLog:
        logs.append(DecisionLog(gate, **settings))  # type: ignore[arg-type]
        return logs[-1]

    yield open_one
    gate.open.set()
    for log in logs:
        log.close()


def ids(path: Path) -> list[str]:
    """The ids in the file."""
    return [each.id for each in read_decisions(str(path))]


def test_records_are_written_soon_and_together(gate: Gate, opened: Opened, tmp_path: Path) -> None:
    """Without any other sign, what was recorded is in the log; what came together is written together."""
    log = opened()
    for number in range(50):
        log.record(record(id=str(number)))
    wait_until(lambda: log.written == 50)
    assert ids(tmp_path / "log.ndjson") == [str(number) for number in range(50)]
    assert len(gate.batches) < 10
    assert log.queued == 0


def test_what_waits_is_found(gate: Gate, opened: Opened) -> None:
    """A record that is still to be written is found as one that is, the latest first."""
    gate.open.clear()
    log = opened()
    log.record(record())
    gate.waiting.wait()
    latest = record(recommended="cat")
    log.record(latest)
    log.record(record(id="b"))
    assert log.find("a") == latest
    assert log.queued == 3


def test_masks_before_the_queue(gate: Gate, opened: Opened) -> None:
    """The answer to a masked need is gone before anything can hold it."""
    gate.open.clear()
    log = opened(masked={"hours", "pool"})
    log.record(record())
    log.record(record(id="b"))
    gate.waiting.wait()
    for kept in (*log._queue, *log._batch):
        assert (set(kept.requirements), kept.masked) == ({"garden", "allergies"}, ("hours",))
    gate.open.set()
    log.close()
    assert "7.5" not in gate._path.read_text()


def test_a_full_queue(gate: Gate, opened: Opened, caplog: pytest.LogCaptureFixture) -> None:
    """What comes while the queue is full is counted, and told once; nobody waits, and what was queued is kept."""
    gate.open.clear()
    log = opened(most_queued=5)
    log.record(record(id="first"))
    gate.waiting.wait()
    for number in range(20):
        log.record(record(id=str(number)))
    # The first may still be counted among those that wait.
    assert log.lost >= 15
    assert log.last_failure == "the queue is full"
    assert [each.levelno for each in caplog.records] == [logging.ERROR]
    gate.open.set()
    log.close()
    assert log.written + log.lost == 21
    assert "r-1" not in caplog.text


@pytest.mark.parametrize("failure", [DecisionLogError("the disk is full"), RuntimeError("secret")])
def test_a_failure_that_passes(gate: Gate, opened: Opened, failure: Exception) -> None:
    """A batch that cannot be written is tried again, and nothing is lost."""
    gate.failures, gate.failure = 2, failure
    log = opened(pauses=(0.001, 0.001))
    log.record(record())
    log.close()
    assert (log.written, log.lost, log.last_failure) == (1, 0, None)


def test_a_failure_that_stays(gate: Gate, opened: Opened, caplog: pytest.LogCaptureFixture) -> None:
    """After the last try, the batch is counted as lost; each outage is told once, and the log goes on afterwards."""
    caplog.set_level(logging.INFO)
    log = opened(pauses=(0.001,))
    for outage in range(1, 3):
        gate.failures = 4
        for lost in range(1, 3):
            log.record(record())
            wait_until(lambda expected=2 * outage - 2 + lost: log.lost == expected)
        assert log.last_failure == "the disk is full"
        assert len(caplog.records) == outage
        for written in range(1, 3):
            log.record(record())
            wait_until(lambda expected=2 * outage - 2 + written: log.written == expected)
    assert log.lost == 4


def test_unforeseen_failures_tell_nothing_of_records(
    gate: Gate, opened: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    """Of an error that nobody thought of, the kind is told and not the text, which may quote a record."""
    gate.failures, gate.failure = 1, RuntimeError("requires garden")
    log = opened(pauses=())
    log.record(record())
    wait_until(lambda: log.lost == 1)
    assert log.last_failure == "an error that was not foreseen: RuntimeError"
    assert "garden" not in caplog.text


def test_closing_does_not_wait_for_ever(gate: Gate, opened: Opened) -> None:
    """What cannot be written in time is lost; what comes after the end, too."""
    gate.open.clear()
    log = opened()
    log.record(record())
    gate.waiting.wait()
    log.record(record())
    log.close(0.05)
    assert log.lost >= 1
    log.record(record())
    assert log.last_failure == "the log is closed"


def test_closing_a_log_without_records(tmp_path: Path) -> None:
    """A log that was never written to has no thread and makes no file; closing it twice does no harm."""
    log = open_decision_log(str(tmp_path / "log.db"))
    log.close()
    log.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["gone/log.ndjson", "gone/log.db", "folder.ndjson", "folder.db"])
def test_a_place_that_cannot_be_written(name: str, tmp_path: Path) -> None:
    """A folder that is not there, or stands in the file's place, loses decisions and fails nobody."""
    for folder in ("folder.ndjson", "folder.db"):
        (tmp_path / folder).mkdir()
    log = DecisionLog(store_at(str(tmp_path / name)), pauses=(0.001,))
    log.record(record())
    log.close()
    assert (log.written, log.lost) == (0, 1)
    assert log.last_failure is not None
    assert log.last_failure.startswith(("the file cannot be used: ", "the database cannot be used: "))


def test_a_database_that_is_away() -> None:
    """An unreachable database is told in short words, which hold no password."""
    log = DecisionLog(store_at("postgresql://user:geheim@127.0.0.1:1/x"), pauses=())
    log.record(record())
    log.close()
    assert log.lost == 1
    assert "the database cannot be used: " in str(log.last_failure)
    assert "geheim" not in str(log.last_failure)


@pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)
def test_what_is_too_old_is_deleted(address: str) -> None:
    """With `keep_days`, a database loses what is older; the rest stays."""
    now = datetime.now(UTC)
    store = store_at(address)
    store.write([record(id=str(number), time=now - timedelta(days=8)) for number in range(2100)])
    log = open_decision_log(address, keep_days=7)
    log.record(record(id="new", time=now))
    log.record(record(id="young", time=now - timedelta(days=6)))
    wait_until(lambda: [each.id for each in log.records()] == ["young", "new"])
    log.close()
    store.close()


def test_what_cannot_be_kept_for_days(tmp_path: Path) -> None:
    """A file deletes nothing, which is said at once; and a record is kept for a day at least."""
    with pytest.raises(DecisionLogError, match="deletes nothing by itself"):
        open_decision_log(str(tmp_path / "log.ndjson"), keep_days=7)
    with pytest.raises(DecisionLogError, match="for 1 day at least"):
        open_decision_log(str(tmp_path / "log.db"), keep_days=0)


def test_a_torn_line(tmp_path: Path) -> None:
    """What a crash left of a line is told with its number and passed over, and the next line is whole."""
    path = tmp_path / "log.ndjson"
    store = store_at(str(path))
    store.write([record()])
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])
    told: list[FaultyLine] = []
    assert len(list(read_decisions(str(path), told=told.append))) == 1
    assert told == [FaultyLine(2, "the line is not whole")]
    store.write([record(id="b")])
    assert ids(path) == ["a", "b"]
    assert path.read_bytes().count(b"\n") == 3


def test_faulty_lines(tmp_path: Path) -> None:
    """Whatever else stands in a file, its line is told, and the records around it are read."""
    path = tmp_path / "log.ndjson"
    store_at(str(path)).write([record(id="a"), record(id="b" * 200_000), record(id="c")])
    first, second, third = path.read_bytes().splitlines(keepends=True)
    nested = b"[" * 100_000
    path.write_bytes(first + b"\xff\n\n{}\n" + nested + b"\n" + b"x" * 5_000_000 + b"\n" + second + b"null\n" + third)
    told: list[FaultyLine] = []
    assert [each.id[0] for each in read_decisions(str(path), told=told.append)] == ["a", "b", "c"]
    assert [each.number for each in told] == [2, 4, 5, 6, 8]
    found = store_at(str(path)).find("a")
    assert found is not None
    assert found.id == "a"


def test_a_file_that_is_moved_away(tmp_path: Path) -> None:
    """Whoever rotates the file need tell nobody: the next records go to a new one, for its owner alone."""
    path = tmp_path / "log.ndjson"
    log = open_decision_log(str(path))
    log.record(record())
    wait_until(lambda: log.written == 1)
    path.rename(tmp_path / "log.1.ndjson")
    log.record(record(id="b"))
    log.close()
    assert ids(path) == ["b"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Nobody else can read what was asked, not even in the files that SQLite keeps beside its own."""
    store = store_at(str(tmp_path / "log.db"))
    store.write([record()])
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}
    store.close()


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a batch that the disk takes in part, nothing stays."""
    path = tmp_path / "log.ndjson"
    store = store_at(str(path))
    store.write([record()])
    before = path.read_bytes()
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:100]))
    with pytest.raises(DecisionLogError, match="the file cannot be used: the file takes no more"):
        store.write([record(id="b")])
    assert path.read_bytes() == before
