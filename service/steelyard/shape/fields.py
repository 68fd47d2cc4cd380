"""marshmallow fields and schemas whose errors are diagnostics with a code, a path and a help."""

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from steelyard.diagnostics import Code, Diagnostic, FaultsError, closest, fault, quote, suggestion
from steelyard.reader import MOST_FAULTS
from steelyard.shape.values import is_null, kind_of, with_text_keys

_UNKNOWN_KEY = "unknown key"


class Value(fields.Field[Any]):
    """A field that one of the readers of `shape.values` reads."""

    def __init__(self, read: Callable[[Any], Any], **options: Any) -> None:
        super().__init__(allow_none=True, **options)
        self._read = read

    def make_error(self, key: str, **kwargs: Any) -> ValidationError:
        """The one error that marshmallow makes by itself: that the field is missing."""
        if key != "required":
            return super().make_error(key, **kwargs)
        return ValidationError([fault(Code.KEY_MISSING, f"the key {quote(self.name)} is missing")])

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

    error_messages = {"unknown": _UNKNOWN_KEY}  # noqa: RUF012  marshmallow's own form

    def unknown_key(self, key: str) -> Diagnostic:
        """The fault of a key that is not declared."""
        message = f"unknown key {quote(key)}"
        return fault(self.unknown_code, message, (key,), at_key=True, help=suggestion(key, self.fields))


def read_shape(shape: Shape, data: Any) -> tuple[dict[str, Any], list[Diagnostic]]:
    """Reads a mapping.

    Returns:
        The fields that are sound, and every fault with its path from the mapping (of a thousand keys, if there are
        more with faults).
    """
    if not isinstance(data, Mapping):
        return {}, [fault(Code.VALUE_WRONG_TYPE, f"expected {shape.noun}, got {kind_of(data)}")]
    values, faults = with_text_keys(data)
    try:
        return dict(shape.load(values)), faults
    except ValidationError as error:
        sound = error.valid_data if isinstance(error.valid_data, dict) else {}
        messages = error.messages if isinstance(error.messages, dict) else {}
        told = sorted(messages)[:MOST_FAULTS]
        faults += [found for key in told for found in _faults(shape, key, messages[key])]
        return dict(sound), _without_echoes(shape, faults)


def _faults(shape: Shape, key: str, messages: list[Any]) -> list[Diagnostic]:
    if _UNKNOWN_KEY in messages:
        return [shape.unknown_key(key)]
    return FaultsError(messages).under(key)


def _without_echoes(shape: Shape, faults: list[Diagnostic]) -> list[Diagnostic]:
    """The faults, except that a key is missing which an unknown one was meant to be: one slip is told once."""
    missing = [each for each in faults if each.code is Code.KEY_MISSING and len(each.path) == 1]
    if not missing:
        return faults
    unknown = [str(each.path[0]) for each in faults if each.code is shape.unknown_code and len(each.path) == 1]
    meant = {closest(key, shape.fields) for key in unknown}
    echoes = [each for each in missing if each.path[0] in meant]
    return [each for each in faults if each not in echoes]


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
        bodies, faults = with_text_keys(value)
        sound: dict[str, Any] = {}
        for name, body in bodies.items():
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
