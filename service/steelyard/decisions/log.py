"""The log that a service writes: requests hand over their records, and a thread of its own writes them."""

import logging
import os
import threading
import weakref
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from time import monotonic

from steelyard.decisions.address import store_at
from steelyard.decisions.record import DecisionRecord
from steelyard.decisions.store import DecisionLogError, Store

_LOG = logging.getLogger(__name__)

_MOST_QUEUED = 10_000
_MOST_AT_ONCE = 1000
# The other half of the time until a record is written at the latest is for writing it.
_LINGER_SECONDS = 0.1
_PAUSES = (0.1, 0.3, 1.0)
_TIDYING_SECONDS = 3600.0
_MOST_DAYS = 365_000


class DecisionLog:
    """Keeps decisions without ever holding up who made them, or failing them.

    `record` only puts the record on a queue. A thread, which each process starts with its first record, writes what is
    there at the latest 0.2 seconds later, all at once. So a process that is killed loses at most the decisions of its
    last 0.2 seconds; where the log is slow or gone, at most those on the queue, whose length is bounded. What was
    written survives the end of every process; after a loss of power, the last seconds may be missing.

    What cannot be kept, since the queue is full or the log cannot be written however often it is tried, is counted, and
    told once per outage to the logger of this module.

    Attributes:
        masked: the needs whose answers are never kept.
    """

    def __init__(
        self,
        store: Store,
        *,
        masked: Collection[str] = frozenset(),
        keep_days: int | None = None,
        most_queued: int = _MOST_QUEUED,
        pauses: Sequence[float] = _PAUSES,
    ) -> None:
        """Writes to a store.

        Args:
            store: where to; it is closed with the log.
            masked: the needs whose answers are not to be kept.
            keep_days: after how many days, 1 or more, a record is deleted; never if None.
            most_queued: how many records may wait.
            pauses: seconds before each further try to write what could not be written.
        """
        self.masked = frozenset(masked)
        self._store = store
        self._keep_days = keep_days
        self._most_queued = most_queued
        self._pauses = pauses
        self._begin()
        if hasattr(os, "register_at_fork"):
            here = weakref.ref(self)
            os.register_at_fork(after_in_child=lambda: _forked(here()))

    def _begin(self) -> None:
        self._queue: deque[DecisionRecord] = deque()
        self._batch: Sequence[DecisionRecord] = ()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._arrived = threading.Event()
        self._closing = threading.Event()
        self._deadline = float("inf")
        self._tidied_at = float("-inf")
        self._in_outage = False
        self._lost_before = 0
        self._written = 0
        self._lost = 0
        self._last_failure: str | None = None

    @property
    def written(self) -> int:
        """How many records this process has written."""
        return self._written

    @property
    def lost(self) -> int:
        """How many records of this process could not be kept."""
        return self._lost

    @property
    def queued(self) -> int:
        """How many records are still to be written."""
        return len(self._queue) + len(self._batch)

    @property
    def last_failure(self) -> str | None:
        """Why something was last not kept or not deleted, in short words; None if all went well so far."""
        return self._last_failure

    def record(self, record: DecisionRecord) -> None:
        """Hands over a record to be kept. It takes microseconds, and raises nothing."""
        if self.masked and not self.masked.isdisjoint(record.requirements):
            record = record.without(self.masked)
        if self._closing.is_set():
            self._lose(1, "the log is closed")
        elif len(self._queue) >= self._most_queued:
            self._lose(1, "the queue is full")
        else:
            self._queue.append(record)
            if not self._arrived.is_set():
                self._arrived.set()
            if self._thread is None:
                self._start()

    def find(self, id_: str) -> DecisionRecord | None:
        """The latest record with this id, be it written or still waiting; None if there is none.

        Raises:
            DecisionLogError: the log cannot be read.
        """
        for waiting in (self._queue.copy(), self._batch):
            for record in reversed(waiting):
                if record.id == id_:
                    return record
        return self._store.find(id_)

    def records(self, since: datetime | None = None, until: datetime | None = None) -> Iterator[DecisionRecord]:
        """All written records, the oldest first, in bounded memory.

        Args:
            since: the first moment, with a time zone.
            until: the moment after the last, likewise.

        Raises:
            DecisionLogError: the log cannot be read.
        """
        return self._store.records(since, until)

    def close(self, seconds: float = 5.0) -> None:
        """Writes what is queued, and takes no more; what takes longer than these seconds is lost."""
        self._deadline = monotonic() + seconds
        self._closing.set()
        self._arrived.set()
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
            if thread.is_alive():
                self._lose(len(self._queue), "the log was closed before all was written")
                self._queue.clear()
                return
        self._store.close()

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                thread = threading.Thread(target=self._run, name="decisions", daemon=True)
                # Where there can be no more threads, the next record tries again.
                with suppress(RuntimeError):
                    thread.start()
                    self._thread = thread

    def _run(self) -> None:
        while True:
            self._arrived.wait(None if self._keep_days is None else _TIDYING_SECONDS)
            self._closing.wait(_LINGER_SECONDS)
            # In this order: who hands over a record from here on either is seen below, or sets the sign again.
            is_closing = self._closing.is_set()
            self._arrived.clear()
            while self._queue:
                self._write_some()
            if is_closing:
                return
            if self._closing.is_set():
                self._arrived.set()
            self._tidy()

    def _write_some(self) -> None:
        # At every moment a record is on the queue, in the batch or written: who looks in this order finds it.
        self._batch = tuple(islice(self._queue.copy(), _MOST_AT_ONCE))
        count = len(self._batch)
        with suppress(IndexError):
            for _ in self._batch:
                self._queue.popleft()
        failure = self._try_to_write(self._batch)
        self._batch = ()
        if failure is not None:
            self._lose(count, failure)
            return
        self._written += count
        with self._lock:
            # While records go on being lost, it is still the same outage.
            self._in_outage = self._in_outage and self._lost > self._lost_before
            self._lost_before = self._lost

    def _try_to_write(self, batch: Sequence[DecisionRecord]) -> str | None:
        """Writes a batch, however often it takes within bounds; why it could not be written, or None."""
        failure = None
        for pause in (0.0, *self._pauses):
            if pause:
                self._closing.wait(pause)
            if failure is not None and monotonic() > self._deadline:
                break
            failure = _failure_of(lambda: self._store.write(batch))
            if failure is None:
                break
        return failure

    def _tidy(self) -> None:
        """Deletes what is too old, now and then."""
        if self._keep_days is None or monotonic() < self._tidied_at + _TIDYING_SECONDS:
            return
        self._tidied_at = monotonic()
        oldest = datetime.now(UTC) - timedelta(days=min(self._keep_days, _MOST_DAYS))
        failure = _failure_of(lambda: self._store.delete_before(oldest))
        if failure is not None:
            self._last_failure = failure
            _LOG.warning("Old decisions are not deleted: %s", failure)

    def _lose(self, count: int, why: str) -> None:
        with self._lock:
            self._lost += count
            self._last_failure = why
            is_new, self._in_outage = not self._in_outage, True
        if is_new:
            _LOG.error("Decisions are not kept: %s; the counters tell how many are lost", why)


