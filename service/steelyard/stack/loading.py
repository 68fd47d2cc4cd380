"""One call from a path or from data to a checked stack: read, parse, check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steelyard.diagnostics import (
    Code,
    Diagnostic,
    FaultsError,
    fault,
    has_errors,
    in_order,
    listing,
    quote,
    quote_path,
    suggestion,
)
from steelyard.diagnostics import Path as Steps
from steelyard.library import STACK_SECTION, Checked, RulesetError
from steelyard.model import Importance, NeedType, Ruleset
from steelyard.reader import MOST_FAULTS, Document, beyond_limits, read_document, read_file
from steelyard.shape import read_shape
from steelyard.stack.agreement import disagreements
from steelyard.stack.model import Feed, Part, Stack
from steelyard.stack.rulesets import Rulesets
from steelyard.stack.shapes import STACK

_MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class CheckedStack:
    """A stack that was read and checked.

    Attributes:
        stack: the stack, or None if it has errors.
        diagnostics: every error, sorted by place.
    """

    stack: Stack | None
    diagnostics: Sequence[Diagnostic]

    def required(self) -> Stack:
        """The stack.

        Raises:
            RulesetError: it has errors.
        """
        if self.stack is None:
            raise RulesetError(self.diagnostics)
        return self.stack


def check_stack(path: Path, rulesets: Rulesets) -> CheckedStack:
    """Reads and checks the stack in a file.

    Args:
        path: the file.
        rulesets: finds the rulesets that the stack names.
    """
    if path.is_dir():
        message = f"{quote_path(path)} is a folder, and a stack is a file"
        return CheckedStack(None, (fault(Code.FILE_WRONG_KIND, message),))
    try:
        document, faults = read_document(read_file(path))
    except FaultsError as error:
        return CheckedStack(None, error.diagnostics)
    if document.composed is None and faults:
        return CheckedStack(None, in_order(faults))
    if STACK_SECTION not in document.data and "ruleset" in document.data:
        message = f"{quote_path(path)} is a ruleset, not a stack"
        return CheckedStack(None, (fault(Code.FILE_WRONG_KIND, message),))
    return _checked(document, faults, rulesets, path.parent)


def check_stack_data(data: Any, rulesets: Rulesets) -> CheckedStack:
    """Checks the stack that plain data holds; faults have paths, but no places in a file."""
    beyond = beyond_limits(data)
    return CheckedStack(None, (beyond,)) if beyond else _checked(Document(data), [], rulesets, Path())


def _checked(document: Document, faults: list[Diagnostic], rulesets: Rulesets, folder: Path) -> CheckedStack:
    parser = _Parser(document.data, rulesets, folder)
    stack = parser.stack()
    diagnostics = in_order([*faults, *document.located(parser.faults)])
    return CheckedStack(None if has_errors(diagnostics) else stack, diagnostics)


class _Parser:
    def __init__(self, data: Any, rulesets: Rulesets, folder: Path) -> None:
        sections, self.faults = read_shape(STACK, data)
        self._head: Mapping[str, Any] = sections.get("stack", {})
        self._parts: Mapping[str, Any] = sections.get("parts", {})
        self._joined: dict[str, Checked] = {}
        self._rulesets = rulesets
        self._folder = folder

    def stack(self) -> Stack | None:
        """The stack; None, with faults, if there are any."""
        for part, body in self._parts.items():
            if "ruleset" not in body:
                continue
            try:
                self._joined[part] = self._rulesets.named(body["ruleset"], self._folder)
            except RulesetError as error:
                self.faults += error.under("parts", part, "ruleset")
        feeds = {part: self._feeds(part, body.get("takes", {})) for part, body in self._parts.items()}
        self.faults += disagreements(self._joined)
        if self.faults:
            return None
        parts = {part: self._part(part, feeds[part]) for part in self._parts}
        return Stack(id=self._head["id"], title=self._head["title"], version=self._head["version"], parts=parts)

    def _part(self, part: str, feeds: Mapping[str, Feed]) -> Part:
        ruleset = self._joined[part].required()
        return Part(id=part, ruleset=ruleset, takes={need: feeds[need] for need in ruleset.needs if need in feeds})

    def _feeds(self, part: str, takes: Mapping[str, Any]) -> dict[str, Feed]:
        feeds = {}
        for need, stated in takes.items():
            path: Steps = ("parts", part, "takes", need)
            if len(self.faults) < MOST_FAULTS:
                self.faults += self._faults_of_need(part, need, path)
            if len(self.faults) < MOST_FAULTS and "part" in stated:
                here = path if stated.get("bare") else (*path, "part")
                self.faults += self._faults_of_feed(part, need, stated["part"], here)
                feeds[need] = Feed(stated["part"], stated.get("importance", Importance.MUST))
        return feeds

    def _faults_of_need(self, part: str, need: str, path: Steps) -> list[Diagnostic]:
        ruleset = self._ruleset(part)
        if ruleset is None:
            return []
        if need not in ruleset.needs:
            message = f"{quote(ruleset.id)} has no need {quote(need)}"
            return [fault(Code.STACK_UNKNOWN_NEED, message, path, at_key=True, help=suggestion(need, ruleset.needs))]
        type_ = ruleset.needs[need].type
        if type_ is not NeedType.CHOICE:
            message = f"{quote(need)} is a {type_}, and only a choice can take the answer of a part"
            return [fault(Code.STACK_UNFIT_NEED, message, path, at_key=True)]
        return []

    def _faults_of_feed(self, part: str, need: str, source: str, path: Steps) -> list[Diagnostic]:
        order = list(self._parts)
        if source not in self._parts:
            earlier = order[: order.index(part)]
            message = f"unknown part {quote(source)}"
            return [fault(Code.STACK_UNKNOWN_PART, message, path, help=suggestion(source, earlier))]
        if order.index(source) >= order.index(part):
            what = "cannot take its own answer" if source == part else f"is answered before {quote(source)}"
            help_ = "parts are answered in the order in which they are written"
            return [fault(Code.STACK_LATER_PART, f"{quote(part)} {what}", path, help=help_)]
        return self._missing_options(part, need, source, path)

    def _missing_options(self, part: str, need: str, source: str, path: Steps) -> list[Diagnostic]:
        taking, giving = self._ruleset(part), self._ruleset(source)
        if taking is None or giving is None or need not in taking.needs:
            return []
        taken = taking.needs[need]
        missing = [each for each in giving.candidates if each not in taken.positions]
        if not missing or taken.type is not NeedType.CHOICE:
            return []
        named = listing(missing, most=_MOST_NAMED, word="and")
        message = f"{quote(need)} of {quote(taking.id)} has no option for {named} of {quote(giving.id)}"
        return [fault(Code.STACK_MISSING_OPTION, message, path, help="an option has the id of its candidate")]

    def _ruleset(self, part: str) -> Ruleset | None:
        return self._joined[part].ruleset if part in self._joined else None
