"""One fault, the same object for the command line, HTTP, pytest and editors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from steelyard.diagnostics.codes import Code, Severity
from steelyard.diagnostics.source import Span
from steelyard.diagnostics.suggest import printable

Path = tuple[str | int, ...]
"""The keys and list positions that lead to a value from the root of its document."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A fault in a ruleset or a request.

    Attributes:
        code: the kind of fault.
        message: what is wrong, in lower case, without a full stop, user text in backticks, on one line.
        path: where it is in the document.
        at_key: the fault is in the last key of `path` rather than in the value under it.
        help: what to do about it, if anything is likely.
        span: where it is written, where the document came from a text.
        severity: as the code says, unless raised by a strict check.
    """

    code: Code
    message: str
    path: Path = ()
    at_key: bool = False
    help: str | None = None
    span: Span | None = None
    severity: Severity = Severity.ERROR

    @property
    def pointer(self) -> str:
        """The path as a JSON pointer (RFC 6901)."""
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in self.path)


def fault(
    code: Code,
    message: str,
    path: Path = (),
    *,
    help: str | None = None,  # noqa: A002  the field it fills is called so
    at_key: bool = False,
    span: Span | None = None,
) -> Diagnostic:
    """A diagnostic with the severity of its code."""
    return Diagnostic(code, message, path, at_key, help, span, code.severity)


class FaultsError(ValueError):
    """Something given to Steelyard is faulty. `diagnostics` holds every fault found, sorted by place.

    >>> import steelyard
    >>> try:
    ...     steelyard.load().recommend({"stage": "prodcution", "lifetme": 3})
    ... except steelyard.FaultsError as error:
    ...     for each in error.diagnostics:
    ...         print(each.pointer, each.code.value, each.help)
    /requirements/lifetme request/unknown-need did you mean `lifetime`?
    /requirements/stage request/unknown-option did you mean `production`?
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: Sequence[Diagnostic] = in_order(diagnostics)
        super().__init__(self.diagnostics)

    def under(self, *steps: str | int, at_key: bool = False) -> list[Diagnostic]:
        """The diagnostics as seen from the value that holds the faulty one under `steps`."""
        return [replace(found, path=(*steps, *found.path), at_key=found.at_key or at_key) for found in self.diagnostics]

    def __str__(self) -> str:
        first = self.diagnostics[0]
        more = len(self.diagnostics) - 1
        place = f" at {printable(first.pointer)}" if first.path else ""
        return f"{first.message}{place} [{first.code.value}]" + (f" (and {more} more)" if more else "")


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics sorted by file, line, column and code; what is told of one place in a text, told once."""

    def place(diagnostic: Diagnostic) -> tuple[str, int, int, tuple[str, ...], str, str]:
        span = diagnostic.span
        where = (span.source.name, span.line, span.column) if span else ("", 0, 0)
        path = tuple(f"{step:09d}" if isinstance(step, int) else step for step in diagnostic.path)
        return (*where, path, diagnostic.code.value, diagnostic.message)

    def identity(diagnostic: Diagnostic) -> Diagnostic:
        # Several paths lead to one place where an alias repeats what an anchor names.
        return replace(diagnostic, path=()) if diagnostic.span else diagnostic

    told: dict[Diagnostic, Diagnostic] = {}
    for diagnostic in sorted(diagnostics, key=place):
        told.setdefault(identity(diagnostic), diagnostic)
    return tuple(told.values())


def strictly(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics with every warning raised to an error."""
    return tuple(replace(diagnostic, severity=Severity.ERROR) for diagnostic in diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of the diagnostics is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