def open_decision_log(address: str, masked: Collection[str] = frozenset(), keep_days: int | None = None) -> DecisionLog:
    """The log at an address, to be written. Nothing is opened before the first record comes.

    Args:
        address: ``ndjson:/var/log.ndjson``, ``sqlite:////var/log.db``, ``postgresql://...``, or the path of a file with
            the suffix .ndjson, .jsonl, .db or .sqlite.
        masked: the needs whose answers are never kept.
        keep_days: after how many days, 1 or more, a record is deleted; never if None.

    Raises:
        DecisionLogError: the address is of no known kind, or what it needs is not installed, or records are to be
            deleted where that cannot be.
    """
    store = store_at(address)
    if keep_days is not None and keep_days < 1:
        raise DecisionLogError("decisions are kept for 1 day at least")
    if keep_days is not None and not store.deletes:
        raise DecisionLogError("a decision log in a file deletes nothing by itself; rotate the file, or log to SQLite")
    return DecisionLog(store, masked=masked, keep_days=keep_days)


def _failure_of(call: Callable[[], object]) -> str | None:
    """Why the call failed, in short words; None if it did not."""
    try:
        call()
    except DecisionLogError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001  whatever it is, requests and later records are not to suffer
        # Its text may quote a record.
        return f"an error that was not foreseen: {type(error).__name__}"
    return None


def _forked(log: DecisionLog | None) -> None:
    """In a new process: what was queued is the other one's to write, whose thread is not here."""
    if log is not None:
        log._store.forget()  # noqa: SLF001  a part of the class that must not keep it alive
        log._begin()  # noqa: SLF001
