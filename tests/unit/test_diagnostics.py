"""Diagnostics: the caret under the very place, guesses at what was meant, and the forms for programs."""

import copy
import json
import pickle
import re
import unicodedata
from typing import Any
from urllib.parse import unquote

import pytest

from steelyard.diagnostics import (
    Code,
    Diagnostic,
    FaultsError,
    Severity,
    Source,
    Span,
    closest,
    fault,
    has_errors,
    in_order,
    listing,
    quote,
    quote_path,
    render,
    render_all,
    span_at,
    strictly,
    suggestion,
    tally,
    to_json,
    to_sarif,
)


def at(line: str, marked: str, name: str = "f.yaml") -> Diagnostic:
    """A fault of the marked part of a line, which stands as the second of a text."""
    column = line.index(marked)
    span = Span(Source(name, f"first\n{line}\nlast"), 1, column, 1, column + len(marked))
    return fault(Code.KEY_UNKNOWN, "unknown key", span=span)


def columns(text: str) -> int:
    """The columns that a terminal takes for the text, by the standard library's tables."""
    widths = [2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text]
    marks = [unicodedata.category(each) in ("Mn", "Me") for each in text]
    return sum(width for width, mark in zip(widths, marks, strict=True) if not mark)


LINES = [
    ("when: {target: android}", "target"),
    ("{日本語: 1, 中: 2}", "中"),
    ("{日本語: 1, 中: 2}", "日本語"),
    ("title: 🎉🎉 party: x", "party"),
    ("name: e\u0301te\u0301, zone: 1", "zone"),
    ("name: ❤\ufe0f, zone: 1", "zone"),
    ("name: กำ ค่ำ, zone: 1", "zone"),
    ("\tkey:\tvalue", "value"),
    ("a\x1b[31m: bad", "bad"),
    ("\uff26\uff35\uff2c\uff2c: half", "half"),
    ("한국어: x", "x"),
]


@pytest.mark.parametrize(("line", "marked"), LINES)
def test_the_caret_stands_under_the_place(line: str, marked: str) -> None:
    """The carets begin and end under the marked part, as wide as a terminal shows it, one for a single character."""
    head, shown, carets = render(at(line, marked)).split("\n")
    assert head.startswith(f"f.yaml:2:{line.index(marked) + 1}: error[key/unknown]: ")
    assert carets.index("^") == columns(shown[: shown.index(marked)])
    assert carets.count("^") == columns(marked)


@pytest.mark.parametrize("before", [0, 30, 59, 60, 61, 119, 120, 5000])
@pytest.mark.parametrize("after", [0, 30, 5000])
@pytest.mark.parametrize("length", [1, 20, 900])
def test_long_lines_are_cut_around_the_place(before: int, after: int, length: int) -> None:
    """Of a long line a part is shown that holds the place, with the carets under it."""
    marked = "w" * length
    _, shown, carets = render(at("." * before + marked + "." * after, marked)).split("\n")
    assert len(shown) <= 130
    assert len(carets) <= 130
    assert shown[carets.index("^")] == "w"
    assert shown[carets.index("^") - 1] in ". "
    assert set(shown[carets.index("^") : carets.rindex("^") + 1]) == {"w"}


@pytest.mark.parametrize(
    ("span", "carets"),
    [
        ((0, 0, 0, 5), "^^^^^"),
        ((0, 2, 1, 1), "  ^^^"),
        ((0, 5, 0, 5), "     ^"),
        ((0, 5, 0, 6), "     ^"),
        ((2, 0, 2, 0), "^"),
        ((7, 0, 7, 0), "^"),
    ],
)
def test_odd_spans(span: tuple[int, int, int, int], carets: str) -> None:
    """A span of no width, behind the line, over several lines or behind the text still gets a caret."""
    found = fault(Code.YAML_SYNTAX, "broken", span=Span(Source("f", "first\nlast\n"), *span))
    assert render(found).split("\n")[2].partition("| ")[2] == carets


def test_without_a_place() -> None:
    """A fault that has no place in a text is told with its pointer, or alone, and its help on a line of its own."""
    assert render(fault(Code.FILE_EMPTY, "it is empty")) == "error[file/empty]: it is empty"
    found = fault(Code.NEED_UNUSED, "unused", ("needs", "a/b~c", 0), help="remove it")
    assert render(found) == "/needs/a~1b~0c/0: warning[need/unused]: unused\n  help: remove it"


