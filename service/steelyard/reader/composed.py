"""Files as located nodes: those with a fault or that only the composer can read, and what several make together."""

from collections.abc import Sequence

from steelyard.diagnostics import Code, Diagnostic, Source, fault, quote, quote_path
from steelyard.reader.composer import compose, duplicate_key
from steelyard.reader.limits import Limits
from steelyard.reader.nodes import MappingNode, Node, ScalarNode, SequenceNode


def read_root(source: Source, limits: Limits) -> tuple[MappingNode | None, list[Diagnostic]]:
    """Reads one text that must hold a mapping.

    Returns:
        The mapping, or None if it cannot be read; and every fault found.
    """
    root, faults = compose(source, limits)
    if root is None or (isinstance(root, ScalarNode) and root.plain and not root.text):
        return None, faults or [fault(Code.FILE_EMPTY, f"{quote_path(source.name)} is empty")]
    if not isinstance(root, MappingNode):
        return None, [*faults, _not_a_mapping(root, "a document")]
    return root, faults


def merged(roots: Sequence[MappingNode], faults: list[Diagnostic]) -> MappingNode:
    """The sections of several files put together, and the entries of sections that meet; faults are added."""
    sections: dict[str, tuple[ScalarNode, Node]] = {}
    for root in roots:
        for name, (key, section) in root.entries.items():
            if name not in sections:
                sections[name] = key, section
            else:
                first_key, first = sections[name]
                sections[name] = first_key, _merged_section(first, key, section, faults)
    size, height = sum(root.size for root in roots), max(root.height for root in roots)
    return MappingNode(sections, roots[0].span, size, height)


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
