"""Operations as commands that can be pasted into a shell."""

import json
from collections.abc import Iterable, Mapping
from shlex import quote
from typing import Any
from urllib.parse import quote as percent_encoded
from urllib.parse import urlencode

Told = Mapping[str, Any]


def command(base: str, method: str, path: str, operation: Told) -> str:
    """How curl asks the operation, with the first of its examples.

    Args:
        base: the address under which the service is mounted.
        method: GET or POST.
        path: the path as documents write it.
        operation: what the document says of it.
    """
    for name, value in _examples(operation, "path"):
        path = path.replace("{" + name + "}", percent_encoded(str(value), safe=""))
    query = [pair for name, value in _examples(operation, "query") for pair in _pairs(name, value)]
    address = base + path + (f"?{urlencode(query, safe=',')}" if query else "")
    lines = [f"curl {quote(address)}"]
    if operation.get("security"):
        lines.append('-H "Authorization: Bearer $STEELYARD_KEY"')
    if method == "POST":
        lines.append(f"--json {quote(_posted(operation))}")
    return " \\\n  ".join(lines)


def _examples(operation: Told, place: str) -> Iterable[tuple[str, Any]]:
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == place and "examples" in parameter:
            yield parameter["name"], next(iter(parameter["examples"].values()))["value"]


def _pairs(name: str, value: Any) -> Iterable[tuple[str, str]]:
    """A parameter as the query writes it: those of a mapping by their own names, a list with commas."""
    match value:
        case Mapping():
            yield from value.items()
        case list():
            yield name, ",".join(value)
        case _:
            yield name, str(value)


def _posted(operation: Told) -> str:
    examples = operation["requestBody"]["content"]["application/json"]["examples"]
    return json.dumps(next(iter(examples.values()))["value"], ensure_ascii=False)
