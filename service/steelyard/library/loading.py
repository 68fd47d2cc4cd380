"""One call from a path, a text or data to a checked ruleset: read, parse, check."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steelyard.checks import check_rules, check_uses
from steelyard.diagnostics import Diagnostic, FaultsError, Source, has_errors, in_order, strictly
from steelyard.model import Ruleset
from steelyard.parser import parse
from steelyard.reader import DEFAULT_LIMITS, Document, Limits, beyond_limits, read_document, read_path


class RulesetError(FaultsError):
    """A ruleset is faulty; `diagnostics` holds every fault found, warnings included."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A ruleset that was read and checked.

    Attributes:
        ruleset: the ruleset, or None if it has errors.
        diagnostics: every error and warning, sorted by place.
    """

    ruleset: Ruleset | None
    diagnostics: Sequence[Diagnostic]

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
    return _checked(*read_path(path, limits), strict=strict)


def check_text(text: str, name: str = "ruleset", *, limits: Limits = DEFAULT_LIMITS) -> Checked:
    """Checks the ruleset in a YAML text; `name` is what messages call it."""
    return _checked(*read_document(Source(name, text), limits))


def check_data(data: Any) -> Checked:
    """Checks the ruleset that plain data holds; faults have paths, but no places in a file."""
    beyond = beyond_limits(data)
    return Checked(None, (beyond,)) if beyond else _checked(Document(data), [])


def _checked(document: Document, faults: list[Diagnostic], *, strict: bool = False) -> Checked:
    if document.root is None and faults:
        return Checked(None, in_order(faults))
    parsed = parse(document.data)
    found = [*parsed.faults, *check_rules(parsed.ruleset)]
    if not has_errors([*faults, *found]):
        found += check_uses(parsed.ruleset)
    diagnostics = in_order([*faults, *document.located(found)])
    if strict:
        diagnostics = strictly(diagnostics)
    return Checked(None if has_errors(diagnostics) else parsed.ruleset, diagnostics)
