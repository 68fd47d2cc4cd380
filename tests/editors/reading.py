"""What an editor takes a text in YAML for: by the core schema of YAML 1.2, whatever place a scalar stands in."""

import re
from typing import Any

import yaml

_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOTHING = ("", "~", "null", "Null", "NULL")
_FLAGS = {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}


def as_read(text: str) -> Any:
    """The plain data of a text."""
    return _value(yaml.compose(text, Loader=yaml.CSafeLoader))


def as_read_without_quotes(data: Any) -> Any:
    """The plain data as it is read if nothing in it that may stand without quotes has any."""
    match data:
        case dict():
            return {key: as_read_without_quotes(value) for key, value in data.items()}
        case list():
            return [as_read_without_quotes(item) for item in data]
        case str():
            return data if data in _NOTHING else _scalar(data)
    return data


def _value(node: yaml.Node | None) -> Any:
    match node:
        case yaml.MappingNode():
            return {key.value: _value(value) for key, value in node.value}
        case yaml.SequenceNode():
            return [_value(item) for item in node.value]
        case yaml.ScalarNode():
            return node.value if node.style else _scalar(node.value)
    return None


def _scalar(text: str) -> Any:
    if text in _NOTHING:
        return None
    return float(text) if _NUMBER.fullmatch(text) else _FLAGS.get(text, text)
