"""marshmallow fields and schemas whose errors are diagnostics with a code, a path and a help."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow.exceptions import SCHEMA

from steelyard.diagnostics import Code, Diagnostic, FaultsError, fault, quote, suggestion
from steelyard.shape.values import is_null, kind_of

_UNKNOWN_KEY = "unknown key"
_NOT_A_MAPPING = "not a mapping"


class Value(fields.Field[Any]):
    """A field that one of the readers of `shape.values` reads."""

    def __init__(self, read: Callable[[Any], Any], **options: Any) -> None:
        super().__init__(allow_none=True, **options)
        self._read = read

    def make_error(self, key: str, **kwargs: Any) -> ValidationError:
        """The one error that marshmallow makes by itself: that the field is missing."""
        if key != "required":
            return super().make_error(key, **kwargs)
        return ValidationError([fault(Code.KEY_MISSING, f"the key {quote(self.data_key or self.name)} is missing")])

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Reads the value; nothing is a value too, for the reader to take or to refuse."""
        if value is None:
            return self._deserialize(value, *args, **kwargs)
        return super().deserialize(value, *args, **kwargs)

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        try:
            return self._read(value)
        except PartlyReadError as error:
            raise ValidationError(list(error.diagnostics), valid_data=error.sound) from None
        except FaultsError as error:
            raise ValidationError(list(error.diagnostics)) from None


class PartlyReadError(FaultsError):
    """There are faults; `sound` is what could be read all the same."""

    def __init__(self, diagnostics: list[Diagnostic], sound: Any) -> None:
        super().__init__(diagnostics)
        self.sound = sound


class Shape(Schema):
    """A mapping with declared keys. `noun` names it in messages."""

    noun = "a mapping"
    unknown_code = Code.KEY_UNKNOWN

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": _UNKNOWN_KEY, "type": _NOT_A_MAPPING}  # noqa: RUF012  marshmallow's own form

    def unknown_key(self, key: Any) -> Diagnostic:
        """The fault of a key that is not declared."""
        known = [field.data_key or name for name, field in self.fields.items()]
        message = f"unknown key {quote(key)}"
        return fault(self.unknown_code, message, (str(key),), at_key=True, help=suggestion(str(key), known))


def read_shape(shape: Shape, data: Any) -> tuple[dict[str, Any], list[Diagnostic]]:
    """Reads a mapping.

    Returns:
        The fields that are sound, and every fault with its path from the mapping.
    """
    try:
        return dict(shape.load(data)), []
    except ValidationError as error:
        sound = error.valid_data if isinstance(error.valid_data, dict) else {}
        messages = error.messages if isinstance(error.messages, dict) else {}
        return dict(sound), [found for key, each in messages.items() for found in _faults(shape, data, key, each)]


def _faults(shape: Shape, data: Any, key: Any, messages: list[Any]) -> list[Diagnostic]:
    if key == SCHEMA and _NOT_A_MAPPING in messages:
        message = f"expected {shape.noun}, got {kind_of(data)}"
        return [fault(Code.VALUE_WRONG_TYPE, message)]
    found = []
    for message in messages:
        if message == _UNKNOWN_KEY:
            found.append(shape.unknown_key(key))
        elif key == SCHEMA:
            found.append(message)
        else:
            found += FaultsError([message]).under(str(key))
    return found


def nested(shape: Shape) -> Callable[[Any], dict[str, Any]]:
    """A reader of mappings of the given shape."""

    def read(value: Any) -> dict[str, Any]:
        sound, faults = read_shape(shape, value)
        if faults:
            raise PartlyReadError(faults, sound)
        return sound

    return read


def entries(
    read_key: Callable[[Any], str], read_body: Callable[[Any], Any], noun: str, *, empty: bool = False
) -> Callable[[Any], dict[str, Any]]:
    """A reader of mappings from ids to bodies; `noun` names the mapping in messages."""

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise FaultsError([fault(Code.VALUE_WRONG_TYPE, f"expected {noun}, got {kind_of(value)}")])
        if not value and not empty:
            raise FaultsError([fault(Code.VALUE_EMPTY, f"expected {noun}, got an empty mapping")])
        sound: dict[str, Any] = {}
        faults: list[Diagnostic] = []
        for key, body in value.items():
            name = key.isoformat() if isinstance(key, date) else str(key)
            try:
                read_key(name)
            except FaultsError as error:
                faults += error.under(name, at_key=True)
            try:
                sound[name] = read_body(body)
            except PartlyReadError as error:
                sound[name] = error.sound
                faults += error.under(name)
            except FaultsError as error:
                faults += error.under(name)
        if faults:
            raise PartlyReadError(faults, sound)
        return sound

    return read


def optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A reader that takes nothing for nothing."""
    return lambda value: None if is_null(value) else read(value)
