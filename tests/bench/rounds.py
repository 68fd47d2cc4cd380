"""Timing side by side: in rounds, each contestant in each round, so that what disturbs one disturbs all."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any, Generic, TypeVar

_Request = TypeVar("_Request")


@dataclass(frozen=True, slots=True)
class Contestant(Generic[_Request]):
    """Something to time: a call, and what to call it with, again and again in turn."""

    name: str
    call: Callable[[_Request], object]
    requests: Sequence[_Request]


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to measure.

    Attributes:
        rounds: how many rounds.
        slice_seconds: how long a contestant is timed in each round; at least one call.
    """

    rounds: int
    slice_seconds: float = 0.05

    def shorter(self, rounds: int) -> "Pace":
        """With no more than so many rounds."""
        return Pace(min(self.rounds, rounds), self.slice_seconds)


FULL = Pace(rounds=11)
QUICK = Pace(rounds=3, slice_seconds=0.02)


@dataclass(frozen=True, slots=True)
class Timing:
    """What one contestant took, in each round.

    Attributes:
        rounds: seconds for one call, by round.
    """

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Seconds for one call in the median round."""
        return statistics.median(self.rounds)

    @property
    def minimum(self) -> float:
        """Seconds for one call in the best round."""
        return min(self.rounds)

    def ratio_to(self, other: "Timing") -> float:
        """How many times as long as the other, in the median round. Each round is compared with itself."""
        return statistics.median(mine / theirs for mine, theirs in zip(self.rounds, other.rounds, strict=True))


Timings = Mapping[str, Timing]
"""By the name of the contestant."""


def side_by_side(
    contestants: Sequence[Contestant[Any]], pace: Pace, clock: Callable[[], float] = time.process_time
) -> Timings:
    """Times all contestants in rounds; the order turns, and every other round goes backwards.

    The clock is the processor time of this process, which others on the machine disturb less; what runs in several
    threads or processes is timed by the clock on the wall instead. The garbage collector is off for everybody.
    """
    counts = {each.name: _calls_in(each, pace.slice_seconds, clock) for each in contestants}
    seconds: dict[str, list[float]] = {each.name: [] for each in contestants}
    for number in range(pace.rounds):
        for each in _turned(contestants, number):
            seconds[each.name].append(_time(each, counts[each.name], number, clock))
    return {name: Timing(tuple(rounds)) for name, rounds in seconds.items()}


def _calls_in(contestant: Contestant[Any], seconds: float, clock: Callable[[], float]) -> int:
    """How many calls fill so many seconds, found out after everybody has filled what caches it has."""
    _warm(contestant, clock)
    calls = 1
    while (took := _time(contestant, calls, 0, clock) * calls) < seconds / 4:
        calls *= 4
    return max(1, round(calls * seconds / took))


def _warm(contestant: Contestant[Any], clock: Callable[[], float]) -> None:
    """Puts the first requests to it, for two seconds at most, and one of them at least."""
    begin = clock()
    for request in contestant.requests[:100]:
        contestant.call(request)
        if clock() - begin > 2:
            break


def _turned(contestants: Sequence[Contestant[Any]], number: int) -> Sequence[Contestant[Any]]:
    start = number % len(contestants)
    turned = [*contestants[start:], *contestants[:start]]
    return turned[::-1] if number % 2 else turned


def _time(contestant: Contestant[Any], calls: int, number: int, clock: Callable[[], float]) -> float:
    """Seconds for one of so many calls, which start at another request in each round."""
    call, requests = contestant.call, contestant.requests
    start = number * 89 % len(requests)
    asked = list(islice(cycle([*requests[start:], *requests[:start]]), calls))
    with _without_collector():
        begin = clock()
        for request in asked:
            call(request)
        return (clock() - begin) / calls


def once(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Seconds for doing it once, the collector running as it does for everybody who loads something."""
    gc.collect()
    begin = clock()
    kept = work()
    seconds = clock() - begin
    del kept
    return seconds


@contextmanager
def _without_collector() -> Iterator[None]:
    gc.collect(1)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
