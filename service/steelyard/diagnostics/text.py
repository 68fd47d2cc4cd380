"""Diagnostics for a person: the place, the fault, the line, a caret and a help."""

import unicodedata
from collections.abc import Iterable, Sequence

from steelyard.diagnostics.codes import Severity
from steelyard.diagnostics.diagnostic import Diagnostic
from steelyard.diagnostics.source import Span
from steelyard.diagnostics.suggest import printable

_MOST_SHOWN = 100
_WIDEST_EXCERPT = 120
# Accents, enclosing marks and variation selectors stand on the character before them.
_WITHOUT_WIDTH = ("Mn", "Me")


def render(diagnostic: Diagnostic) -> str:
    """One diagnostic as text of one or a few lines.

    ::

        rules.yaml:14:10: error[rule/unknown-need]: unknown need `target`
         14 |   when: {target: android}
            |          ^^^^^^ help: did you mean `targets`?
    """
    head = f"{diagnostic.severity}[{diagnostic.code.value}]: {diagnostic.message}"
    span = diagnostic.span
    if span is None:
        place = f"{printable(diagnostic.pointer)}: " if diagnostic.path else ""
        return f"{place}{head}" + (f"\n  help: {diagnostic.help}" if diagnostic.help else "")
    place = f"{printable(span.source.name)}:{span.line + 1}:{span.column + 1}"
    number = str(span.line + 1)
    line, before, marked = _excerpt(span)
    hint = f" help: {diagnostic.help}" if diagnostic.help else ""
    return f"{place}: {head}\n {number} | {line}\n {' ' * len(number)} | {' ' * before}{'^' * marked}{hint}"


def render_all(diagnostics: Sequence[Diagnostic]) -> str:
    """All diagnostics as text; of more than a hundred, the first hundred and how many more there are."""
    parts = [render(diagnostic) for diagnostic in diagnostics[:_MOST_SHOWN]]
    if len(diagnostics) > _MOST_SHOWN:
        parts.append(f"… and {len(diagnostics) - _MOST_SHOWN} more")
    return "\n".join(parts)


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """How many errors and warnings there are, in words."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    counts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
    return " and ".join(counts) or "no faults"


def _excerpt(span: Span) -> tuple[str, int, int]:
    """The line to show, the width before the mark, and the mark's width."""
    lines = span.source.lines
    line = lines[span.line] if span.line < len(lines) else ""
    end = span.end_column if span.end_line == span.line else len(line)
    start = max(0, span.column - _WIDEST_EXCERPT // 2) if len(line) > _WIDEST_EXCERPT else 0
    shown = "".join(c if c.isprintable() else " " for c in line[start : start + _WIDEST_EXCERPT])
    before = _width(shown[: span.column - start])
    marked = _width(shown[span.column - start : max(0, end - start)])
    return shown.rstrip(), before, max(1, marked)


def _width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in _WITHOUT_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
