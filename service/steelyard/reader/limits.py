"""How much a reader takes before it refuses, so that no input can exhaust the machine."""

from dataclasses import dataclass

MOST_FAULTS = 1000
"""How many faults are told of one text, list or mapping: enough for people, and few enough for machines to bear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits on what is read.

    Attributes:
        file_bytes: size of one file, in bytes.
        files: number of YAML files in one folder.
        depth: lists and mappings within each other.
        values: keys, values, lists and mappings of one ruleset, in all its files.
        alias_nodes: values that all the aliases of one file stand for together.
    """

    file_bytes: int = 10 * 1024 * 1024
    files: int = 500
    depth: int = 50
    values: int = 500_000
    alias_nodes: int = 10_000


DEFAULT_LIMITS = Limits()