def test_names_and_keys_obey_no_terminal() -> None:
    """Control characters in file names and keys are shown escaped, so that no text can steer a terminal."""
    hostile = "a\x1b[31m\n\u202e\udcff"
    found = at("key: 1", "key", name=hostile)
    pointed = fault(Code.KEY_UNKNOWN, "unknown", (hostile,))
    for text in (render(found), render(pointed), str(FaultsError([pointed])), quote(hostile), quote_path(hostile)):
        assert all(each.isprintable() for each in text.replace("\n", "", 2))
        text.encode()


def test_many_faults_are_shortened() -> None:
    """Of more than a hundred faults the first hundred are written, and how many more there are."""
    text = render_all([fault(Code.KEY_UNKNOWN, f"number {n}") for n in range(130)])
    assert text.count("\n") == 100
    assert text.endswith("number 99\n… and 30 more")


@pytest.mark.parametrize(
    ("errors", "warnings", "words"),
    [(0, 0, "no faults"), (1, 0, "1 error"), (2, 1, "2 errors and 1 warning"), (0, 3, "3 warnings")],
)
def test_tally(errors: int, warnings: int, words: str) -> None:
    """Errors and warnings are counted in words."""
    found = [fault(Code.KEY_UNKNOWN, "x")] * errors + [fault(Code.NEED_UNUSED, "x")] * warnings
    assert tally(found) == words
    assert has_errors(found) == bool(errors)
    assert has_errors(strictly(found)) == bool(found)


def test_faults_are_sorted_by_place_and_told_once() -> None:
    """Faults stand in the order of files, lines, columns and codes; the same fault of the same place is told once."""
    one, two = Source("a.yaml", "x\ny\n"), Source("b.yaml", "x\n")
    place, later, other = Span(one, 0, 0, 0, 1), Span(one, 1, 0, 1, 1), Span(two, 0, 0, 0, 1)
    pathless = fault(Code.FILE_EMPTY, "empty")
    found = [
        fault(Code.KEY_UNKNOWN, "u", ("x",), span=other),
        fault(Code.KEY_UNKNOWN, "u", ("b", 10), span=later),
        fault(Code.KEY_MISSING, "m", ("b", 9), span=later),
        fault(Code.KEY_UNKNOWN, "u", ("a",), span=place),
        fault(Code.KEY_UNKNOWN, "u", ("c",), span=place),
        pathless,
    ]
    first, *rest = in_order(found + found)
    assert first is pathless
    assert [(each.path, each.code) for each in rest] == [
        (("a",), Code.KEY_UNKNOWN),
        (("b", 9), Code.KEY_MISSING),
        (("b", 10), Code.KEY_UNKNOWN),
        (("x",), Code.KEY_UNKNOWN),
    ]
    unplaced = [fault(Code.KEY_UNKNOWN, "u", ("a", place_)) for place_ in (10, 9)]
    assert [each.path for each in in_order(unplaced)] == [("a", 9), ("a", 10)]


def test_the_exception_tells_the_first_fault() -> None:
    """The exception's text is the first fault, where it is, its code, and how many more there are."""
    error = FaultsError([fault(Code.KEY_UNKNOWN, "second", ("b",)), fault(Code.KEY_MISSING, "first", ("a", 0))])
    assert str(error) == "first at /a/0 [key/missing] (and 1 more)"
    assert [each.pointer for each in error.under("x", 1)] == ["/x/1/a/0", "/x/1/b"]
    assert pickle.loads(pickle.dumps(error)).diagnostics == error.diagnostics  # noqa: S301  our own bytes
    assert copy.copy(error).diagnostics == error.diagnostics


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a", "`a`"),
        ("", "``"),
        ("a`b", "`a'b`"),
        ("a\nb\t\x00", "`a\\nb\\t\\x00`"),
        ("\ud800\u202e\u200b", "`\\ud800\\u202e\\u200b`"),
        ("x" * 60, f"`{'x' * 60}`"),
        ("x" * 61, f"`{'x' * 59}…`"),
        (5, "`5`"),
    ],
)
def test_quoting(text: object, shown: str) -> None:
    """User text stands between backticks, on one line, escaped and shortened."""
    assert quote(text) == shown


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("target", ["targets", "deployment"], "targets"),
        ("TARGETS", ["targets"], "targets"),
        ("team-size", ["team_size"], "team_size"),
        ("androi", ["ios", "android", "web"], "android"),
        ("xyz", ["targets", "deployment"], None),
        ("", ["a"], None),
        ("a", [], None),
        ("x" * 10_000, ["x" * 60], "x" * 60),
        ("target", [f"x{n:04d}" for n in range(1200)] + ["target"], None),
    ],
)
def test_guessing(name: str, known: list[str], meant: str | None) -> None:
    """What was probably meant is found among the first thousand known names, whatever its case and joints."""
    assert closest(name, known) == meant


