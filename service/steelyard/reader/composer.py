"""From YAML text to located nodes, through the events of PyYAML's parser (libyaml's where it is built in).

Events rather than `yaml.compose`: they come one by one, so that a limit stops a hostile text before it is composed,
they tell an explicit tag from a guessed one, and they need no recursion. What `compose` is wanted for is kept: the
place of every value, `no` as text, duplicate keys visible.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn, Protocol

import yaml

from steelyard.diagnostics import Code, Diagnostic, Source, Span, fault, quote, quote_path, span_at
from steelyard.reader import loader
from steelyard.reader.limits import DEFAULT_LIMITS, MOST_FAULTS, Limits
from steelyard.reader.nodes import MappingNode, Node, ScalarNode, SequenceNode

_NOT_YAML_CHARACTER = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOSING = (Code.YAML_MERGE_KEY, Code.YAML_KEY_NOT_TEXT, Code.YAML_TAG)
_HELP_BY_PROBLEM = {
    "cannot start any token": "indent with spaces, and quote a text that starts with a special character",
    "mapping values are not allowed": "quote a text that contains a colon and a space",
    "could not find expected ':'": "does a line lack its colon, or a text its closing quote?",
    "unexpected end of stream": "a quote, bracket or brace is not closed",
    "expected ',' or": "a comma is missing, or a bracket or brace is not closed",
    "did not find expected key": "is this line indented like those around it?",
    "did not find expected node content": "a value is missing, or a bracket or brace is not closed",
}


class _Mark(Protocol):
    """A place, as PyYAML's parser and libyaml's each have a class for it."""

    line: int
    column: int
    index: int


class _StopReadingError(Exception):
    """The rest of the text cannot be read, or is not worth reading."""


def compose(source: Source, limits: Limits = DEFAULT_LIMITS) -> tuple[Node | None, list[Diagnostic]]:
    """Reads one YAML document.

    Returns:
        Its root node, or None if it is empty or something in it cannot be read; and every fault found.
    """
    composer = _Composer(source, limits)
    try:
        root = composer.document()
    except _StopReadingError:
        root = None
    # What refused keys and tags would have brought is not known: to miss it would tell their fault over and over.
    lost = any(found.code in _LOSING for found in composer.faults)
    return None if lost else root, composer.faults


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been read yet."""

    event: yaml.CollectionStartEvent
    children: list[Node] = field(default_factory=list)
    size: int = 1
    height: int = 1

    def add(self, node: Node) -> None:
        self.children.append(node)
        self.size += node.size
        self.height = max(self.height, node.height + 1)


