"""The readers of single values, lists and mappings: what each place takes, and what it says of the rest."""

import enum
import re
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import yaml

from steelyard.diagnostics import Code, FaultsError
from steelyard.reader import MOST_FAULTS, PlainText
from steelyard.shape import (
    PartlyReadError,
    Shape,
    Value,
    address,
    day,
    entries,
    flag,
    identifier,
    kind_of,
    listed,
    need_identifier,
    nested,
    number,
    optional,
    read_shape,
    text,
    weight,
    whole_number,
    with_text_keys,
    word,
)
from tests.unit.samples import faults_of, told

P = PlainText
Reader = Callable[[Any], Any]
DAY = date(2020, 2, 29)


class Colour(str, enum.Enum):  # noqa: UP042  the older way, whose `str()` is not the text it equals
    """Texts by name, as many programs hold them."""

    RED = "red"


class OddInt(int):
    """A number that writes itself as something else."""

    def __repr__(self) -> str:
        return "odd"


def words(value: Any) -> int:
    """One of two words."""
    return word(value, {"good": 1, "bad": 2}, "a mark")


TAKEN: list[tuple[Reader, Any, Any]] = [
    (text, P("no"), "no"),
    (text, P("12:30"), "12:30"),
    (text, P("1e3"), "1e3"),
    (text, "null", "null"),
    (text, "  a \n b\t", "a b"),
    (text, "日本語 🎉", "日本語 🎉"),
    (text, Colour.RED, "red"),
    (identifier, P("2020-01-01"), "2020-01-01"),
    (identifier, P("no"), "no"),
    (identifier, Colour.RED, "red"),
    (identifier, "a" * 100, "a" * 100),
    (need_identifier, "team_size", "team_size"),
    (need_identifier, P("1"), "1"),
    (flag, True, True),
    (flag, P("true"), True),
    (flag, P("True"), True),
    (flag, P("yes"), True),
    (flag, P("no"), False),
    (number, 5, 5),
    (number, 5.0, 5),
    (number, -0.0, 0),
    (number, 0.1, 0.1),
    (number, Decimal("2.50"), 2.5),
    (number, OddInt(7), 7),
    (number, P("-0"), 0),
    (number, P("+5"), 5),
    (number, P("1e3"), 1000),
    (number, P("0.25"), 0.25),
    (number, P("0e99999999999999999999"), 0),
    (number, 10**15, 10**15),
    (whole_number, P("540"), 540),
    (whole_number, 3.0, 3),
    (weight, P("0.001"), Decimal("0.001")),
    (weight, P("1e-3"), Decimal("0.001")),
    (weight, P("1000.0000"), Decimal(1000)),
    (weight, 1000, Decimal(1000)),
    (weight, 2.125, Decimal("2.125")),
    (day, P("2020-02-29"), DAY),
    (day, "2020-02-29", DAY),
    (day, DAY, DAY),
    (address, "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
    (address, "HTTP://example.org", "HTTP://example.org"),
    (words, P("bad"), 2),
    (optional(text), P("~"), None),
    (optional(text), None, None),
]

REFUSED: list[tuple[Reader, Any, Code, str]] = [
    (text, None, Code.VALUE_WRONG_TYPE, "expected a text, got nothing"),
    (text, P(""), Code.VALUE_WRONG_TYPE, "expected a text, got nothing"),
    (text, 5, Code.VALUE_WRONG_TYPE, "expected a text, got a number"),
    (text, b"a", Code.VALUE_WRONG_TYPE, "expected a text, got a value of type `bytes`"),
    (text, " \n ", Code.VALUE_EMPTY, "the text is empty"),
    (text, "a\x00b", Code.VALUE_CONTROL_CHARACTER, "the text holds the control character `\\x00`"),
    (text, "a\x9bb", Code.VALUE_CONTROL_CHARACTER, "the text holds the control character `\\x9b`"),
    (text, "\ud800", Code.VALUE_CONTROL_CHARACTER, "the text holds the control character `\\ud800`"),
    (identifier, "", Code.VALUE_BAD_ID, "`` is not an id of lower-case letters, digits and single `-`"),
    (identifier, "a\n", Code.VALUE_BAD_ID, "`a\\n` is not an id of lower-case letters, digits and single `-`"),
    (identifier, "é", Code.VALUE_BAD_ID, "`é` is not an id of lower-case letters, digits and single `-`"),
    (identifier, 5, Code.VALUE_WRONG_TYPE, "expected an id, got a number"),
    (need_identifier, "any", Code.VALUE_BAD_ID, "`any` is a word of conditions and cannot be a need"),
    (flag, "true", Code.VALUE_WRONG_TYPE, "expected true or false, got the text `true`"),
    (flag, 1, Code.VALUE_WRONG_TYPE, "expected true or false, got a number"),
    (flag, P("on"), Code.VALUE_WRONG_TYPE, "expected true or false, got `on`"),
    (number, True, Code.VALUE_WRONG_TYPE, "expected a number, got a flag"),
    (number, "5", Code.VALUE_WRONG_TYPE, "expected a number, got the text `5`"),
    (number, Fraction(1, 3), Code.VALUE_WRONG_TYPE, "expected a number, got a value of type `fractions.Fraction`"),
    (number, float("nan"), Code.VALUE_OUT_OF_RANGE, "`nan` is not a finite number"),
    (number, float("-inf"), Code.VALUE_OUT_OF_RANGE, "`-inf` is not a finite number"),
    (number, Decimal("sNaN"), Code.VALUE_OUT_OF_RANGE, "`sNaN` is not a finite number"),
    (number, P("1e999"), Code.VALUE_OUT_OF_RANGE, "`1e999` is beyond the largest number, 1,000,000,000,000,000"),
    (number, P(f"1e{'9' * 30}"), Code.VALUE_OUT_OF_RANGE, "beyond the largest number"),
    (number, Decimal("1e999999"), Code.VALUE_OUT_OF_RANGE, "beyond the largest number"),
    (number, -(10**15) - 1, Code.VALUE_OUT_OF_RANGE, "beyond the largest number"),
    (number, 10**41, Code.VALUE_OUT_OF_RANGE, "the number has more than 40 digits"),
    (number, P("1" * 41), Code.VALUE_OUT_OF_RANGE, "the number has more than 40 digits"),
    (number, P("1e-400"), Code.VALUE_TOO_FINE, "`1e-400` is too close to 0"),
    (number, P(f"-1e-{'9' * 30}"), Code.VALUE_TOO_FINE, "is too close to 0"),
    (whole_number, P("1.5"), Code.VALUE_WRONG_TYPE, "expected a whole number, got `1.5`"),
    (whole_number, -1, Code.VALUE_OUT_OF_RANGE, "-1 is below 0"),
    (weight, 0, Code.VALUE_OUT_OF_RANGE, "`0` is not above 0 and at most 1000"),
    (weight, P("-0"), Code.VALUE_OUT_OF_RANGE, "`-0` is not above 0 and at most 1000"),
    (weight, P("1000.001"), Code.VALUE_OUT_OF_RANGE, "`1000.001` is not above 0 and at most 1000"),
    (weight, P("0.0005"), Code.VALUE_TOO_FINE, "`0.0005` has more than three decimals"),
    (weight, P(f"1.{'0' * 30}1"), Code.VALUE_TOO_FINE, "has more than three decimals"),
    (weight, P("1e-1000030"), Code.VALUE_TOO_FINE, "`1e-1000030` is too close to 0"),
    (weight, 0.1 + 0.2, Code.VALUE_TOO_FINE, "has more than three decimals"),
    (day, P("2020-02-30"), Code.VALUE_BAD_DATE, "`2020-02-30` is not a day of the calendar"),
    (day, P("0000-01-01"), Code.VALUE_BAD_DATE, "`0000-01-01` is not a day of the calendar"),
    (day, "20200101", Code.VALUE_BAD_DATE, "`20200101` is not a date"),
    (day, "2020-1-1", Code.VALUE_BAD_DATE, "`2020-1-1` is not a date"),
    (day, datetime(2020, 1, 1, tzinfo=UTC), Code.VALUE_WRONG_TYPE, "expected a date, got a day with a time"),
    (day, 20200101, Code.VALUE_WRONG_TYPE, "expected a date, got a number"),
    (address, "ftp://example.org", Code.VALUE_BAD_ADDRESS, "is not an address that starts with http"),
    (address, "https://", Code.VALUE_BAD_ADDRESS, "is not an address that starts with http"),
    (address, "http://[::1", Code.VALUE_BAD_ADDRESS, "is not an address that starts with http"),
    (address, "https://a b", Code.VALUE_BAD_ADDRESS, "is not an address that starts with http"),
    (words, "god", Code.VALUE_UNKNOWN_WORD, "`god` is not a mark"),
    (words, ["good"], Code.VALUE_WRONG_TYPE, "expected a mark, got a list"),
]

LISTS: list[tuple[Any, list[str]]] = [
    (["a", "b"], []),
    (("a",), []),
    ({"b", "a"}, []),
    ([], []),
    (["a", "b", "a"], ["value/repeated /2"]),
    (["A", 5, "a"], ["value/bad-id /0", "value/wrong-type /1"]),
    ([None, ["a"]], ["value/wrong-type /0", "value/wrong-type /1"]),
    ({"B", "a", "C"}, ["value/bad-id /0", "value/bad-id /1"]),
    ("a", ["value/wrong-type "]),
    (b"a", ["value/wrong-type "]),
    ({"a": 1}, ["value/wrong-type "]),
    (iter("a"), ["value/wrong-type "]),
    (None, ["value/wrong-type "]),
    (["A"] * (MOST_FAULTS + 5), [f"value/bad-id /{place}" for place in range(MOST_FAULTS)]),
]


@pytest.mark.parametrize(("read", "value", "expected"), TAKEN)
def test_a_value_is_taken(read: Reader, value: Any, expected: Any) -> None:
    """Each reader takes what its place takes, and gives it in one exact type."""
    found = read(value)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(("read", "value", "code", "message"), REFUSED)
def test_a_value_is_refused(read: Reader, value: Any, code: Code, message: str) -> None:
    """Each reader refuses the rest with one fault, whose message says what was wanted and what was there."""
    with pytest.raises(FaultsError) as caught:
        read(value)
    assert [found.code for found in caught.value.diagnostics] == [code]
    assert message in caught.value.diagnostics[0].message


@pytest.mark.parametrize(
    "written",
    [
        ".nan",
        ".inf",
        "-.inf",
        "nan",
        "0x10",
        "0o7",
        "1_000",
        "010",
        "1.",
        ".5",
        "12:30",
        "½",
        "\u0661",
        "1e",
        "--1",
        "1 0",
    ],
)
def test_what_looks_like_a_number_elsewhere(written: str) -> None:
    """Only numbers as JSON writes them (and a plus) are numbers; nothing is guessed from other notations."""
    with pytest.raises(FaultsError, match=re.escape(f"expected a number, got `{written}`")):
        number(P(written))


@pytest.mark.parametrize("sign", [1, -1])
def test_a_number_that_python_itself_refuses_to_write(sign: int) -> None:
    """An integer of thousands of digits, of which Python makes no text, is refused like any other long number."""
    with pytest.raises(FaultsError, match="more than 40 digits"):
        number(sign * 10**5000)


@pytest.mark.parametrize(
    ("read", "value", "help_"),
    [
        (identifier, "Team Size", "perhaps `team-size`"),
        (need_identifier, "team-size", "perhaps `team_size`"),
        (identifier, "日本語", None),
        (flag, "no", "write `false` without quotes"),
        (number, "5", "write it without quotes"),
        (number, "five", None),
        (words, "god", "did you mean `good`?"),
        (words, "???", "one of `good` or `bad`"),
        (words, None, "one of `good` or `bad`"),
        (lambda value: listed(value, text), P("a"), "write it as `[a]`"),
        (lambda value: listed(value, text), P(""), None),
        (lambda value: listed(value, text), "a\nb", 'write it as `["a\\nb"]`'),
    ],
)
def test_a_likely_mend_is_told(read: Reader, value: Any, help_: str | None) -> None:
    """Where a mend is likely, the help says it, on one line."""
    with pytest.raises(FaultsError) as caught:
        read(value)
    assert caught.value.diagnostics[0].help == help_


@pytest.mark.parametrize(("value", "faults"), LISTS)
def test_lists(value: Any, faults: list[str]) -> None:
    """A list is read item by item; every item's fault is told with its position, up to a thousand of them."""
    assert faults_of(lambda: listed(value, identifier)) == faults
    if not faults:
        assert listed(value, identifier) == tuple(sorted(value))


def test_a_list_that_must_hold_something() -> None:
    """An empty list is refused where something must be listed."""
    with pytest.raises(FaultsError) as caught:
        listed([], identifier, empty=False)
    assert told(caught.value.diagnostics) == ["value/empty "]


def test_keys_become_texts() -> None:
    """Keys that a careless YAML reader made numbers or days are the texts that were written; others are refused."""
    data = {"a": 1, 2: 2, DAY: 3, Colour.RED: 4, "2": 5, None: 6, True: 7, 1.5: 8, (1,): 9}
    sound, faults = with_text_keys(data)
    assert sound == {"a": 1, "2": 2, "2020-02-29": 3, "red": 4}
    assert [type(key) for key in sound] == [str] * 4
    assert told(faults) == ["yaml/duplicate-key /2", *["yaml/key-not-text "] * 4]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "nothing"),
        (P("null"), "nothing"),
        ("null", "the text `null`"),
        (P("a" * 100), f"`{'a' * 59}…`"),
        ({}, "a mapping"),
        (frozenset[str](), "a list"),
        (Decimal(1), "a number"),
        (DAY, "a date"),
        (object(), "a value of type `object`"),
        (Fraction(1), "a value of type `fractions.Fraction`"),
    ],
)
def test_kinds_in_words(value: Any, kind: str) -> None:
    """Messages call values by the words of people who write YAML or JSON."""
    assert kind_of(value) == kind


