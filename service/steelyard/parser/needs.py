"""Needs: which keys go with which type, and the bounds of numbers."""

from collections.abc import Mapping
from typing import Any

from steelyard.diagnostics import Code, Diagnostic, fault, quote
from steelyard.model import Need, NeedType

_NUMBER_KEYS = ("minimum", "maximum", "unit")


def need_from(id_: str, body: Mapping[str, Any]) -> tuple[Need | None, list[Diagnostic]]:
    """The need that a sound entry of `needs` declares, and the faults with their path from the entry."""
    type_: NeedType = body["type"]
    faults = _misplaced(type_, body) + _missing(type_, body)
    if not faults and type_ is NeedType.NUMBER and body["minimum"] >= body["maximum"]:
        message = f"the maximum, {body['maximum']}, is not above the minimum, {body['minimum']}"
        faults.append(fault(Code.NEED_EMPTY_RANGE, message, ("maximum",)))
    if faults:
        return None, faults
    options = tuple(body.get("options", {}).items())
    return Need(id=id_, options=options, **{key: body[key] for key in body if key != "options"}), []


def unfit_keys(type_: NeedType) -> tuple[str, ...]:
    """The keys that a need of the type does not take, though others do."""
    unfit = () if type_.has_options else ("options",)
    return unfit if type_ is NeedType.NUMBER else (*unfit, *_NUMBER_KEYS)


def wanted_keys(type_: NeedType) -> tuple[str, ...]:
    """The keys that a need of the type must have, though others need not."""
    if type_ is NeedType.NUMBER:
        return "minimum", "maximum"
    return ("options",) if type_.has_options else ()


def _misplaced(type_: NeedType, body: Mapping[str, Any]) -> list[Diagnostic]:
    return [
        fault(Code.KEY_UNKNOWN, f"a {type_} takes no {quote(key)}", (key,), at_key=True)
        for key in unfit_keys(type_)
        if key in body
    ]


def _missing(type_: NeedType, body: Mapping[str, Any]) -> list[Diagnostic]:
    return [
        fault(Code.KEY_MISSING, f"the key {quote(key)} is missing, which a {type_} must have", (key,))
        for key in wanted_keys(type_)
        if key not in body
    ]
