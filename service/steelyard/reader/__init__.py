"""Text to located nodes and plain data, with limits on size, depth and aliases."""

from steelyard.reader.composer import compose
from steelyard.reader.document import Document, has_section, read_document, read_path
from steelyard.reader.files import read_file, read_stream, yaml_files
from steelyard.reader.json_text import read_json
from steelyard.reader.limits import DEFAULT_LIMITS, MOST_FAULTS, Limits
from steelyard.reader.nodes import MappingNode, Node, PlainText, ScalarNode, SequenceNode
from steelyard.reader.plain import beyond_limits

__all__ = [
    "DEFAULT_LIMITS",
    "MOST_FAULTS",
    "Document",
    "Limits",
    "MappingNode",
    "Node",
    "PlainText",
    "ScalarNode",
    "SequenceNode",
    "beyond_limits",
    "compose",
    "has_section",
    "read_document",
    "read_file",
    "read_json",
    "read_path",
    "read_stream",
    "yaml_files",
]
