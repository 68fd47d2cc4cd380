"""Diagnostics for programs: as JSON, and as SARIF 2.1.0 for code hosts and editors."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote as percent_encoded

from steelyard.diagnostics.codes import Code, Severity
from steelyard.diagnostics.diagnostic import Diagnostic


def to_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """One diagnostic as JSON data; lines and columns count from 1, the end column is exclusive."""
    span = diagnostic.span
    place = span and {
        "file": span.source.name,
        "line": span.line + 1,
        "column": span.column + 1,
        "end_line": span.end_line + 1,
        "end_column": span.end_column + 1,
    }
    return {
        "code": diagnostic.code.value,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "pointer": diagnostic.pointer,
        "place": place,
    }


def to_sarif(diagnostics: Iterable[Diagnostic], *, tool_version: str) -> dict[str, Any]:
    """The diagnostics as a SARIF 2.1.0 log with one run; every code is described as a rule of the tool."""
    codes = list(Code)
    driver = {
        "name": "steelyard",
        "version": tool_version,
        "rules": [
            {
                "id": code.value,
                "shortDescription": {"text": code.meaning},
                "defaultConfiguration": {"level": code.severity.value},
            }
            for code in codes
        ],
    }
    results = [_sarif_result(diagnostic, codes.index(diagnostic.code)) for diagnostic in diagnostics]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }


def _sarif_result(diagnostic: Diagnostic, rule_index: int) -> dict[str, Any]:
    text = diagnostic.message + (f" (help: {diagnostic.help})" if diagnostic.help else "")
    level = "error" if diagnostic.severity is Severity.ERROR else "warning"
    result: dict[str, Any] = {
        "ruleId": diagnostic.code.value,
        "ruleIndex": rule_index,
        "level": level,
        "message": {"text": text},
    }
    span = diagnostic.span
    if span:
        region = {
            "startLine": span.line + 1,
            "startColumn": span.column + 1,
            "endLine": span.end_line + 1,
            "endColumn": span.end_column + 1,
        }
        # A name that is not UTF-8 is encoded by the bytes that it has in the file system.
        artifact = {"uri": percent_encoded(span.source.name.replace("\\", "/"), errors="surrogateescape")}
        result["locations"] = [{"physicalLocation": {"artifactLocation": artifact, "region": region}}]
    return result
