"""Faults and how they are shown: codes, places, messages, suggestions."""

from steelyard.diagnostics.codes import Code, Severity
from steelyard.diagnostics.diagnostic import (
    Diagnostic,
    FaultsError,
    Path,
    fault,
    has_errors,
    in_order,
    strictly,
)
from steelyard.diagnostics.machine import to_json, to_sarif
from steelyard.diagnostics.source import Source, Span, span_at
from steelyard.diagnostics.suggest import closest, listing, quote, quote_path, suggestion
from steelyard.diagnostics.text import render, render_all, tally

__all__ = [
    "Code",
    "Diagnostic",
    "FaultsError",
    "Path",
    "Severity",
    "Source",
    "Span",
    "closest",
    "fault",
    "has_errors",
    "in_order",
    "listing",
    "quote",
    "quote_path",
    "render",
    "render_all",
    "span_at",
    "strictly",
    "suggestion",
    "tally",
    "to_json",
    "to_sarif",
]
