"""A document: the plain data of one file or of a folder of files, and the place of every value in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any

from steelyard.diagnostics import Code, Diagnostic, FaultsError, Path, Source, Span, fault
from steelyard.reader.composer import compose, duplicate_key
from steelyard.reader.files import read_file, yaml_files
from steelyard.reader.limits import DEFAULT_LIMITS, Limits
from steelyard.reader.nodes import MappingNode, Node, ScalarNode, SequenceNode


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
            replace(found, span=self._span(found.path, at_key=found.at_key)) if found.span is None else found
            for found in diagnostics
        ]

    def _span(self, path: Path, *, at_key: bool) -> Span | None:
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
    if root is None:
        if not faults:
            faults = [fault(Code.FILE_EMPTY, f"`{source.name}` is empty")]
        return Document({}), faults
    if not isinstance(root, MappingNode):
        faults.append(_not_a_mapping(root, "a document"))
        return Document({}), faults
    return Document(root.data(), root), faults


def read_path(path: FilePath, limits: Limits = DEFAULT_LIMITS) -> tuple[Document, list[Diagnostic]]:
    """Reads a file, or merges the files of a folder: their sections, and the entries of sections that meet.

    Returns:
        What could be read, and every fault found in any of the files.
    """
    try:
        is_folder = path.is_dir()
        paths = list(yaml_files(path)) if is_folder else [path]
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        return Document({}), [fault(Code.FILE_UNREADABLE, f"cannot read `{path}`: {reason}")]
    if len(paths) > limits.files:
        message = f"`{path}` holds {len(paths):,} YAML files, more than {limits.files:,}"
        return Document({}), [fault(Code.FILE_TOO_MANY, message)]
    if not paths:
        return Document({}), [fault(Code.FILE_NOTHING_HERE, f"`{path}` holds no YAML file")]
    documents: list[Document] = []
    faults: list[Diagnostic] = []
    for each in paths:
        try:
            document, found = read_document(read_file(each, limits), limits)
        except FaultsError as error:
            faults.extend(error.diagnostics)
        else:
            documents.append(document)
            faults.extend(found)
    return _merged(documents, faults), faults


def _merged(documents: Sequence[Document], faults: list[Diagnostic]) -> Document:
    roots = [document.root for document in documents if isinstance(document.root, MappingNode)]
    if not roots:
        return Document({})
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
    merged = MappingNode(sections, roots[0].span, sum(root.size for root in roots))
    return Document(merged.data(), merged)


def _merged_section(first: Node, key: ScalarNode, second: Node, faults: list[Diagnostic]) -> Node:
    if not isinstance(first, MappingNode) or not isinstance(second, MappingNode):
        faults += [
            _not_a_mapping(node, f"the section `{key.text}`")
            for node in (first, second)
            if not isinstance(node, MappingNode)
        ]
        return first
    entries = dict(first.entries)
    for name, (entry_key, value) in second.entries.items():
        if name in entries:
            faults.append(duplicate_key(entry_key, entries[name][0]))
        else:
            entries[name] = entry_key, value
    return MappingNode(entries, first.span, first.size + second.size)


def _not_a_mapping(node: Node, what: str) -> Diagnostic:
    kind = "a list" if isinstance(node, SequenceNode) else "a single value"
    return fault(Code.VALUE_WRONG_TYPE, f"{what} must be a mapping, not {kind}", span=node.span)