@pytest.mark.parametrize(
    ("known", "help_"),
    [
        ([], None),
        (["targets"], "did you mean `targets`?"),
        (["zzz"], "the only one is `zzz`"),
        (["xx", "yy"], "one of `xx` or `yy`"),
        (list("abcdefg"), "one of `a`, `b`, `c`, `d`, `e` or 2 more"),
    ],
)
def test_suggestions(known: list[str], help_: str | None) -> None:
    """The help for an unknown name is the nearest known one, or else at most five of them."""
    assert suggestion("target", known) == help_


def test_listing() -> None:
    """Names are listed as a person would, with a word of choice."""
    assert [listing(names, word="and") for names in ([], ["a"], ["a", "b", "c"])] == ["", "`a`", "`a`, `b` and `c`"]


@pytest.mark.parametrize(
    ("offset", "line", "column"),
    [(0, 0, 0), (2, 0, 2), (3, 1, 0), (6, 2, 0), (7, 2, 1), (8, 3, 0), (10, 4, 0), (11, 5, 0)],
)
def test_places_of_offsets(offset: int, line: int, column: int) -> None:
    """An offset in a text is a line and a column, counted by all line breaks of YAML."""
    span = span_at(Source("f", "ab\ncd\rX\x85\r\n\u2028e"), offset)
    assert (span.line, span.column) == (line, column)


def test_json() -> None:
    """One fault as JSON: code, severity, message, help, pointer, and the place counted from 1, or null."""
    assert to_json(fault(Code.NEED_UNUSED, "unused", ("needs", "a"))) == {
        "code": "need/unused",
        "severity": "warning",
        "message": "unused",
        "help": None,
        "pointer": "/needs/a",
        "place": None,
    }
    place = {"file": "f.yaml", "line": 2, "column": 4, "end_line": 2, "end_column": 5}
    assert to_json(at("{日本: 1}", ":"))["place"] == place


def sarif(found: list[Diagnostic]) -> dict[str, Any]:
    """The one run of a SARIF log, after the way through JSON text."""
    log = json.loads(json.dumps(to_sarif(found, tool_version="1.2")))
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_sarif() -> None:
    """The log has what SARIF 2.1.0 demands: a named tool, described rules, and results that point at them."""
    strict = strictly([fault(Code.NEED_UNUSED, "unused", help="remove it")])
    run = sarif([at("{日本: 1}", "日本"), *strict, fault(Code.NEED_UNUSED, "unused")])
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"], run["columnKind"]) == ("steelyard", "1.2", "unicodeCodePoints")
    assert [rule["id"] for rule in driver["rules"]] == [code.value for code in Code]
    for rule in driver["rules"]:
        assert re.fullmatch(r"[A-Z].*\.", rule["shortDescription"]["text"])
        assert rule["defaultConfiguration"]["level"] in ("error", "warning")
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning"]
    assert run["results"][1]["message"] == {"text": "unused (help: remove it)"}
    assert "locations" not in run["results"][1]
    (location,) = run["results"][0]["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "f.yaml"},
        "region": {"startLine": 2, "startColumn": 2, "endLine": 2, "endColumn": 4},
    }


@pytest.mark.parametrize("name", ["a b.yaml", "ä/ö.yaml", "c:d.yaml", "x\ny?#%.yaml", "bad-\udcff-bytes.yaml"])
def test_addresses_in_sarif(name: str) -> None:
    """A file's address in SARIF is a valid URI of its name, even of a name that is not UTF-8."""
    (result,) = sarif([at("key: 1", "key", name=name)])["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
    assert unquote(uri, errors="surrogateescape") == name


def test_every_code_is_described() -> None:
    """Codes are an area and a name, each with a meaning in one sentence."""
    for code in Code:
        assert re.fullmatch(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*", code.value)
        assert re.fullmatch(r"[A-Z][^\n]*[^.]\.", code.meaning)
        assert isinstance(code.severity, Severity)