class Pet(Shape):
    """A mapping to read."""

    noun = "a pet"
    name = Value(text, required=True)
    age = Value(number)
    tags = Value(lambda value: listed(value, identifier))


SHAPES: list[tuple[Any, dict[str, Any], list[str]]] = [
    ({"name": "Rex", "age": 3}, {"name": "Rex", "age": 3}, []),
    (OrderedDict(name="Rex"), {"name": "Rex"}, []),
    ({"age": 3}, {"age": 3}, ["key/missing /name"]),
    ({"name": None, "age": None}, {}, ["value/wrong-type /age", "value/wrong-type /name"]),
    ({"name": "Rex", "colour": 1, "size": 2}, {"name": "Rex"}, ["key/unknown /colour", "key/unknown /size"]),
    ({"nmae": "Rex"}, {}, ["key/unknown /nmae"]),
    ({"colour": "red"}, {}, ["key/missing /name", "key/unknown /colour"]),
    ({"name": "Rex", 5: 1, None: 2}, {"name": "Rex"}, ["key/unknown /5", "yaml/key-not-text "]),
    ({"name": "Rex", "_schema": 1, "a.b": 2}, {"name": "Rex"}, ["key/unknown /_schema", "key/unknown /a.b"]),
    ({"name": "Rex", "tags": ["a", "B"]}, {"name": "Rex"}, ["value/bad-id /tags/1"]),
    (["name"], {}, ["value/wrong-type "]),
    (None, {}, ["value/wrong-type "]),
    (P("name"), {}, ["value/wrong-type "]),
]


