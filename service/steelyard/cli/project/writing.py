"""Recording a decision in the file of a project, which stays as it is but for that."""

import codecs
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from steelyard.cli.project.finding import DECISION
from steelyard.cli.project.recorded import RecordedDecision, read_decision
from steelyard.diagnostics import Code, FaultsError, Source, Span, fault, quote_path
from steelyard.reader import read_document, read_file
from steelyard.reader.nodes import MappingNode, Node, SequenceNode

_COMMENT = "# Recorded by `steelyard recommend --write`; `steelyard recommend --check` tells whether it still holds."
_LINE_BREAK = re.compile("\r\n|\n|\r")
_COMMENT_OF_KEY = re.compile("[ \t]*:([ \t]+#[^\r\n]*)")
_END_OF_DOCUMENT = re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE)
_WORD = re.compile("[a-z]+(-[a-z0-9]+)*")
_OTHER_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
"""Words that readers of YAML take for something else than a text."""


def write_decision(path: Path, decision: RecordedDecision) -> bool:
    """Records a decision in a file, in place of one that is there. The file is replaced at once, or not at all.

    Args:
        path: a file that holds a request.
        decision: what is recorded.

    Returns:
        Whether the file is another than it was.

    Raises:
        FaultsError: the file cannot be read or written, or is laid out so that the decision cannot be put into it.
    """
    source = read_file(path)
    text = with_decision(source, decision)
    if text != source.text:
        _replace(path, text)
    return text != source.text


def with_decision(source: Source, decision: RecordedDecision) -> str:
    """The text of a request with the decision in it; all else stands as it stood, comments too.

    Raises:
        FaultsError: the text cannot be read, or is laid out so that the decision cannot be put into it.
    """
    document, faults = read_document(source)
    if faults or document.root is None:
        raise FaultsError(faults)
    recorded = document.data.get(DECISION)
    if recorded is not None and _is(recorded, decision):
        return source.text
    text = _Edit(source, document.root).put(decision.to_dict())
    # The text was edited by places alone; what was made of it is read again before anybody relies on it.
    anew, faults = read_document(Source(source.name, text))
    is_kept = {**anew.data, DECISION: None} == {**document.data, DECISION: None}
    if faults or not is_kept or not _is(anew.data.get(DECISION), decision):
        message = f"a decision cannot be put into {quote_path(source.name)} as it is laid out"
        help_ = "write its keys one below the other, and `decision` without anchors"
        raise FaultsError([fault(Code.FILE_UNREADABLE, message, help=help_)])
    return text


def _is(data: Any, decision: RecordedDecision) -> bool:
    try:
        return read_decision(data) == decision
    except FaultsError:
        return False


class _Edit:
    """Puts a decision into a text, by the places of what stands there."""

    def __init__(self, source: Source, root: MappingNode) -> None:
        self._text = source.text
        self._starts = source.line_starts
        self._root = root
        found = _LINE_BREAK.search(source.text)
        self._break = found.group() if found else "\n"

    def put(self, decision: Mapping[str, Any]) -> str:
        """The text with the decision."""
        there = self._root.entries.get(DECISION)
        is_flow = self._text[self._start(self._root.span)] == "{"
        if there is None:
            return self._added_in_braces(decision) if is_flow else self._added(decision)
        key, value = there
        begin, end = self._start(value.span if is_flow else key.span), self._end(_last(value))
        # A text below `|` or `>` takes the line breaks behind it along.
        end = begin + len(self._text[begin:end].rstrip())
        comment = _COMMENT_OF_KEY.match(self._text[self._end(key.span) : self._start(value.span)])
        head = comment.group(1) if comment else ""
        written = json.dumps(decision) if is_flow else self._block(decision, key.span.column, head)
        return self._text[:begin] + written + self._text[end:]

    def _added(self, decision: Mapping[str, Any]) -> str:
        """The text with the decision below all else, but above what ends the document."""
        first = next(key.span for key, _ in self._root.entries.values())
        end = _END_OF_DOCUMENT.search(self._text, self._start(first))
        place = len(self._text) if end is None else end.start()
        above = self._text[:place]
        if not above.endswith(("\n", "\r")):
            above += self._break
        indent = " " * first.column
        lines = [f"{indent}{_COMMENT}", f"{indent}{self._block(decision, first.column)}"]
        return self._break.join([above, *lines, self._text[place:]])

    def _added_in_braces(self, decision: Mapping[str, Any]) -> str:
        """The text with the decision behind the last key within braces, on a line of its own if that key has one."""
        key, value = list(self._root.entries.values())[-1]
        place, start = self._end(_last(value)), self._starts[key.span.line]
        before = self._text[start : self._start(key.span)]
        gap = " " if before.strip() else self._break + before
        return f"{self._text[:place]},{gap}{json.dumps(DECISION)}: {json.dumps(decision)}{self._text[place:]}"

    def _block(self, decision: Mapping[str, Any], column: int, comment: str = "") -> str:
        """The decision below its key, from the key on, which may have a comment."""
        lines = [f"{DECISION}:{comment}", *(" " * (column + 2) + line for line in _lines(decision))]
        return self._break.join(lines)

    def _start(self, span: Span) -> int:
        return self._starts[span.line] + span.column

    def _end(self, span: Span) -> int:
        return self._starts[span.end_line] + span.end_column


def _last(node: Node) -> Span:
    """The last that is written of a value: without brackets, a list or a mapping ends where the next key begins."""
    while isinstance(node, MappingNode | SequenceNode) and node.size > 1 and not _is_in_brackets(node):
        node = node.items[-1] if isinstance(node, SequenceNode) else list(node.entries.values())[-1][1]
    return node.span


def _is_in_brackets(node: MappingNode | SequenceNode) -> bool:
    span = node.span
    return span.source.lines[span.line][span.column : span.column + 1] in ("{", "[")


def _lines(decision: Mapping[str, Any]) -> Iterator[str]:
    """The entries of the decision, each on a line; the parts of a stack below each other."""
    for key, value in decision.items():
        if key == "parts":
            yield f"{key}:"
            yield from (f"  {flow(part)}: {flow(choice)}" for part, choice in value.items())
        else:
            yield f"{key}: {value if key == 'as_of' else flow(value)}"


def flow(value: Any) -> str:
    """A value in YAML on one line. A text has no quotes where every reader takes it for a text without them."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    is_plain = isinstance(value, str) and _WORD.fullmatch(value) and value not in _OTHER_WORDS
    return str(value) if is_plain else json.dumps(value, ensure_ascii=False)


def _replace(path: Path, text: str) -> None:
    """Replaces the file that is at the path, or that a link at the path leads to."""
    try:
        file = path.resolve(strict=True)
        mode = file.stat().st_mode
        with file.open("r+b") as stream:
            mark = codecs.BOM_UTF8 if stream.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8 else b""
        handle, name = mkstemp(dir=file.parent, prefix=f".{file.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(mark + text.encode("utf-8"))
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(mode & 0o7777)
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        message = f"cannot write {quote_path(path)}: {reason}"
        raise FaultsError([fault(Code.FILE_UNREADABLE, message)]) from None
