"""The body of a request that is answered while it comes.

Whoever answers also reads, line by line. But many clients send all that they have before they read anything: once so
many answers wait to be sent that no more can be, such a client and the service would wait for each other for ever. So
while nobody asks for what comes next, a thread reads on, and keeps, beyond a little in a temporary file, what has come.
"""

import threading
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

from werkzeug.exceptions import ClientDisconnected

from steelyard.web.problems import TOO_LARGE, ProblemError
from steelyard.web.reading import BLOCK_BYTES, Blocks

_MOST_BYTES_IN_MEMORY = 1024 * 1024
# What is sent beyond the limit is read and thrown away, within bounds: the server would close the connection on it, and
# a client that is still sending would not see what it was told. One that sends nothing for so long has seen it.
_MOST_DISCARDED_BYTES = 32 * 1024 * 1024
_QUIET_SECONDS = 1.0
# Nobody asks for so long only while answers cannot be sent, or are hard to find.
_PATIENCE_SECONDS = 0.1


class Inflow:
    """What a client sends. To be closed at the end."""

    def __init__(self, blocks: Blocks, most_bytes: int) -> None:
        """Reads the blocks, as far as they hold no more bytes."""
        self._blocks = blocks
        self._most_bytes = most_bytes
        self._file = SpooledTemporaryFile(_MOST_BYTES_IN_MEMORY)  # noqa: SIM115  closed by the thread
        # Whoever has it may read, and touch the file.
        self._turn = threading.Lock()
        self._received = self._kept = self._taken = self._times_asked = 0
        self._is_asked = False
        self._ended = threading.Event()
        self._closed = threading.Event()
        self._failure: Exception | None = None

    def blocks(self) -> Iterator[bytes]:
        """What comes, as soon as it has come.

        Raises:
            ProblemError: more comes than may come.
            OSError: what has come cannot be kept.
        """
        threading.Thread(target=self._relieve, name="batch-body", daemon=True).start()
        while block := self._next():
            yield block
        if self._failure is not None:
            raise self._failure
        if self._is_too_large:
            raise ProblemError(TOO_LARGE, f"The batch is larger than {self._most_bytes:,} bytes. It is cut off here.")

    def let_end(self) -> None:
        """Waits until the client has sent all, has been told to stop for long enough, or sends nothing."""
        before = -1
        while self._received > before and not self._ended.is_set():
            before = self._received
            self._ended.wait(_QUIET_SECONDS)

    def close(self) -> None:
        """Forgets what is kept."""
        self._closed.set()

    @property
    def _is_too_large(self) -> bool:
        return self._received > self._most_bytes

    def _next(self) -> bytes:
        """What comes next, and nothing at the end."""
        self._is_asked = True
        with self._turn:
            self._is_asked = False
            self._times_asked += 1
            over = self._is_too_large or self._failure is not None
            return self._recall() or (b"" if over else self._read())

    def _read(self) -> bytes:
        """What the client sends next, as far as it may."""
        try:
            block = next(self._blocks, b"")
        except ClientDisconnected:
            # A client that has gone has sent all that it will.
            block = b""
        within = block[: max(self._most_bytes - self._received, 0)]
        self._received += len(block)
        if not block or self._received > self._most_bytes + _MOST_DISCARDED_BYTES:
            self._ended.set()
        return within

    def _recall(self) -> bytes:
        """What was kept first, if anything is kept; the room is used anew when nothing is."""
        if self._taken == self._kept:
            return b""
        self._file.seek(self._taken)
        block = self._file.read(BLOCK_BYTES)
        self._taken += len(block)
        if self._taken == self._kept:
            self._file.seek(0)
            self._file.truncate()
            self._taken = self._kept = 0
        return block

    def _relieve(self) -> None:
        """Reads on whenever nobody has asked for a while."""
        before = -1
        with self._file:
            while not self._closed.wait(_PATIENCE_SECONDS) and not self._ended.is_set():
                if self._times_asked == before and self._turn.acquire(blocking=False):
                    try:
                        self._read_on()
                    except Exception as failure:  # noqa: BLE001  told by whoever asks next
                        self._failure = failure
                        self._ended.set()
                    finally:
                        self._turn.release()
                before = self._times_asked
            self._closed.wait()

    def _read_on(self) -> None:
        while not (self._is_asked or self._ended.is_set()):
            block = self._read()
            if self._closed.is_set():
                break
            if block:
                self._file.seek(self._kept)
                self._kept += self._file.write(block)
