"""How often somebody may ask: rates, and counting who asked.

The windows slide: of the requests of the last full minute, say, as many still count as would, evenly spread, lie less
than a minute back. Nobody gets twice as many at once around a full minute, and it takes two numbers for each who asks.
What is counted is this process's own, and gone with it.
"""

import math
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from steelyard.diagnostics import quote

_RATE = re.compile(r"([1-9][0-9]{0,8})/(second|minute|hour|day)")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}

# Whoever waited as long as was told is not refused for what was lost in rounding.
_ROUNDING = 1e-6

MOST_COUNTED = 50_000
"""How many are told apart in one window. Whoever has more addresses than that is not held up by a rate anyway."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds."""

    amount: int
    seconds: int


def rate_of(text: str) -> Rate:
    """The rate that a text means, such as ``100/minute``.

    Raises:
        ValueError: it means none.
    """
    found = _RATE.fullmatch(text)
    if not found:
        raise ValueError(f"{quote(text)} is no rate; say a number for each second, minute, hour or day: `100/minute`")
    return Rate(int(found[1]), _SECONDS[found[2]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How somebody stands after a request.

    Attributes:
        is_refused: whether that was one too many.
        left: how many more could be made at once.
        seconds: of one refused, after how many it would not be; else until the window at hand ends. At least 1.
    """

    is_refused: bool
    left: int
    seconds: int


class Counter:
    """Counts requests in this process, up to a rate for each who makes them."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        """Starts with nobody counted.

        Args:
            rate: how often each may ask.
            clock: tells the time in seconds, since whenever.
        """
        self.rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._window = 0
        self._before: OrderedDict[str, int] = OrderedDict()
        self._now: OrderedDict[str, int] = OrderedDict()

    def count(self, who: str) -> Standing:
        """Counts a request, unless it is one too many: whoever goes on asking is let in as often as anybody else."""
        with self._lock:
            window, passed = divmod(self._clock(), self.rate.seconds)
            self._turn(int(window))
            before, now = self._before.get(who, 0), self._now.get(who, 0)
            left = math.floor(self.rate.amount - now - before * (1 - passed / self.rate.seconds) + _ROUNDING)
            if left < 1:
                return Standing(is_refused=True, left=0, seconds=self._wait(before, now, passed))
            self._now[who] = now + 1
            if len(self._now) > MOST_COUNTED:
                self._now.popitem(last=False)
        return Standing(is_refused=False, left=left - 1, seconds=math.ceil(self.rate.seconds - passed))

    def _turn(self, window: int) -> None:
        """Goes on to a window, if it is another."""
        if window != self._window:
            self._before = self._now if window == self._window + 1 else OrderedDict()
            self._now = OrderedDict()
            self._window = window

    def _wait(self, before: int, now: int, passed: float) -> int:
        """The seconds after which one more request fits in beside those that were counted."""
        amount, seconds = self.rate.amount, self.rate.seconds
        if now < amount:
            # As soon as enough of the window before has slid out.
            wait = seconds * (1 - (amount - 1 - now) / before) - passed
        else:
            # As soon as one of those in the window at hand has slid out of the next.
            wait = seconds - passed + seconds / amount
        return max(1, math.ceil(wait))
