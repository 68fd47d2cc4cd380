"""The evidence of a ruleset on a day: how it is cited, and what of it is stale."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from steelyard.engine.bits import bits_at, chosen
from steelyard.engine.lazy import lazy
from steelyard.model import Ruleset
from steelyard.recommendation import Cited, as_json

_MOST_DAYS = 64
"""For how many days it is kept how the evidence is cited."""


@dataclass(frozen=True)  # without slots, which leave no room for what is worked out once
class Source:
    """A piece of evidence as it is cited on some days."""

    key: str
    cited: Cited

    @lazy
    def entry(self) -> bytes:
        """The entry of the document."""
        return as_json({self.key: self.cited.to_dict()})[1:-1]


class Sources:
    """The evidence of a ruleset, by its number in the order of the ruleset."""

    def __init__(self, ruleset: Ruleset) -> None:
        """Counts the evidence."""
        self._ruleset = ruleset
        self._number = {key: number for number, key in enumerate(ruleset.evidence)}
        # Of each piece no more than two: one for the days on which it is stale, one for the others.
        self._kept: dict[tuple[str, bool], Source] = {}
        self._bits: dict[tuple[str, ...], int] = {}
        self.on = lru_cache(maxsize=_MOST_DAYS)(self._on)

    def bits_of(self, keys: tuple[str, ...]) -> int:
        """A bit for the number of each piece of evidence, given their ids."""
        bits = self._bits.get(keys)
        if bits is None:
            # Kept, since all ratings of a rule mostly share one such tuple.
            bits = self._bits[keys] = bits_at(self._number[key] for key in keys)
        return bits

    def _on(self, day: date) -> "SourcesOfDay":
        """The evidence as it is cited on the day."""
        return SourcesOfDay(tuple(self._source(key, day) for key in self._number))

    def _source(self, key: str, day: date) -> Source:
        is_stale = self._ruleset.is_stale(self._ruleset.evidence[key], day)
        kept = self._kept.get((key, is_stale))
        if kept is None:
            kept = self._kept[key, is_stale] = Source(key, Cited.by(self._ruleset, key, day))
        return kept


class SourcesOfDay:
    """The evidence as it is cited on one day."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        """Takes it by its number."""
        self._sources = sources
        self._stale = bits_at(number for number, source in enumerate(sources) if source.cited.stale)

    def cited(self, numbers: int) -> dict[str, Cited]:
        """What is cited, given a bit for each number."""
        return {source.key: source.cited for source in chosen(self._sources, numbers)}

    def entries(self, numbers: int) -> bytes:
        """The same as JSON."""
        return b"{%b}" % b",".join(chosen(self._entries, numbers))

    @lazy
    def _entries(self) -> tuple[bytes, ...]:
        return tuple(source.entry for source in self._sources)

    def stale(self, numbers: int) -> int:
        """How many of them are stale, given a bit for each number."""
        return (numbers & self._stale).bit_count()
