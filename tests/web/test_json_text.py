"""Strict JSON: what is read, what is refused, and with which words."""

import json
import math
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from steelyard.diagnostics import FaultsError, render
from steelyard.reader import Limits
from steelyard.reader.json_text import read_json

FAULTS = {
    "[1 2]": "1:4 expected `,` or `]`, got `2`",
    '{"a" 1}': "1:6 expected `:`, got `1`",
    '{"a": }': "1:7 expected a value, got `}`",
    "{": "1:2 expected a key in double quotes or `}`, got the end of the text",
    "[": "1:2 expected a value or `]`, got the end of the text",
    '{"a": 1}}': "1:9 expected the end of the text, got `}`",
    "[1,,2]": "1:4 expected a value, got `,`",
    "[1,\n]": "2:1 expected a value, got `]` (take away the comma before it)",
    "[True]": "1:2 expected a value or `]`, got `True` (did you mean `true`?)",
    "[None]": "1:2 expected a value or `]`, got `None` (did you mean `null`?)",
    "nul": "1:1 expected a value, got `nul` (did you mean `null`?)",
    "infinity": "1:1 expected a value, got `infinity` (there is no such number in JSON)",
    "[01]": "1:2 expected a value or `]`, got `01` (numbers are written like `1`, `-2.5` or `1e3`)",
    "[+1]": "1:2 expected a value or `]`, got `+1` (numbers are written like `1`, `-2.5` or `1e3`)",
    "[.5]": "1:2 expected a value or `]`, got `.5` (numbers are written like `1`, `-2.5` or `1e3`)",
    "# no": "1:1 expected a value, got `#` (there are no comments in JSON)",
    "[1 /* one */]": "1:4 expected `,` or `]`, got `/*` (there are no comments in JSON)",
    "['a']": "1:2 expected a value or `]`, got `'a'` (keys and texts stand in double quotes)",
    "\u00a01": "1:1 expected a value, got `\\xa0`",
    '"abc': "1:1 the string that starts here is not closed",
    '"abc\\': "1:5 `\\` starts no escape of JSON",
    '"a\\x41"': "1:3 `\\x` starts no escape of JSON",
    '"\\u12"': "1:2 `\\u` starts no escape of JSON",
    '"a\nb"': "1:3 the control character `\\n` must be escaped in a string (is the string closed?)",
    '"a\tb"': "1:3 the control character `\\t` must be escaped in a string",
    '{"a": {"b": 1, "\\u0062": 2}}': "1:16 the key `b` stands twice in one object (the first is on line 1)",
}


def told(text: str) -> str:
    """What is told of a faulty text: place, message and help of its first fault."""
    with pytest.raises(FaultsError) as caught:
        read_json(text.encode(), "body")
    first = caught.value.diagnostics[0]
    assert first.span is not None
    assert render(first).startswith("body:")
    help_ = f" ({first.help})" if first.help else ""
    return f"{first.span.line + 1}:{first.span.column + 1} {first.message}{help_}"


@pytest.mark.parametrize(("text", "expected"), FAULTS.items())
def test_fault(text: str, expected: str) -> None:
    """A fault is told with its place, with what would fit there, and with what was probably meant."""
    assert told(text) == expected


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
# Pieces of JSON in any order: often nearly JSON, seldom JSON, so that both sides of the line are met.
SCRAPS = st.lists(
    st.sampled_from(
        [
            *'{}[]:,"\\ \n',
            '"a"',
            '"b":',
            '{"a":',
            "1",
            "-0.5e3",
            "01",
            "true",
            "null",
            "NaN",
            "\\u00e4",
            "\x00",
            "x",
            "é",
        ]
    ),
    max_size=12,
).map("".join)


def as_the_standard_library_reads(text: str) -> Any:
    """The data, or the exception where the standard library, told to be strict, refuses."""

    def constant(name: str) -> Any:
        raise ValueError(name)

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(found)) < len(found):
            raise ValueError("a key stands twice")
        return dict(found)

    try:
        return json.loads(text, parse_constant=constant, object_pairs_hook=pairs)
    except ValueError as error:
        return error


