"""One call from a path, a text or data to a checked ruleset: read, parse, check."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from steelyard.checks import check_rules, check_uses
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
from steelyard.model import Ruleset
from steelyard.parser import parse
from steelyard.reader import DEFAULT_LIMITS, Document, Limits, beyond_limits, has_section, read_document, read_path

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


def check_path(path: Path, *, limits: Limits = DEFAULT_LIMITS, strict: bool = False) -> Checked:
    """Reads and checks the ruleset in a file or a folder.

    Args:
        path: the file or folder.
        limits: how much to take before refusing.
        strict: whether warnings count as errors.
    """
    if path.is_file() and has_section(path, STACK_SECTION, limits):
        message = f"{quote_path(path)} is a stack, not a ruleset"
        help_ = "a stack is asked with `--stack`, or as `stack` in a request"
        return Checked(None, (fault(Code.FILE_WRONG_KIND, message, help=help_),), path=path)
    document, faults = read_path(path, limits, without=STACK_SECTION)
    return _checked(document, faults, strict=strict, path=path)


def check_text(text: str, name: str = "ruleset", *, limits: Limits = DEFAULT_LIMITS) -> Checked:
    """Checks the ruleset in a YAML text; `name` is what messages call it."""
    return _checked(*read_document(Source(name, text), limits))


def check_data(data: Any) -> Checked:
    """Checks the ruleset that plain data holds; faults have paths, but no places in a file."""
    beyond = beyond_limits(data)
    return Checked(None, (beyond,)) if beyond else _checked(Document(data), [])


def _checked(
    document: Document, faults: list[Diagnostic], *, strict: bool = False, path: Path | None = None
) -> Checked:
    if document.root is None and faults:
        return Checked(None, in_order(faults), path=path)
    parsed = parse(document.data)
    found = [*parsed.faults, *check_rules(parsed.ruleset)]
    if not has_errors([*faults, *found]):
        found += check_uses(parsed.ruleset)
    diagnostics = in_order([*faults, *document.located(found)])
    if strict:
        diagnostics = strictly(diagnostics)
    ruleset = None if has_errors(diagnostics) else parsed.ruleset
    return Checked(ruleset, diagnostics, parsed.ruleset.id, path, document)