class _Composer:
    def __init__(self, source: Source, limits: Limits) -> None:
        self.faults: list[Diagnostic] = []
        self._source = source
        self._limits = limits
        self._anchored: dict[str, Node] = {}
        self._alias_nodes = 0
        self._values = 0

    def document(self) -> Node | None:
        root: Node | None = None
        open_nodes: list[_Open] = []
        for event in self._events():
            self._count(event)
            node: Node
            match event:
                case yaml.ScalarEvent():
                    node = self._scalar(event)
                case yaml.AliasEvent():
                    node = self._alias(event, open_nodes)
                case yaml.CollectionStartEvent():
                    self._open(event, open_nodes)
                    continue
                case yaml.CollectionEndEvent():
                    node = self._close(open_nodes.pop(), event)
                case yaml.DocumentStartEvent() if root is not None:
                    self._stop(Code.YAML_SEVERAL_DOCUMENTS, "a second document starts here", self._span(event))
                case _:
                    continue
            if open_nodes:
                open_nodes[-1].add(node)
            else:
                root = node
        return root

    def _count(self, event: yaml.Event) -> None:
        self._values += isinstance(event, yaml.NodeEvent)
        if self._values > self._limits.values:
            message = f"{quote_path(self._source.name)} holds more than {self._limits.values:,} values"
            self._stop(Code.FILE_TOO_LARGE, message, self._span(event))

    def _events(self) -> Iterator[yaml.Event]:
        unreadable = _NOT_YAML_CHARACTER.search(self._source.text)
        if unreadable:
            span = span_at(self._source, unreadable.start())
            self._stop(Code.YAML_SYNTAX, f"the character {quote(unreadable.group())} is not allowed", span)
        try:
            yield from yaml.parse(self._source.text, Loader=loader.LOADER)
        except yaml.MarkedYAMLError as error:
            self._stop_at_syntax(error)

    def _scalar(self, event: yaml.ScalarEvent) -> ScalarNode:
        span = self._span(event)
        self._refuse_tag(event, span)
        node = ScalarNode(event.value, not event.style, span)
        if event.anchor:
            self._anchored[event.anchor] = node
        return node

    def _alias(self, event: yaml.AliasEvent, open_nodes: list[_Open]) -> Node:
        span = self._span(event)
        if any(parent.event.anchor == event.anchor for parent in open_nodes):
            self._stop(Code.YAML_RECURSIVE_ALIAS, f"alias {quote(event.anchor)} stands inside what it names", span)
        node = self._anchored.get(event.anchor or "")
        if node is None:
            self._stop(Code.YAML_UNKNOWN_ALIAS, f"alias {quote(event.anchor)} has no anchor before it", span)
        self._alias_nodes += node.size
        if self._alias_nodes > self._limits.alias_nodes:
            message = f"aliases stand for more than {self._limits.alias_nodes:,} values"
            self._stop(Code.YAML_ALIAS_EXPANSION, message, span)
        self._check_depth(len(open_nodes) + node.height, span)
        return node

    def _open(self, event: yaml.CollectionStartEvent, open_nodes: list[_Open]) -> None:
        span = self._span(event)
        self._refuse_tag(event, span)
        self._check_depth(len(open_nodes) + 1, span)
        open_nodes.append(_Open(event))

    def _check_depth(self, depth: int, span: Span) -> None:
        if depth > self._limits.depth:
            message = f"lists and mappings are nested more than {self._limits.depth} deep"
            self._stop(Code.YAML_TOO_DEEP, message, span)

    def _close(self, opened: _Open, end: yaml.CollectionEndEvent) -> Node:
        span = self._span(opened.event, end)
        node: Node
        if isinstance(opened.event, yaml.MappingStartEvent):
            node = MappingNode(self._entries(opened.children), span, opened.size, opened.height)
        else:
            node = SequenceNode(tuple(opened.children), span, opened.size, opened.height)
        if opened.event.anchor:
            self._anchored[opened.event.anchor] = node
        return node

    def _entries(self, children: list[Node]) -> dict[str, tuple[ScalarNode, Node]]:
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                self._tell(fault(Code.YAML_KEY_NOT_TEXT, "a key must be a text", span=key.span))
            elif key.plain and key.text == "<<":
                message = "merge keys are not supported"
                help_ = "write the keys out, or name a whole value with an alias"
                self._tell(fault(Code.YAML_MERGE_KEY, message, span=key.span, help=help_))
            elif key.text in entries:
                self._tell(duplicate_key(key, entries[key.text][0]))
            else:
                entries[key.text] = key, value
        return entries

    def _refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, span: Span) -> None:
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            message = f"the tag {quote(tag)} is not supported"
            help_ = "leave it out: the place of a value decides its type, and quotes make it a text"
            self._tell(fault(Code.YAML_TAG, message, span=span, help=help_))

    def _stop_at_syntax(self, error: yaml.MarkedYAMLError) -> NoReturn:
        mark = self._telling_mark(error)
        problem = " ".join((error.problem or error.context or "the text is not YAML").split())
        help_ = next((text for part, text in _HELP_BY_PROBLEM.items() if part in problem), None)
        line, column = self._within(mark) if mark else (0, 0)
        self._stop(Code.YAML_SYNTAX, problem, Span(self._source, line, column, line, column + 1), help_)

    def _telling_mark(self, error: yaml.MarkedYAMLError) -> _Mark | None:
        """Where to look: at what began and is not ended, if the problem is the end of the text."""
        problem, context = error.problem_mark, error.context_mark
        at_end = problem is not None and not self._source.text[problem.index :].strip()
        return (context if at_end else None) or problem or context

    def _tell(self, found: Diagnostic) -> None:
        self.faults.append(found)
        if len(self.faults) >= MOST_FAULTS:
            raise _StopReadingError

    def _stop(self, code: Code, message: str, span: Span, help_: str | None = None) -> NoReturn:
        self.faults.append(fault(code, message, span=span, help=help_))
        raise _StopReadingError

    def _span(self, first: yaml.Event, last: yaml.Event | None = None) -> Span:
        start, end = first.start_mark, (last or first).end_mark
        if start is None or end is None:
            raise TypeError("the parser gives every event its marks")
        return Span(self._source, *self._within(start), *self._within(end))

    def _within(self, mark: _Mark) -> tuple[int, int]:
        """The line and column of a mark; the parser puts the end of a text on a line of its own behind the last."""
        lines = self._source.lines
        return (mark.line, mark.column) if mark.line < len(lines) else (len(lines) - 1, len(lines[-1]))


def duplicate_key(key: ScalarNode, first: ScalarNode) -> Diagnostic:
    """The fault of a key that stands a second time."""
    place = f"line {first.span.line + 1}"
    if first.span.source != key.span.source:
        place = f"{first.span.source.name}, {place}"
    return fault(
        Code.YAML_DUPLICATE_KEY,
        f"the key {quote(key.text)} stands twice",
        span=key.span,
        help=f"the first is in {place}" if "," in place else f"the first is on {place}",
    )
