"""The rulesets that a server answers from, loaded before it answers anything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from steelyard.api import Ruleset
from steelyard.diagnostics import Code, Diagnostic, FaultsError, fault, quote, suggestion
from steelyard.library import RulesetError, find, load_path, ruleset_paths, shipped
from steelyard.requirements import Askable


@dataclass(frozen=True, slots=True)
class Served:
    """Rulesets by id, in the order in which they were named; the first is the default."""

    rulesets: Mapping[str, Ruleset] = field(hash=False)

    @classmethod
    def of(cls, *rulesets: Ruleset) -> "Served":
        """What is served of rulesets that a program has at hand.

        Raises:
            ValueError: there is none, or two have the same id.
        """
        by_id = {ruleset.id: ruleset for ruleset in rulesets}
        if not by_id or len(by_id) < len(rulesets):
            raise ValueError("at least one ruleset is served, and no two with the same id")
        return cls(MappingProxyType(by_id))

    @classmethod
    def load(cls, names: Sequence[str] = ()) -> "Served":
        """Loads rulesets.

        Args:
            names: ids of those that ship, and paths of files, folders, and folders of such folders; if there are none,
                those that ship are meant.

        Raises:
            RulesetError: one is not there or faulty, or two have the same id; every fault of all of them is told.
        """
        loaded: list[Ruleset] = []
        faults: list[Diagnostic] = []
        for name in dict.fromkeys(names or shipped()):
            try:
                loaded += [Ruleset(load_path(path)) for path in ruleset_paths(find(name))]
            except FaultsError as error:
                faults += error.diagnostics
        faults += _repeated(loaded)
        if faults:
            raise RulesetError(faults)
        return cls.of(*loaded)

    @property
    def default(self) -> Ruleset:
        """The ruleset that is meant where none is named."""
        return next(iter(self.rulesets.values()))

    @property
    def only(self) -> Ruleset | None:
        """The one ruleset, if there are no others."""
        return self.default if len(self.rulesets) == 1 else None

    def named(self, name: str | None) -> Ruleset:
        """The ruleset of an id, or the default.

        Raises:
            FaultsError: there is none.
        """
        if name is None:
            return self.default
        if name not in self.rulesets:
            message = f"no ruleset {quote(name)} is served here"
            help_ = suggestion(name, self.rulesets)
            raise FaultsError([fault(Code.REQUEST_UNKNOWN_RULESET, message, ("ruleset",), help=help_)])
        return self.rulesets[name]


def askable(ruleset: Ruleset, needs: Iterable[str] | None = None) -> Askable:
    """What there is to know of a ruleset before it is asked: all of it, or these needs."""
    wanted = ruleset.needs if needs is None else {need: ruleset.needs[need] for need in ruleset.needs if need in needs}
    return replace(Askable.of(ruleset.model), needs=wanted)


def _repeated(rulesets: Sequence[Ruleset]) -> Iterable[Diagnostic]:
    seen: set[str] = set()
    for ruleset in rulesets:
        if ruleset.id in seen:
            message = f"two rulesets have the id {quote(ruleset.id)}"
            yield fault(Code.VALUE_REPEATED, message, help="give one of them another id, or serve only one")
        seen.add(ruleset.id)
