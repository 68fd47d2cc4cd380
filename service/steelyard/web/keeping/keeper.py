"""Keeping what is served up to date, without ever being without it."""

import logging
import os
import threading
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from steelyard.diagnostics import Diagnostic, FaultsError, has_errors
from steelyard.web.keeping.loaded import Loaded, Source

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reload:
    """What came of the latest try to load.

    Attributes:
        at: when it was, in UTC.
        failed: whether what was loaded before is kept.
        faults: why, where files are to blame.
    """

    at: datetime
    failed: bool = False
    faults: Sequence[Diagnostic] = ()


class Keeper:
    """Holds what is served, and replaces it as a whole when its files change; what is faulty replaces nothing.

    Whoever answers a request takes `loaded` once and goes on with that. One reference is all that is exchanged, so that
    no lock is needed to read it.
    """

    def __init__(self, loaded: Loaded, source: Source | None = None, seen: Hashable = None) -> None:
        """Starts with what is loaded already.

        Args:
            loaded: what is served.
            source: where to load it from again; None for what came from no file.
            seen: the fingerprint of the source before it was loaded: what was changed meanwhile is to be loaded again.
        """
        self.loaded = loaded
        self.latest = Reload(at=loaded.at)
        self._source = source
        self._seen = seen
        self._one_at_a_time = threading.Lock()
        self._told: list[Callable[[], object]] = []
        self._watched_in: int | None = None

    @classmethod
    def of(cls, source: Source) -> "Keeper":
        """A keeper of what the source holds now.

        Raises:
            FaultsError: something is faulty.
        """
        seen = source.fingerprint()
        return cls(source.load(), source, seen)

    def heir(self) -> "Keeper":
        """A keeper for a process that was forked: it holds the same, but no lock and no thread of this one."""
        heir = type(self)(self.loaded, self._source, self._seen)
        heir.latest = self.latest
        return heir

    def tell(self, told: Callable[[], object]) -> None:
        """Has `told` be called after every try to load, by the thread that tried."""
        self._told.append(told)

    def reload(self) -> Reload:
        """Loads everything anew. Where anything is faulty, all that was loaded before stays, and the log says why."""
        if self._source is None:
            return self.latest
        with self._one_at_a_time:
            self._seen = self._source.fingerprint()
            self.latest = self._tried(self._source)
        for told in self._told:
            told()
        return self.latest

    def watch(self, seconds: float) -> None:
        """Has a thread look for changes every so often; once in each process, however often this is called."""
        if self._source is None or seconds <= 0 or self._watched_in == os.getpid():
            return
        self._watched_in = os.getpid()
        threading.Thread(target=self._look_again, args=(self._source, seconds), name="reload", daemon=True).start()

    def _look_again(self, source: Source, seconds: float) -> None:
        pause = threading.Event()
        before = source.fingerprint()
        while True:
            pause.wait(seconds)
            now = source.fingerprint()
            # A file that is still being written looks another way the next time: it is left to come to rest.
            if now == before and now != self._seen:
                self.reload()
            before = now

    def _tried(self, source: Source) -> Reload:
        at = datetime.now(UTC)
        try:
            self.loaded = source.load()
        except FaultsError as error:
            self._take_keys(source)
            return Reload(at=at, failed=True, faults=[each for each in error.diagnostics if has_errors([each])])
        except Exception:  # noqa: BLE001  whatever goes wrong, what is served goes on being served
            _LOG.exception("Loading anew failed")
            return Reload(at=at, failed=True)
        return Reload(at=at)

    def _take_keys(self, source: Source) -> None:
        """Takes the keys as they are now, if they are sound: a fault in a ruleset is not to keep a lost one valid."""
        with suppress(FaultsError):
            keys = source.load_keys()
            if keys != self.loaded.keys:
                self.loaded = replace(self.loaded, keys=keys)

    def __reduce__(self) -> tuple[Any, ...]:
        # In another process that inherits no memory, it is loaded anew.
        return (type(self).of, (self._source,)) if self._source is not None else (type(self), (self.loaded,))
