"""Located nodes: what a YAML text holds, with the place of every key and value."""

from dataclasses import dataclass, field
from typing import Any

from steelyard.diagnostics import Span
from steelyard.reader.plain_text import PlainText


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A single value; `text` is what was written, `plain` whether it stood without quotes."""

    text: str
    plain: bool
    span: Span
    size: int = 1
    height: int = 0

    def data(self) -> str:
        """The value as plain data."""
        return PlainText(self.text) if self.plain else self.text


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list. `size` counts it and all the nodes in it, aliases expanded; `height` how deep they are nested."""

    items: tuple["Node", ...]
    span: Span
    size: int
    height: int

    def data(self) -> list[Any]:
        """The value as plain data."""
        return [item.data() for item in self.items]


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping from text keys, none of which stands twice. `size` and `height` are as of a list."""

    entries: dict[str, tuple[ScalarNode, "Node"]] = field(hash=False)
    span: Span
    size: int
    height: int

    def data(self) -> dict[str, Any]:
        """The value as plain data."""
        return {key: value.data() for key, (_, value) in self.entries.items()}


Node = ScalarNode | SequenceNode | MappingNode
