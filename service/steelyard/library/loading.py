"""One call from a path, a text or data to a checked ruleset: read, parse, check."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from steelyard.diagnostics import (
    Code,
    Diagnostic,
    FaultsError,
    Source,
    fault,
    has_errors,
    in_order,
    quote_path,
    strictly,
)
from steelyard.library import cache
from steelyard.library.collector import collector_paused
from steelyard.model import Ruleset
from steelyard.reader import DEFAULT_LIMITS, Document, Limits, beyond_limits, read_document, read_path

STACK_SECTION = "stack"
"""The section that makes a file a stack: it is no part of any ruleset."""


class RulesetError(FaultsError):
    """A ruleset, or a stack of rulesets, is faulty; `diagnostics` holds every fault found, warnings included."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A ruleset that was read and checked.

    Attributes:
        ruleset: the ruleset, or None if it has errors.
        diagnostics: every error and warning, sorted by place.
        id: the ruleset's id, also of a faulty ruleset if it can be told.
        path: where it was read, if it was read from a path.
        document: what was read, which can tell where each part of it was written.
    """

    ruleset: Ruleset | None
    diagnostics: Sequence[Diagnostic]
    id: str = ""
    path: Path | None = None
    document: Document = field(default=Document(None), repr=False, compare=False)

    def required(self) -> Ruleset:
        """The ruleset.

        Raises:
            RulesetError: it has errors.
        """
        if self.ruleset is None:
            raise RulesetError(self.diagnostics)
        return self.ruleset


def load_path(path: Path) -> Ruleset:
    """The ruleset in a file or a folder, from the cache if it is kept there; otherwise it is read, checked and kept.

    Raises:
        RulesetError: it has errors.
    """
    key = cache.key_of(path)
    with collector_paused():
        ruleset = cache.kept(key) if key else None
        if ruleset is None:
            ruleset = check_path(path).required()
            # Kept only if no file was changed meanwhile: it would stand for what the files no longer say.
            if key and key == cache.key_of(path):
                cache.keep(key, ruleset)
    return ruleset


def check_path(path: Path, *, limits: Limits = DEFAULT_LIMITS, strict: bool = False) -> Checked:
    """Reads and checks the ruleset in a file or a folder.

    Args:
        path: the file or folder.
        limits: how much to take before refusing.
        strict: whether warnings count as errors.
    """
    with collector_paused():
        return _check_path(path, limits, strict=strict)


def _check_path(path: Path, limits: Limits, *, strict: bool) -> Checked:
    document, faults = read_path(path, limits, without=STACK_SECTION)
    if path.is_file() and any(each.code is Code.FILE_NOTHING_HERE for each in faults):
        message = f"{quote_path(path)} is a stack, not a ruleset"
        help_ = "a stack is asked with `--stack`, or as `stack` in a request"
        return Checked(None, (fault(Code.FILE_WRONG_KIND, message, help=help_),), path=path)
    return _checked(document, faults, strict=strict, path=path)


def check_text(text: str, name: str = "ruleset", *, limits: Limits = DEFAULT_LIMITS) -> Checked:
    """Checks the ruleset in a YAML text; `name` is what messages call it."""
    with collector_paused():
        return _checked(*read_document(Source(name, text), limits))


def check_data(data: Any) -> Checked:
    """Checks the ruleset that plain data holds; faults have paths, but no places in a file."""
    with collector_paused():
        beyond = beyond_limits(data)
        return Checked(None, (beyond,)) if beyond else _checked(Document(data), [])


def _checked(
    document: Document, faults: list[Diagnostic], *, strict: bool = False, path: Path | None = None
) -> Checked:
    if document.composed is None and faults:
        return Checked(None, in_order(faults), path=path)
    # Imported here: of a ruleset from the cache, nothing is parsed or checked.
    from steelyard.checks import check_rules, check_uses  # noqa: PLC0415
    from steelyard.parser import parse  # noqa: PLC0415

    parsed = parse(document.data)
    found = [*parsed.faults, *check_rules(parsed.ruleset)]
    if not has_errors([*faults, *found]):
        found += check_uses(parsed.ruleset)
    diagnostics = in_order([*faults, *document.located(found)])
    if strict:
        diagnostics = strictly(diagnostics)
    ruleset = None if has_errors(diagnostics) else parsed.ruleset
    return Checked(ruleset, diagnostics, parsed.ruleset.id, path, document)
