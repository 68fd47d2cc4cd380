"""A document: the plain data of one file or of a folder of files, and the place of every value in them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

from steelyard.diagnostics import Code, Diagnostic, FaultsError, Path, Source, Span, fault, quote, quote_path
from steelyard.reader.composer import compose, duplicate_key
from steelyard.reader.files import read_file, yaml_files
from steelyard.reader.limits import DEFAULT_LIMITS, Limits
from steelyard.reader.nodes import MappingNode, Node, ScalarNode, SequenceNode
from steelyard.reader.refusals import unreadable


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: `data` of plain dicts, lists and texts, and where each part of it was written.

    A document made from data that a program handed over has no `root`, and then no places to show.
    """

    data: Any
    root: Node | None = None

    def located(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics with the span that their path leads to, where there is one."""
        return [
            replace(found, span=self.span_of(found.path, at_key=found.at_key)) if found.span is None else found
            for found in diagnostics
        ]

    def span_of(self, path: Path, *, at_key: bool = False) -> Span | None:
        """The span of the value that the path leads to, of its key, or of the nearest thing that is written."""
        node = self.root
        span = node.span if node else None
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


def read_document(source: Source, limits: Limits = DEFAULT_LIMITS) -> tuple[Document, list[Diagnostic]]:
    """Reads one text that must hold a mapping.

    Returns:
        What could be read, and every fault found.
    """
    root, faults = compose(source, limits)
    if root is None or (isinstance(root, ScalarNode) and root.plain and not root.text):
        if not faults:
            faults = [fault(Code.FILE_EMPTY, f"{quote_path(source.name)} is empty")]
        return Document({}), faults
    if not isinstance(root, MappingNode):
        faults.append(_not_a_mapping(root, "a document"))
        return Document({}), faults
    return Document(root.data(), root), faults


def has_section(path: FilePath, name: str, limits: Limits = DEFAULT_LIMITS) -> bool:
    """Whether a file holds the section; of a text that cannot be read, whether a line of it begins so."""
    try:
        source = read_file(path, limits)
    except FaultsError:
        return False
    # Most files have no such word where a key could stand, and need no closer look.
    if not re.search(rf"""(^|[{{,?])[ \t]*["']?{name}["']?[ \t]*(:|$)""", source.text, re.MULTILINE):
        return False
    root, _ = compose(source, limits)
    if isinstance(root, MappingNode):
        return name in root.entries
    return re.search(rf"""^["']?{name}["']?[ \t]*:""", source.text, re.MULTILINE) is not None


def read_path(
    path: FilePath, limits: Limits = DEFAULT_LIMITS, *, without: str | None = None
) -> tuple[Document, list[Diagnostic]]:
    """Reads a file, or merges the files of a folder: their sections, and the entries of sections that meet.

    Args:
        path: the file or folder.
        limits: how much to take before refusing.
        without: files of a folder that hold this section are passed over.

    Returns:
        What could be read, and every fault found in any of the files. Where one of them cannot be read, nothing
        comes of the others: what it would have brought would be missed all over them.
    """
    try:
        paths = list(islice(yaml_files(path), limits.files + 1)) if path.is_dir() else [path]
    except OSError as error:
        return Document({}), [unreadable(error.filename or path, error)]
    if len(paths) > limits.files:
        message = f"{quote_path(path)} holds more than {limits.files:,} YAML files"
        return Document({}), [fault(Code.FILE_TOO_MANY, message)]
    has_any = bool(paths)
    if without is not None and path.is_dir():
        paths = [each for each in paths if not has_section(each, without, limits)]
    if not paths:
        but = f" without the section {quote(without)}" if without is not None and has_any else ""
        return Document({}), [fault(Code.FILE_NOTHING_HERE, f"{quote_path(path)} holds no YAML file{but}")]
    roots: list[MappingNode] = []
    faults: list[Diagnostic] = []
    for each in paths:
        try:
            document, found = read_document(read_file(each, limits), limits)
        except FaultsError as error:
            faults.extend(error.diagnostics)
        else:
            faults.extend(found)
            if isinstance(document.root, MappingNode):
                roots.append(document.root)
        if sum(root.size for root in roots) > limits.values:
            message = f"{quote_path(path)} holds more than {limits.values:,} values"
            return Document({}), [*faults, fault(Code.FILE_TOO_LARGE, message)]
    return _merged(roots, faults) if len(roots) == len(paths) else Document({}), faults


def _merged(roots: Sequence[MappingNode], faults: list[Diagnostic]) -> Document:
    if len(roots) == 1:
        return Document(roots[0].data(), roots[0])
    sections: dict[str, tuple[ScalarNode, Node]] = {}
    for root in roots:
        for name, (key, section) in root.entries.items():
            if name not in sections:
                sections[name] = key, section
            else:
                first_key, first = sections[name]
                sections[name] = first_key, _merged_section(first, key, section, faults)
    size, height = sum(root.size for root in roots), max(root.height for root in roots)
    merged = MappingNode(sections, roots[0].span, size, height)
    return Document(merged.data(), merged)


def _merged_section(first: Node, key: ScalarNode, second: Node, faults: list[Diagnostic]) -> Node:
    if not isinstance(first, MappingNode) or not isinstance(second, MappingNode):
        # The one that is kept is told by its own shape, if it is no mapping either.
        kept, left = (second, first) if isinstance(second, MappingNode) else (first, second)
        faults.append(_not_a_mapping(left, f"the section {quote(key.text)}"))
        return kept
    entries = dict(first.entries)
    for name, (entry_key, value) in second.entries.items():
        if name in entries:
            faults.append(duplicate_key(entry_key, entries[name][0]))
        else:
            entries[name] = entry_key, value
    return MappingNode(entries, first.span, first.size + second.size, max(first.height, second.height))


def _not_a_mapping(node: Node, what: str) -> Diagnostic:
    kind = "a list" if isinstance(node, SequenceNode) else "a single value"
    return fault(Code.VALUE_WRONG_TYPE, f"{what} must be a mapping, not {kind}", span=node.span)
