"""The masks of an index as tables of machine words, in which the answers of many rows are looked up at once.

Needs with few answers share a table: it has a line for every combination of their answers, so that one look does for
all of them. The lines of a table stay few enough to lie in the cache of a processor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from steelyard.batch.block import Array, Floats, Ints, Words, decoded
from steelyard.engine.bits import WORD, words_for
from steelyard.engine.index import RuleIndex
from steelyard.engine.need_masks import NeedMasks
from steelyard.model import NeedType

_LARGEST_TABLE = 128 * 1024
"""Bytes that a table shared by needs may take."""
_MOST_RANKED = 16
"""Sets of so many options, or fewer, have their lines kept."""
_MOST_COMPARED = 48
"""With so many edges of slots, or fewer, comparing every number with each is faster than a search."""

Lines = Mapping[str, Ints]
"""By need, the number of the line of every row: 0 for unanswered."""


class MaskTables:
    """The tables of one index. They change nothing but the lines of sets met so far, and can be shared by threads."""

    def __init__(self, index: RuleIndex) -> None:
        """Lays out the tables."""
        self._index = index
        last = index.layers[-1]
        self.words = max(1, words_for(last.start + last.places.bit_length()))
        self.places = max(1, words_for(len(index.rules)))
        finite = [each for each in index.masks.values() if each.need.type is not NeedType.CHOICES]
        sets = [each for each in index.masks.values() if each.need.type is NeedType.CHOICES]
        self._joint = _joined([(each.need.id, self._lines_of(each)) for each in finite])
        self._sets = [_SetTable(each, self.words) for each in sets]

    def lines(self, answers: Mapping[str, Array]) -> Lines:
        """The lines of the answers to all needs that some rule tests."""
        lines = {}
        for need, masks in self._index.masks.items():
            if need not in answers:
                continue
            codes = answers[need]
            if masks.need.type is NeedType.NUMBER:
                slots = _slots(masks.edges, codes) + 1
                slots[np.isnan(codes)] = 0
                lines[need] = slots
            else:
                lines[need] = codes + 1
        return lines

    def true(self, lines: Lines, rows: int) -> Words:
        """By row, a bit for every conjunction that is true."""
        true: Words | None = None
        for joint in self._joint:
            found = joint.look_up(lines, rows)
            true = found if true is None else np.bitwise_and(true, found, out=true)
        for table in self._sets:
            found = table.look_up(lines, rows)
            true = found if true is None else np.bitwise_and(true, found, out=true)
        if true is None:
            return np.repeat(as_words(self._index.possible, self.words)[np.newaxis], rows, axis=0)
        return true

    def laid_over(self, conjunctions: Words, standing: Words) -> Words:
        """By word and row, the rules among those standing that have one of the conjunctions: a bit for each place."""
        by_word = np.array(conjunctions.T, order="C")
        places = by_word[: self.places]
        for layer in self._index.layers[1:]:
            start, width = layer.start // WORD, words_for(layer.places.bit_length())
            places[:width] |= by_word[start : start + width]
        places &= standing[:, np.newaxis]
        return places

    def _lines_of(self, masks: NeedMasks) -> Words:
        answered = masks.slots or list(masks.by_answer.values())
        return np.stack([as_words(mask, self.words) for mask in (masks.unanswered, *answered)])


def _slots(edges: Sequence[float], numbers: Floats) -> Ints:
    """By number, how many edges it is not below."""
    if len(edges) > _MOST_COMPARED:
        return np.searchsorted(np.asarray(edges), numbers, side="right")
    slots = np.zeros(len(numbers), np.uint8)
    for edge in edges:
        slots += (numbers >= edge).view(np.uint8)
    return slots.astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Joint:
    """One table for some needs: each with how many lines apart its answers lie."""

    needs: Sequence[tuple[str, int]]
    table: Words

    def look_up(self, lines: Lines, rows: int) -> Words:
        place = np.zeros(rows, np.int64)
        for need, stride in self.needs:
            if need in lines:
                place += lines[need] * stride
        return self.table.take(place, axis=0)


def _joined(tables: Sequence[tuple[str, Words]]) -> list[_Joint]:
    joint: list[_Joint] = []
    for need, lines in tables:
        last = joint[-1] if joint else None
        if last is not None and last.table.nbytes * len(lines) <= _LARGEST_TABLE:
            both = (lines[:, np.newaxis] & last.table[np.newaxis]).reshape(-1, lines.shape[1])
            joint[-1] = _Joint([*last.needs, (need, len(last.table))], both)
        else:
            joint.append(_Joint([(need, 1)], lines))
    return joint


class _SetTable:
    """The lines of a need of type `choices`: one for each set of options, made when the set is first met."""

    def __init__(self, masks: NeedMasks, words: int) -> None:
        self._masks = masks
        self._words = words
        self._lock = Lock()
        self._table = as_words(masks.unanswered, words)[np.newaxis]
        options = len(masks.need.options)
        self._rank = np.full((1 << options) + 1, -1, np.int32) if options <= _MOST_RANKED else None
        if self._rank is not None:
            self._rank[0] = 0

    def look_up(self, lines: Lines, rows: int) -> Words:
        met = lines.get(self._masks.need.id)
        if met is None:
            return np.repeat(as_words(self._masks.unanswered, self._words)[np.newaxis], rows, axis=0)
        if self._rank is None:
            sets, places = np.unique(met, return_inverse=True)
            return np.stack([self._line(each) for each in sets]).take(places, axis=0)
        ranks = self._rank.take(met)
        if ranks.min(initial=0) < 0:
            self._add(np.unique(met[ranks < 0]))
            ranks = self._rank.take(met)
        return self._table.take(ranks, axis=0)

    def _add(self, sets: Ints) -> None:
        if self._rank is None:
            return
        with self._lock:
            new = [each for each in sets if self._rank[each] < 0]
            if new:
                start = len(self._table)
                self._table = np.concatenate([self._table, np.stack([self._line(each) for each in new])])
                # Only now, since other threads go from ranks to the table without the lock.
                self._rank[new] = np.arange(start, len(self._table))

    def _line(self, line: int) -> Words:
        answer = decoded(self._masks.need, int(line) - 1)
        return as_words(self._masks.unanswered if answer is None else self._masks.mask_of(answer), self._words)


def as_words(bits: int, words: int) -> Words:
    """The bits as so many machine words."""
    return np.frombuffer(bits.to_bytes(words * WORD // 8, "little"), "<u8")
