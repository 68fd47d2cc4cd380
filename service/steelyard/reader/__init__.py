"""Text to plain data and the places of it, with limits on size, depth and aliases.

What only the service wants, and what only faulty texts need, is imported from its module.
"""

from steelyard.reader.document import Document, has_section, read_document, read_path
from steelyard.reader.files import read_file, read_stream, yaml_files
from steelyard.reader.limits import DEFAULT_LIMITS, MOST_FAULTS, Limits
from steelyard.reader.plain import beyond_limits
from steelyard.reader.plain_text import PlainText

__all__ = [
    "DEFAULT_LIMITS",
    "MOST_FAULTS",
    "Document",
    "Limits",
    "PlainText",
    "beyond_limits",
    "has_section",
    "read_document",
    "read_file",
    "read_path",
    "read_stream",
    "yaml_files",
]
