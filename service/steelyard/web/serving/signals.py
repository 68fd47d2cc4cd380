"""Signals that a thread waits for, so that none is lost between two programs' handlers.

A signal that is blocked stays pending, also across the start of a process, until somebody waits for it.
"""

import signal
import threading
from collections.abc import Callable, Collection, Mapping

Act = Callable[[], object]


def on_signals(acts: Mapping[signal.Signals, Act], *, passed_over: Collection[signal.Signals] = ()) -> None:
    """Has a thread act on signals; processes started from here on inherit the block.

    Args:
        acts: what to do at each signal. After one that asks the process to end, no other is waited for.
        passed_over: signals at which nothing is done.
    """
    # Where there are no such masks, the server's own handlers have to do.
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, [*acts, *passed_over])
        threading.Thread(target=_wait, args=(acts,), name="signals", daemon=True).start()


def _wait(acts: Mapping[signal.Signals, Act]) -> None:
    while True:
        came = signal.Signals(signal.sigwait(acts))
        acts[came]()
        if came is not signal.SIGHUP:
            return
