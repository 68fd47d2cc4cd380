"""Python's collector of cycles, paused while a ruleset is loaded.

Loading makes hundreds of thousands of objects, none of which is garbage yet: to look through them again and again for
cycles takes more time than all the rest. What is no longer used is still freed at once, by its count of references.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_loads = 0
_was_enabled = False


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pauses the collector until the last of the loads that go on, in all threads, is done; then it is as it was."""
    global _loads, _was_enabled  # noqa: PLW0603  the collector is one for the whole process
    with _lock:
        if not _loads:
            _was_enabled = gc.isenabled()
            gc.disable()
        _loads += 1
    try:
        yield
    finally:
        with _lock:
            _loads -= 1
            if not _loads and _was_enabled:
                gc.enable()
