"""What every kind of log can do."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from steelyard.decisions.record import DecisionRecord


class DecisionLogError(Exception):
    """A log cannot be opened, read or written; its text says why in short words, without addresses' passwords."""


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """A line of a log that holds no record; the first is number 1."""

    number: int
    message: str


Told = Callable[[FaultyLine], object]
"""Who is told of lines that are passed over."""


def nobody(_: FaultyLine) -> None:
    """Where nobody wants to be told."""


class Store(Protocol):
    """Where records are kept. Several processes may use the same one at once, and several threads of each."""

    @property
    def deletes(self) -> bool:
        """Whether it can delete what is too old."""

    def exists(self) -> bool:
        """Whether there is a log.

        Raises:
            DecisionLogError: that cannot be found out.
        """

    def write(self, records: Sequence[DecisionRecord]) -> None:
        """Writes all records or none; the log is made if there is none.

        Raises:
            DecisionLogError: they cannot be written.
        """

    def find(self, id_: str) -> DecisionRecord | None:
        """The latest record with this id.

        Raises:
            DecisionLogError: the log cannot be read.
        """

    def records(
        self, since: datetime | None = None, until: datetime | None = None, told: Told = nobody
    ) -> Iterator[DecisionRecord]:
        """The records of this time, the oldest first, in bounded memory; none if there is no log.

        Args:
            since: the first moment, with a time zone.
            until: the moment after the last, likewise.
            told: is called with every line that is passed over.

        Raises:
            DecisionLogError: the log cannot be read.
        """

    def delete_before(self, moment: datetime) -> int:
        """Deletes what is older, and tells how many records that were.

        Raises:
            DecisionLogError: it cannot be done.
        """

    def close(self) -> None:
        """Lets go of files and connections; it can be used again."""

    def forget(self) -> None:
        """In a process that was forked: lets go of what belongs to the other one, without a word to anybody."""
