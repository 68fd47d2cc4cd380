"""What is to be asked, as the file of a request names it: a ruleset or a stack."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, TypeVar

from steelyard.diagnostics import FaultsError
from steelyard.reader import Document
from steelyard.requirements import faults_of_envelope, wanted_ruleset, wanted_stack

_Asked = TypeVar("_Asked")

_WANTED = {"ruleset": wanted_ruleset, "stack": wanted_stack}


def naming_nothing(document: Document) -> Document:
    """The document without what it asks, since an option wins over that."""
    return replace(document, data={key: value for key, value in document.data.items() if key not in _WANTED})


def named(document: Document, key: Literal["ruleset", "stack"], load_it: Callable[[str], _Asked]) -> _Asked:
    """What the document names under the key, loaded.

    Raises:
        FaultsError: it cannot be read or loaded, or the document names both; told with the place of the name.
    """
    name = _WANTED[key](document.data)
    if not name or document.data.keys() >= _WANTED.keys():
        raise FaultsError(document.located(faults_of_envelope(document.data)))
    try:
        return load_it(name)
    except FaultsError as error:
        unplaced = [each if each.span else replace(each, path=(key,)) for each in error.diagnostics]
        raise FaultsError(document.located(unplaced)) from None
