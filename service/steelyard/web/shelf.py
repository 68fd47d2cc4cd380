"""The rulesets that a service answers from, loaded before it answers anything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from steelyard.api import Ruleset
from steelyard.diagnostics import Code, Diagnostic, fault, quote
from steelyard.library import RulesetError, check_path, ruleset_paths, shipped


@dataclass(frozen=True, slots=True)
class Shelf:
    """The rulesets by id, in the order in which they were put there; the first is the default."""

    rulesets: Mapping[str, Ruleset] = field(hash=False)

    @classmethod
    def holding(cls, *rulesets: Ruleset) -> "Shelf":
        """A shelf with the rulesets.

        Raises:
            ValueError: there are none, or two have the same id.
        """
        by_id = {ruleset.id: ruleset for ruleset in rulesets}
        if not by_id or len(by_id) < len(rulesets):
            raise ValueError("a shelf needs at least one ruleset, and no two with the same id")
        return cls(MappingProxyType(by_id))

    @property
    def default(self) -> Ruleset:
        """The ruleset that is meant by a request that names none."""
        return next(iter(self.rulesets.values()))


def open_shelf(paths: Sequence[Path] = ()) -> Shelf:
    """Loads rulesets.

    Args:
        paths: files, folders, and folders of such folders; if there are none, the rulesets that ship are meant.

    Raises:
        RulesetError: a ruleset is faulty, or two have the same id; every fault of all of them is told.
    """
    loaded: dict[str, tuple[Path, Ruleset]] = {}
    diagnostics: list[Diagnostic] = []
    refused = False
    for path in _ruleset_paths(paths):
        checked = check_path(path)
        diagnostics += checked.diagnostics
        if checked.ruleset is None:
            refused = True
        elif checked.ruleset.id in loaded:
            refused = True
            first, _ = loaded[checked.ruleset.id]
            diagnostics.append(_same_id(checked.ruleset.id, first, path))
        else:
            loaded[checked.ruleset.id] = path, Ruleset(checked.ruleset)
    if refused:
        raise RulesetError(diagnostics)
    return Shelf.holding(*(ruleset for _, ruleset in loaded.values()))


def _ruleset_paths(paths: Sequence[Path]) -> Iterator[Path]:
    if not paths:
        yield from shipped().values()
    for path in paths:
        # A folder without a ruleset stands for itself, so that it is told about.
        yield from list(ruleset_paths(path)) or [path]


def _same_id(ruleset: str, first: Path, second: Path) -> Diagnostic:
    message = f"two rulesets have the id {quote(ruleset)}: {quote(first)} and {quote(second)}"
    return fault(Code.VALUE_REPEATED, message, help="give one of them another id, or serve only one")
