"""Texts without a fault, which is nearly all of them: from events straight to plain data, without a node for each.

Of each value, only the offsets between which it stands are noted. The nodes, which tell lines and columns, are made of
that when a place is asked for, as it is for a warning. A text with anything odd in it is left to the composer, which
says what is wrong: also one with anchors, whose values stand elsewhere than they are used.
"""

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from steelyard.diagnostics import Source
from steelyard.reader import loader
from steelyard.reader.limits import Limits
from steelyard.reader.plain_text import PlainText

if TYPE_CHECKING:
    from steelyard.reader.nodes import MappingNode

# The parsers differ in whether it has a column, and so it is left to the composer.
_BYTE_ORDER_MARK = "\ufeff"


class _OddError(Exception):
    """The text is one for the composer."""


@dataclass(frozen=True, slots=True)
class SoundText:
    """What a text holds that has no fault.

    Attributes:
        source: the text.
        data: its root, a mapping.
        offsets: of each key, value, list and mapping in the order in which they begin: its first character, and the
            one after its last.
    """

    source: Source
    data: dict[str, Any]
    offsets: "array[int]"

    @property
    def size(self) -> int:
        """How many keys, values, lists and mappings there are."""
        return len(self.offsets) // 2

    def root(self) -> "MappingNode":
        """The same as located nodes."""
        # Imported here, as all that has to do with nodes: nearly all texts are read without any.
        from steelyard.reader.locating import root_of  # noqa: PLC0415

        return root_of(self)


def read_at_once(source: Source, limits: Limits) -> SoundText | None:
    """Reads one YAML document; None if there is a fault, or if only the composer can read it."""
    if _BYTE_ORDER_MARK in source.text:
        return None
    try:
        parser = loader.LOADER(source.text)
        try:
            return _read(parser, source, limits)
        finally:
            parser.dispose()
    except (_OddError, yaml.YAMLError, UnicodeEncodeError):
        return None


def _read(parser: Any, source: Source, limits: Limits) -> SoundText:
    """One loop, in which each step is paid for every value of every ruleset that is loaded."""
    next_event = parser.get_event
    most_offsets, depth = 2 * limits.values, limits.depth
    offsets = array("L")
    note = offsets.append
    # The collections around the one that is being read: their parts, whether they are mappings, and their offsets.
    around: list[tuple[list[Any], bool, int]] = []
    parts: list[Any] = []
    in_mapping, place = False, 0
    while True:
        event = next_event()
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.tag is not None or event.anchor is not None:
                raise _OddError
            note(event.start_mark.index)
            note(event.end_mark.index)
            is_key = in_mapping and not len(parts) & 1
            parts.append(event.value if is_key or event.style else PlainText(event.value))
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.tag is not None or event.anchor is not None or len(around) == depth:
                raise _OddError
            around.append((parts, in_mapping, place))
            parts, in_mapping, place = [], kind is yaml.MappingStartEvent, len(offsets)
            note(event.start_mark.index)
            note(0)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            value = _mapping(parts) if in_mapping else parts
            offsets[place + 1] = event.end_mark.index
            parts, in_mapping, place = around.pop()
            parts.append(value)
        elif _is_end(event, parts):
            break
        if len(offsets) > most_offsets:
            raise _OddError
    return SoundText(source, parts[0], offsets)


def _is_end(event: yaml.Event, read: list[Any]) -> bool:
    """Whether the event ends the text, which holds one mapping; none that is neither its begin nor its end is left."""
    if isinstance(event, yaml.AliasEvent) or (isinstance(event, yaml.DocumentStartEvent) and read):
        raise _OddError
    if isinstance(event, yaml.StreamEndEvent):
        if not read or not isinstance(read[0], dict):
            raise _OddError
        return True
    return False


def _mapping(parts: list[Any]) -> dict[str, Any]:
    """The mapping whose keys and values follow each other."""
    remaining = iter(parts)
    try:
        mapping = dict(zip(remaining, remaining, strict=True))
    except TypeError:
        # A list or a mapping as a key.
        raise _OddError from None
    if 2 * len(mapping) != len(parts) or "<<" in mapping:
        raise _OddError
    return mapping
