"""The places of a text that was read at once: nodes made of it, and the way to one of them."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from steelyard.diagnostics import Path, Span
from steelyard.reader.at_once import SoundText
from steelyard.reader.nodes import MappingNode, Node, ScalarNode, SequenceNode
from steelyard.reader.plain_text import PlainText


def root_of(text: SoundText) -> MappingNode:
    """What the text holds as located nodes."""
    root = _Nodes(text).next(text.data)
    if not isinstance(root, MappingNode):
        raise TypeError("the root is a mapping")
    return root


def span_of(root: MappingNode, path: Path, *, at_key: bool) -> Span:
    """The span of the value that the path leads to, of its key, or of the nearest thing that is written."""
    node: Node = root
    span = node.span
    for depth, step in enumerate(path):
        if isinstance(node, MappingNode) and step in node.entries:
            key, node = node.entries[str(step)]
            last = depth == len(path) - 1
            span = key.span if last and at_key else node.span
            if not last and isinstance(node, MappingNode) and path[depth + 1] not in node.entries:
                return key.span
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            span = node.span
        else:
            return span
    return span


class _Nodes:
    """Makes nodes of plain data, in the order in which they were read."""

    def __init__(self, text: SoundText) -> None:
        self._source = text.source
        self._starts = text.source.line_starts
        self._offsets: Iterator[int] = iter(text.offsets)

    def next(self, data: Any) -> Node:
        """The node of the data that comes next."""
        span = self._span(next(self._offsets), next(self._offsets))
        if isinstance(data, str):
            return ScalarNode(str.__str__(data), isinstance(data, PlainText), span)
        if isinstance(data, list):
            items = tuple([self.next(item) for item in data])
            return SequenceNode(items, span, 1 + sum(item.size for item in items), _height(items))
        entries = {}
        for key, value in data.items():
            # What stood without quotes does not matter of a key that is no fault.
            key_node = ScalarNode(key, plain=True, span=self._span(next(self._offsets), next(self._offsets)))
            entries[key] = key_node, self.next(value)
        values = [value for _, value in entries.values()]
        size = 1 + len(entries) + sum(value.size for value in values)
        return MappingNode(entries, span, size, _height(values))

    def _span(self, start: int, end: int) -> Span:
        return Span(self._source, *self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset) - 1
        return line, offset - self._starts[line]


def _height(parts: Any) -> int:
    return 1 + max((part.height for part in parts), default=0)
