"""The rulesets and stacks that a service answers from, loaded before it answers anything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from steelyard.api import Ruleset, Stack
from steelyard.diagnostics import Code, Diagnostic, fault, has_errors, quote
from steelyard.library import Found, RulesetError, check_path, found_at, shipped, shipped_stacks
from steelyard.stack import Rulesets, check_stack


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rulesets and stacks by id, in the order in which they were put there; the first ruleset is the default."""

    rulesets: Mapping[str, Ruleset] = field(hash=False)
    stacks: Mapping[str, Stack] = field(hash=False, default_factory=dict)

    @classmethod
    def holding(cls, *rulesets: Ruleset, stacks: Iterable[Stack] = ()) -> "Shelf":
        """A shelf with the rulesets and stacks.

        Raises:
            ValueError: there is no ruleset, or two rulesets or two stacks have the same id.
        """
        by_id = {ruleset.id: ruleset for ruleset in rulesets}
        joined = list(stacks)
        stack_by_id = {stack.id: stack for stack in joined}
        if not by_id or len(by_id) < len(rulesets):
            raise ValueError("a shelf needs at least one ruleset, and no two with the same id")
        if len(stack_by_id) < len(joined):
            raise ValueError("a shelf holds no two stacks with the same id")
        return cls(MappingProxyType(by_id), MappingProxyType(stack_by_id))

    @property
    def default(self) -> Ruleset:
        """The ruleset that is meant by a request that names none."""
        return next(iter(self.rulesets.values()))


def open_shelf(paths: Sequence[Path] = ()) -> Shelf:
    """Loads rulesets and stacks.

    Args:
        paths: files, folders, and folders of such folders; if there are none, what ships is meant. Rulesets that are
            not there, but joined by a stack that is, come after those that are.

    Raises:
        RulesetError: a ruleset or a stack is faulty, or two have the same id, be it that a stack joins one of them;
            every fault of all of them is told.
    """
    found = _found(paths)
    checked = {path: check_path(path) for path in found.rulesets}
    at_hand = Rulesets(checked.values())
    joined = {path: check_stack(path, at_hand) for path in found.stacks}
    diagnostics = [each for one in checked.values() for each in one.diagnostics]
    diagnostics += [each for one in joined.values() for each in one.diagnostics]
    rulesets = {path: Ruleset(each.ruleset) for path, each in checked.items() if each.ruleset}
    stacks = {path: Stack(each.stack) for path, each in joined.items() if each.stack}
    diagnostics += [*_repeated("rulesets", rulesets), *_repeated("stacks", stacks), *_others(rulesets, stacks)]
    if has_errors(diagnostics):
        raise RulesetError(diagnostics)
    served = {ruleset.id for ruleset in rulesets.values()}
    parts = [part for stack in stacks.values() for part in stack.parts.values()]
    others = {part.ruleset.id: part.ruleset for part in parts if part.ruleset.id not in served}
    return Shelf.holding(*rulesets.values(), *map(Ruleset, others.values()), stacks=stacks.values())


def _found(paths: Sequence[Path]) -> Found:
    if not paths:
        return Found(tuple(shipped().values()), tuple(shipped_stacks().values()))
    places = [found_at(path) for path in paths]
    rulesets = [each for place in places for each in place.rulesets]
    return Found(rulesets, [each for place in places for each in place.stacks])


def _others(rulesets: Mapping[Path, Ruleset], stacks: Mapping[Path, Stack]) -> Iterable[Diagnostic]:
    """The faults of stacks whose rulesets are other ones than those that are served by their ids."""
    known = {ruleset.id: ruleset.digest for ruleset in rulesets.values()}
    for path, stack in stacks.items():
        for part in stack.parts.values():
            ruleset = part.ruleset
            if known.setdefault(ruleset.id, ruleset.digest) != ruleset.digest:
                message = f"{quote(path)} joins a ruleset with the id {quote(ruleset.id)}, and another one has it too"
                yield fault(Code.VALUE_REPEATED, message, help="give one of them another id, or serve only one")


def _repeated(what: str, loaded: Mapping[Path, Ruleset] | Mapping[Path, Stack]) -> Iterable[Diagnostic]:
    first: dict[str, Path] = {}
    for path, each in loaded.items():
        if first.setdefault(each.id, path) != path:
            message = f"two {what} have the id {quote(each.id)}: {quote(first[each.id])} and {quote(path)}"
            yield fault(Code.VALUE_REPEATED, message, help="give one of them another id, or serve only one")
