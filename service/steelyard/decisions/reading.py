"""Reading a log that somebody else writes, or wrote."""

from collections.abc import Iterator
from datetime import datetime

from steelyard.decisions.address import store_at
from steelyard.decisions.record import DecisionRecord
from steelyard.decisions.store import DecisionLogError, Told, nobody


def read_decisions(
    address: str, since: datetime | None = None, until: datetime | None = None, told: Told = nobody
) -> Iterator[DecisionRecord]:
    """The records of a log, the oldest first, in bounded memory.

    Args:
        address: as for `open_decision_log`.
        since: the first moment, with a time zone.
        until: the moment after the last, likewise.
        told: is called with every line of a file that holds no record.

    Raises:
        DecisionLogError: the address is of no known kind, or there is no log, or it cannot be read.
    """
    store = store_at(address)
    try:
        if not store.exists():
            raise DecisionLogError("there is no decision log")
        yield from store.records(since, until, told)
    finally:
        store.close()
