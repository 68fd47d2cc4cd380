"""Single cells and rows, read by the reader of requests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from steelyard.diagnostics import Diagnostic, FaultsError
from steelyard.model import Need, Requirement
from steelyard.requirements import RequestReader


class CellReader:
    """Reads what the quick way does not know."""

    def __init__(self, reader: RequestReader) -> None:
        """Wraps the reader of a ruleset."""
        self._reader = reader

    def read(self, need: Need, cell: Any) -> tuple[Requirement | None, Sequence[Diagnostic]]:
        """The requirement that a cell states, or else what is wrong with it, seen from the row."""
        requirements, faults = self.read_row({need.id: cell})
        return requirements.get(need.id), faults

    def read_row(self, row: Any) -> tuple[Mapping[str, Requirement], Sequence[Diagnostic]]:
        """The requirements of a whole row, or else what is wrong with it, seen from the row."""
        try:
            return self._reader.read({"requirements": row}, date.max).requirements, ()
        except FaultsError as error:
            return {}, [replace(each, path=each.path[1:]) for each in error.diagnostics]
