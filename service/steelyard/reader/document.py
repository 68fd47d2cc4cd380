"""A document: the plain data of one file or of a folder of files, and the place of every value in them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from steelyard.diagnostics import Code, Diagnostic, FaultsError, Path, Source, Span, fault, quote, quote_path
from steelyard.reader.at_once import read_at_once
from steelyard.reader.files import read_file, yaml_files
from steelyard.reader.limits import DEFAULT_LIMITS, Limits
from steelyard.reader.refusals import unreadable

if TYPE_CHECKING:
    from steelyard.reader.nodes import MappingNode


@dataclass(frozen=True)  # without slots, which leave no room for what is worked out once
class Document:
    """What was read: `data` of plain dicts, lists and texts, and where each part of it was written.

    A document made from data that a program handed over has no places to show.

    Attributes:
        data: the plain data.
        composed: makes the located nodes of it, when a place is first asked for; None if it is from no text.
        size: how many keys, values, lists and mappings were read.
    """

    data: Any
    composed: "Callable[[], MappingNode] | None" = None
    size: int = 0

    @cached_property
    def root(self) -> "MappingNode | None":
        """The data as located nodes; None if it is from no text."""
        return self.composed() if self.composed else None

    def located(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics with the span that their path leads to, where there is one."""
        return [
            replace(found, span=self.span_of(found.path, at_key=found.at_key)) if found.span is None else found
            for found in diagnostics
        ]

    def span_of(self, path: Path, *, at_key: bool = False) -> Span | None:
        """The span of the value that the path leads to, of its key, or of the nearest thing that is written."""
        if self.root is None:
            return None
        from steelyard.reader.locating import span_of  # noqa: PLC0415  as in `at_once`

        return span_of(self.root, path, at_key=at_key)


def read_document(source: Source, limits: Limits = DEFAULT_LIMITS) -> tuple[Document, list[Diagnostic]]:
    """Reads one text that must hold a mapping.

    Returns:
        What could be read, and every fault found.
    """
    sound = read_at_once(source, limits)
    if sound is not None:
        return Document(sound.data, sound.root, sound.size), []
    from steelyard.reader.composed import read_root  # noqa: PLC0415  as in `at_once`

    root, faults = read_root(source, limits)
    return _document_of(root) if root else Document({}), faults


def _document_of(root: "MappingNode") -> Document:
    return Document(root.data(), lambda: root, root.size)


def has_section(path: FilePath, name: str, limits: Limits = DEFAULT_LIMITS) -> bool:
    """Whether a file holds the section; of a text that cannot be read, whether a line of it begins so."""
    try:
        source = read_file(path, limits)
    except FaultsError:
        return False
    # Most files have no such word where a key could stand, and need no closer look.
    return _may_hold(source, name) and _holds(source, read_document(source, limits)[0], name)


def _may_hold(source: Source, name: str) -> bool:
    return (
        name in source.text
        and re.search(rf"""(^|[{{,?])[ \t]*["']?{name}["']?[ \t]*(:|$)""", source.text, re.MULTILINE) is not None
    )


def _holds(source: Source, document: Document, name: str) -> bool:
    if document.composed:
        return name in document.data
    return re.search(rf"""^["']?{name}["']?[ \t]*:""", source.text, re.MULTILINE) is not None


def read_path(
    path: FilePath, limits: Limits = DEFAULT_LIMITS, *, without: str | None = None
) -> tuple[Document, list[Diagnostic]]:
    """Reads a file, or merges the files of a folder: their sections, and the entries of sections that meet.

    Args:
        path: the file or folder.
        limits: how much to take before refusing.
        without: files that hold this section are passed over.

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
    documents: list[Document] = []
    faults: list[Diagnostic] = []
    passed_over = 0
    for each in paths:
        try:
            source = read_file(each, limits)
        except FaultsError as error:
            faults.extend(error.diagnostics)
            continue
        document, found = read_document(source, limits)
        if without is not None and _may_hold(source, without) and _holds(source, document, without):
            passed_over += 1
            continue
        faults.extend(found)
        if document.composed:
            documents.append(document)
        if sum(document.size for document in documents) > limits.values:
            message = f"{quote_path(path)} holds more than {limits.values:,} values"
            return Document({}), [*faults, fault(Code.FILE_TOO_LARGE, message)]
    wanted = len(paths) - passed_over
    if not wanted:
        but = f" without the section {quote(without)}" if without is not None and passed_over else ""
        return Document({}), [fault(Code.FILE_NOTHING_HERE, f"{quote_path(path)} holds no YAML file{but}")]
    return _merged(documents, faults) if len(documents) == wanted else Document({}), faults


def _merged(documents: Sequence[Document], faults: list[Diagnostic]) -> Document:
    if len(documents) == 1:
        return documents[0]
    data = _merged_data([document.data for document in documents])
    if data is None:
        return _document_of(_merged_nodes(documents, faults))
    # What has no fault is merged as nodes when a place is asked for.
    return Document(data, lambda: _merged_nodes(documents, []), sum(document.size for document in documents))


def _merged_data(roots: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """The sections put together; None if two of them cannot be, which their nodes tell with its place."""
    merged: dict[str, Any] = {}
    for root in roots:
        for name, section in root.items():
            if name not in merged:
                merged[name] = section
                continue
            first = merged[name]
            if not isinstance(first, dict) or not isinstance(section, dict) or not first.keys().isdisjoint(section):
                return None
            merged[name] = first | section
    return merged


def _merged_nodes(documents: Iterable[Document], faults: list[Diagnostic]) -> "MappingNode":
    from steelyard.reader.composed import merged  # noqa: PLC0415  as in `at_once`

    return merged([document.root for document in documents if document.root is not None], faults)
