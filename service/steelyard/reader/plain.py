"""Limits for plain data that a program hands over: it may be deep, share its parts, or even hold itself."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from steelyard.diagnostics import Code, Diagnostic, Path, fault
from steelyard.reader.limits import DEFAULT_LIMITS, Limits

_HOLDERS = (Mapping, list, tuple, set, frozenset)


def beyond_limits(data: Any, limits: Limits = DEFAULT_LIMITS) -> Diagnostic | None:
    """The fault of data that is too deep or too large to be looked at; None if it is within the limits."""
    left: list[tuple[Path, int, Any]] = [((), 0, data)]
    values = 1
    while left:
        path, depth, value = left.pop()
        if not isinstance(value, _HOLDERS):
            continue
        values += 2 * len(value) if isinstance(value, Mapping) else len(value)
        if values > limits.values:
            return fault(Code.FILE_TOO_LARGE, f"the data holds more than {limits.values:,} values")
        if depth == limits.depth:
            message = f"lists and mappings are nested more than {limits.depth} deep"
            return fault(Code.YAML_TOO_DEEP, message, path)
        left += [((*path, step), depth + 1, part) for step, part in _parts(value)]
    return None


def _parts(value: Collection[Any]) -> Iterable[tuple[str | int, Any]]:
    """The parts of a list or mapping, each with the step that leads to it."""
    if isinstance(value, Mapping):
        return [(key if isinstance(key, str) else "?", part) for key, part in value.items()]
    return enumerate(value)
