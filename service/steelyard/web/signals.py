"""Signals that a thread waits for, so that none is lost between two programs' handlers.

A signal that is blocked stays pending, also across the start of a process, until somebody waits for it.
"""

import signal
import threading
from collections.abc import Callable

_ENDS = (signal.SIGTERM, signal.SIGINT)


def on_end(act: Callable[[], object], *, interrupt: bool) -> None:
    """Has a thread call `act` when the process is asked to end; processes started from here on inherit the block.

    Args:
        act: what to do at the first such signal.
        interrupt: whether SIGINT counts. If not, it is passed over.
    """
    # Where there are no such masks, the server's own handlers have to do.
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)
        awaited = _ENDS if interrupt else (signal.SIGTERM,)
        threading.Thread(target=_wait, args=(awaited, act), name="signals", daemon=True).start()


def _wait(awaited: tuple[signal.Signals, ...], act: Callable[[], object]) -> None:
    signal.sigwait(awaited)
    act()