@pytest.mark.parametrize(("data", "sound", "faults"), SHAPES)
def test_shapes(data: Any, sound: dict[str, Any], faults: list[str]) -> None:
    """A mapping gives its sound fields and every fault with its path; a misspelt key is not also a missing one."""
    found, diagnostics = read_shape(Pet(), data)
    assert found == sound
    assert sorted(told(diagnostics)) == faults


def test_a_mapping_of_many_unknown_keys() -> None:
    """Of more than a thousand unknown keys the first thousand are told, the same ones on every run."""
    _, diagnostics = read_shape(Pet(), {"name": "Rex", **{f"k{n:05d}": n for n in range(MOST_FAULTS + 50)}})
    assert told(diagnostics) == [f"key/unknown /k{n:05d}" for n in range(MOST_FAULTS)]


def test_entries_keep_what_is_sound() -> None:
    """Faults in entries are told by key or by body, and what could be read of them stays known."""
    read = entries(identifier, nested(Pet()), "pets")
    with pytest.raises(PartlyReadError) as caught:
        read({"Rex": {"name": "Rex"}, "tom": {"nam": "Tom", "age": 4}, "kit": []})
    assert told(caught.value.diagnostics) == ["value/bad-id /Rex", "value/wrong-type /kit", "key/unknown /tom/nam"]
    assert caught.value.diagnostics[0].at_key
    assert caught.value.sound == {"Rex": {"name": "Rex"}, "tom": {"age": 4}, "kit": {}}


def test_what_safe_load_makes_of_a_text() -> None:
    """Data that another YAML reader typed is taken where it still means what was written."""
    data = yaml.safe_load("{name: Rex, age: 1e3}")
    assert read_shape(Pet(), data)[1][0].message == "expected a number, got the text `1e3`"
    assert read_shape(Pet(), yaml.safe_load("{name: Rex, age: 1_000}"))[0]["age"] == 1000
