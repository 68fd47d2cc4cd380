"""Shapes: mappings with declared keys, each with the reader of its value, and faults told as diagnostics.

Sound data goes straight through the readers. What is wrong with any other, marshmallow finds out: see `explaining`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from steelyard.diagnostics import Code, Diagnostic, FaultsError, closest, fault, quote, suggestion
from steelyard.shape.values import is_null, kind_of, with_text_keys

if TYPE_CHECKING:
    from marshmallow import Schema


@dataclass(frozen=True, slots=True)
class Value:
    """What a key takes.

    Attributes:
        read: one of the readers of `shape.values`, or made of them.
        required: whether the key has to be there.
        described: what `read` takes, as JSON Schema, where somebody is told of it; nothing is read by it.
    """

    read: Callable[[Any], Any]
    required: bool = False
    described: Mapping[str, Any] = field(default_factory=dict, compare=False)


class PartlyReadError(FaultsError):
    """There are faults; `sound` is what could be read all the same."""

    def __init__(self, diagnostics: list[Diagnostic], sound: Any) -> None:
        super().__init__(diagnostics)
        self.sound = sound


class Shape:
    """A mapping with declared keys. `noun` names it in messages."""

    noun = "a mapping"
    unknown_code = Code.KEY_UNKNOWN
    _declared: ClassVar[Mapping[str, Value]] = {}

    def __init_subclass__(cls) -> None:
        cls._declared = {name: value for name, value in vars(cls).items() if isinstance(value, Value)}

    def __init__(self, fields: Mapping[str, Value] | None = None) -> None:
        """Takes the keys that the class declares, or others."""
        self.fields = self._declared if fields is None else fields
        self.readers = {key: value.read for key, value in self.fields.items()}
        self.required_keys = frozenset(key for key, value in self.fields.items() if value.required)

    @cached_property
    def schema(self) -> "Schema":
        """The shape as marshmallow knows it."""
        # Imported here: it takes as long as a whole answer, and only what is faulty needs it.
        from steelyard.shape.explaining import schema_of  # noqa: PLC0415

        return schema_of(self.fields)

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
    sound: dict[str, Any] = {}
    errors: dict[str, FaultsError] = {}
    for key, read in shape.readers.items():
        if key in values:
            try:
                sound[key] = read(values[key])
            except FaultsError as error:
                errors[key] = error
    if len(sound) == len(values) and shape.required_keys <= sound.keys():
        return sound, faults
    from steelyard.shape.explaining import explained  # noqa: PLC0415  as above

    sound, found = explained(shape, values, sound, errors)
    return sound, _without_echoes(shape, [*faults, *found])


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