@given(JSON_VALUES, st.sampled_from([None, 1]))
def test_what_is_written_is_read(value: Any, indent: int | None) -> None:
    """Whatever can be written as JSON is read as it was, in either form of its characters."""
    for escaped in (True, False):
        text = json.dumps(value, ensure_ascii=escaped, indent=indent)
        assert read_json(text.encode("utf-8", "surrogatepass" if escaped else "strict"), "body") == value


@given(st.one_of(SCRAPS, st.text()))
@example('{"a":1,"a":2')
@example("[" * 60)
@example('"\\')
def test_the_scanner_agrees_with_the_standard_library(text: str) -> None:
    """A text is refused just where the standard library refuses it, and always with a place in the text."""
    expected = as_the_standard_library_reads(text.removeprefix("\ufeff"))
    try:
        found = read_json(text.encode(), "body")
    except FaultsError as error:
        assert isinstance(expected, ValueError | RecursionError)
        for diagnostic in error.diagnostics:
            assert diagnostic.span is not None
            assert "from here on" not in diagnostic.message
    else:
        assert found == expected


def test_every_repeated_key_is_told() -> None:
    """All keys that stand twice are told at once, each with its path, also before a fault that ends all sense."""
    with pytest.raises(FaultsError) as caught:
        read_json(b'{"a": 1, "a": [0, {"b": 1, "b": 2}], "c": x}', "body")
    found = [(each.pointer, each.code.value) for each in caught.value.diagnostics]
    assert found == [("/a", "json/duplicate-key"), ("/a/1/b", "json/duplicate-key"), ("", "json/syntax")]


def test_no_more_faults_than_anybody_reads() -> None:
    """Of very many repeated keys, a hundred are told."""
    with pytest.raises(FaultsError) as caught:
        read_json(b'{"a": 0' + b', "a": 0' * 5_000 + b"}", "body")
    assert len(caught.value.diagnostics) == 100


@pytest.mark.parametrize(
    ("end", "code", "message"),
    [
        ("]]", "json/syntax", "from here on, the text is not JSON"),
        ('{"a": 1, "a": 2}]', "json/duplicate-key", "the key `a` stands twice in one object"),
        ("NaN]", "json/syntax", "`NaN` is not JSON"),
        ("9" * 5_000 + "]", "json/syntax", "a number has too many digits"),
        ("[" * 50, "json/too-deep", "objects and arrays are nested more than 50 deep"),
    ],
)
def test_a_fault_far_into_a_long_text(end: str, code: str, message: str) -> None:
    """In a text longer than is worth going over twice, a fault is still told for what it is."""
    with pytest.raises(FaultsError) as caught:
        read_json(("[" + "1," * 60_000 + end).encode(), "body")
    (fault,) = caught.value.diagnostics
    assert (fault.code.value, fault.message) == (code, message)


@pytest.mark.parametrize("bracket", ['{"a":', "["])
def test_depth(bracket: str) -> None:
    """Nesting up to the limit is read, and not one level more; brackets in strings do not count."""
    closer = "]" if bracket == "[" else "}"
    limits = Limits(depth=3)
    assert read_json((bracket * 3 + '"[[[[{{{{"' + closer * 3).encode(), "body", limits)
    with pytest.raises(FaultsError, match="nested more than 3 deep"):
        read_json((bracket * 4 + "1" + closer * 4).encode(), "body", limits)


def test_numbers() -> None:
    """Whole numbers stay exact, and what is too large for a machine's number is infinite, for its place to refuse."""
    assert read_json(b"[1, 12345678901234567890, -0.5, 1e3]", "body") == [1, 12345678901234567890, -0.5, 1000.0]
    assert read_json(b"1e999", "body") == math.inf
