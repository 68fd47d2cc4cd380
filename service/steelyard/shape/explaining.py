"""What is wrong with data, by marshmallow: schemas of the shapes, whose errors are diagnostics."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from steelyard.diagnostics import Code, Diagnostic, FaultsError, fault, quote
from steelyard.reader import MOST_FAULTS
from steelyard.shape.fields import PartlyReadError, Shape, Value

_UNKNOWN_KEY = "unknown key"


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What reading a value came to, for marshmallow to meet in its place: nothing is read twice."""

    value: Any = None
    error: FaultsError | None = None

    def again(self) -> Any:
        """The value, or the error that there was."""
        if self.error is not None:
            raise self.error
        return self.value


class _Field(fields.Field[Any]):
    """A field that the reader of a key reads."""

    def __init__(self, value: Value) -> None:
        super().__init__(allow_none=True, required=value.required)
        self._read: Callable[[Any], Any] = value.read

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
            return value.again() if isinstance(value, _Outcome) else self._read(value)
        except PartlyReadError as error:
            raise ValidationError(list(error.diagnostics), valid_data=error.sound) from None
        except FaultsError as error:
            raise ValidationError(list(error.diagnostics)) from None


class _Schema(Schema):
    class Meta:
        unknown = RAISE

    error_messages = {"unknown": _UNKNOWN_KEY}  # noqa: RUF012  marshmallow's own form


def schema_of(declared: Mapping[str, Value]) -> Schema:
    """The schema of a mapping with the declared keys."""
    return _Schema.from_dict({key: _Field(value) for key, value in declared.items()})()


def explained(
    shape: Shape, values: Mapping[str, Any], sound: Mapping[str, Any], errors: Mapping[str, FaultsError]
) -> tuple[dict[str, Any], list[Diagnostic]]:
    """What is sound in a mapping, and every fault in it.

    Args:
        shape: its shape.
        values: the mapping.
        sound: those of its values that could be read, as they were read.
        errors: what came of those that could not be.
    """
    outcomes = {key: _Outcome(value) for key, value in sound.items()}
    refused = {key: _Outcome(error=error) for key, error in errors.items()}
    return loaded(shape, {**values, **outcomes, **refused})


def loaded(shape: Shape, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Diagnostic]]:
    """What marshmallow makes of a mapping: what is sound, and every fault."""
    try:
        return dict(shape.schema.load(values)), []
    except ValidationError as error:
        valid = error.valid_data if isinstance(error.valid_data, dict) else {}
        messages = error.messages if isinstance(error.messages, dict) else {}
        told = sorted(messages)[:MOST_FAULTS]
        return dict(valid), [found for key in told for found in _faults(shape, key, messages[key])]


def _faults(shape: Shape, key: str, messages: list[Any]) -> list[Diagnostic]:
    if _UNKNOWN_KEY in messages:
        return [shape.unknown_key(key)]
    return FaultsError(messages).under(key)
