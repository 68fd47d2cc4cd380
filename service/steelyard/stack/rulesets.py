"""The rulesets that a stack can join: those at hand, those beside it, those that ship, and those at a path."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from steelyard.diagnostics import Code, Diagnostic, fault, quote, quote_path, suggestion, tally
from steelyard.library import Checked, RulesetError, check_path, exists, shipped

_ID = re.compile(r"[a-z0-9-]+")
_PATH = ("./", "../")


class Rulesets:
    """Finds rulesets by the name that a stack gives them. Each is read once, and none before it is named."""

    def __init__(self, at_hand: Iterable[Checked] = ()) -> None:
        """Starts with the rulesets that were read already: they are found by their id."""
        known = list(at_hand)
        self._at_hand = {checked.id: checked for checked in reversed(known) if checked.id}
        self._read = {checked.path.resolve(): checked for checked in known if checked.path is not None}

    def named(self, name: str, folder: Path) -> Checked:
        """The ruleset that a stack in the folder names, by its id or by a path.

        Raises:
            RulesetError: there is none, or it has errors.
        """
        checked = self._at(folder / name) if name.startswith(_PATH) else self._by_id(name, folder)
        if checked is None:
            raise RulesetError([self._unknown(name, folder)])
        if checked.ruleset is None:
            raise RulesetError([_unfit(name, checked)])
        return checked

    @cached_property
    def _shipped(self) -> Mapping[str, Path]:
        return shipped()

    def _by_id(self, name: str, folder: Path) -> Checked | None:
        if not _ID.fullmatch(name):
            return None
        if name in self._at_hand:
            return self._at_hand[name]
        for place in (folder, folder / ".."):
            for called in (name, f"{name}.yaml", f"{name}.yml"):
                beside = self._at(place / called)
                # A ruleset whose id cannot be read is taken for the one that its path names, for its faults to be told.
                if beside is not None and beside.id in (name, "") and not _is_no_ruleset(beside):
                    return beside
        return self._at(self._shipped[name]) if name in self._shipped else None

    def _at(self, path: Path) -> Checked | None:
        # A pipe or a device, which a stack of somebody else may name, could be waited for without end.
        if not exists(path) or not (path.is_file() or path.is_dir()):
            return None
        place = path.resolve()
        if place not in self._read:
            self._read[place] = check_path(path)
        return self._read[place]

    def _unknown(self, name: str, folder: Path) -> Diagnostic:
        if name.startswith(_PATH):
            return fault(Code.STACK_UNKNOWN_RULESET, f"no file or folder {quote_path(folder / name)}")
        message = f"no ruleset {quote(name)} ships or stands beside the stack"
        help_ = suggestion(name, [*self._at_hand, *self._shipped])
        if not _ID.fullmatch(name):
            help_ = "a path starts with `./` or `../`"
        return fault(Code.STACK_UNKNOWN_RULESET, message, help=help_)


def _unfit(name: str, checked: Checked) -> Diagnostic:
    if any(each.code is Code.FILE_WRONG_KIND for each in checked.diagnostics):
        message = f"{quote(name)} is a stack, not a ruleset"
        return fault(Code.FILE_WRONG_KIND, message, help="a stack joins rulesets")
    help_ = f"{quote_path(f'steelyard check {checked.path}')} tells more" if checked.path else None
    message = f"the ruleset {quote(name)} has {tally(checked.diagnostics)}"
    return fault(Code.STACK_FAULTY_RULESET, message, help=help_)


def _is_no_ruleset(checked: Checked) -> bool:
    codes = {each.code for each in checked.diagnostics}
    return not codes.isdisjoint((Code.FILE_WRONG_KIND, Code.FILE_NOTHING_HERE))
