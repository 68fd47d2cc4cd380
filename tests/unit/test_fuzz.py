"""Random input: whatever is handed over, only `FaultsError` comes back, and every fault is well told.

A ruleset or a request is spoilt at random places, as data and as text. What is still sound must work as a whole.
"""

import enum
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard import Ruleset, Stack
from steelyard.casefile import coverage_of, report_text, run_cases
from steelyard.diagnostics import Diagnostic, FaultsError, Severity, render_all, to_json, to_sarif
from steelyard.library import Checked, check_data, check_path, check_text
from steelyard.reader import PlainText
from steelyard.stack import CheckedStack, Rulesets, check_stack_data
from tests.stacks import DAY, RULESETS, STACK
from tests.unit.samples import Keys, sample

TEXT = str(sample()).replace("True", "true")
BLOCKS = """\
ruleset:
  id: pets
  title: Which pet?
  version: "1"
needs:
  garden: {question: &q Is there a garden?, type: flag}
  hours:
    question: *q
    type: number
    minimum: 0
    maximum: 24
candidates: {dog: {name: Dog}, cat: {name: Cat}}
criteria:
  home: Home
evidence:
  survey: {title: A survey, published: 2024-05-01, url: "https://example.org/pets"}
rules:
  outdoors:
    criterion: home
    title: |
      Likes to be
      outdoors
    when: {garden: true, not: {hours: {at_least: 6}}}
    ratings:
      dog: {rating: excellent, because: Dogs run., evidence: [survey]}
      cat:
        2019-10-10: fair
        2024-01-01: {rating: good, because: 'Cats roam.', evidence: [survey]}
cases:
  it: {requirements: {garden: true, hours: {value: 3, importance: must}}, expect: {recommended: dog}}
"""


class Colour(enum.Enum):
    """Values that are no plain data."""

    RED = 1


WORDS = (
    "",
    " ",
    "x",
    "dog",
    "dgo",
    "garden",
    "hours",
    "survey",
    "all",
    "not",
    "null",
    "<<",
    "a/b~c",
    "e\u0301\u202e\n",
)
SCALARS: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2.5, -0.0, 1e300, 1e-300, 10**50, float("nan"), float("inf")),
    *(Decimal("0.1"), Decimal("sNaN"), Decimal("1e9999999"), Fraction(1, 3), 1j, b"x", Colour.RED, object(), int),
    *(date(2020, 2, 29), date.max, datetime(2020, 1, 1, tzinfo=UTC), "2020-02-30", "1e999", "9" * 50, "\ud800", "\x00"),
    *map(PlainText, ("~", "yes", "1e999", "1e-999999999", "1.00001", ".nan", "010", "2020-13-01", "excellent")),
    *WORDS,
)
KEYS: tuple[Any, ...] = (*WORDS, None, True, 5, 2.5, date(2020, 2, 29), (1, (2,)), "value", "rating", "at_least", "any")

scalars = st.sampled_from(SCALARS)
keys = st.sampled_from(KEYS)
values = st.recursive(
    scalars,
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(keys, parts, max_size=3)
        | st.lists(parts, max_size=2).map(tuple)
        | st.frozensets(st.sampled_from(WORDS), max_size=2)
    ),
    max_leaves=6,
)


def places(data: Any, before: Keys = ()) -> Iterator[Keys]:
    """Where there is something in the data, the data itself left out."""
    parts: Sequence[tuple[Any, Any]] = ()
    if isinstance(data, dict):
        parts = list(data.items())
    elif isinstance(data, list):
        parts = list(enumerate(data))
    for step, part in parts:
        yield (*before, step)
        yield from places(part, (*before, step))


def at(data: Any, place: Keys) -> Any:
    """What stands at the place."""
    for step in place:
        data = data[step]
    return data


@st.composite
def spoilt(draw: st.DrawFn, data: Any) -> Any:
    """The data with from one to three places replaced, removed, copied elsewhere, renamed or added to."""
    data = deepcopy(data)
    for _ in range(draw(st.integers(1, 3))):
        *to_holder, step = draw(st.sampled_from(list(places(data))))
        holder = at(data, tuple(to_holder))
        match draw(st.sampled_from(("replace", "replace", "remove", "copy", "rename", "add"))):
            case "replace":
                holder[step] = draw(values)
            case "remove":
                del holder[step]
            case "copy":
                holder[step] = deepcopy(at(data, draw(st.sampled_from(list(places(data))))))
            case "rename" if isinstance(holder, dict):
                holder[draw(keys)] = holder.pop(step)
            case _ if isinstance(holder[step], dict):
                holder[step][draw(keys)] = draw(values)
            case _:
                holder[step] = [holder[step], draw(values)]
        if not data:
            return data
    return data


def assert_well_told(diagnostics: Sequence[Diagnostic]) -> None:
    """Every fault has one line of printable text in lower case, stands once, and has its place within the text."""
    assert len({(each.code, each.pointer, each.message, each.span) for each in diagnostics}) == len(diagnostics)
    for found in diagnostics:
        for text in (found.message, found.help or "x"):
            assert text.isprintable()
            assert not text[0].isupper()
            assert not text.endswith(".")
            assert len(text) < 400
        if found.span:
            assert_within_its_text(found)
    assert render_all(diagnostics).count("error[") <= 100
    to_sarif(diagnostics, tool_version="1")
    assert all(to_json(each)["code"] for each in diagnostics)


def assert_within_its_text(found: Diagnostic) -> None:
    """The span begins and ends in its text, or right behind a line of it, and ends after it begins."""
    assert found.span is not None
    span, lines = found.span, found.span.source.lines
    assert (span.line, span.column) <= (span.end_line, span.end_column)
    assert span.column <= len(lines[span.line])
    assert span.end_column <= len(lines[span.end_line]) + 1


def assert_works_or_is_told(checked: Checked) -> None:
    """Either there are errors, all of them well told, or the ruleset answers, and its cases run."""
    assert_well_told(checked.diagnostics)
    errors = [each for each in checked.diagnostics if each.severity is Severity.ERROR]
    assert bool(errors) == (checked.ruleset is None)
    if checked.ruleset is not None:
        asked = Ruleset(checked.ruleset)
        asked.recommend({}, as_of="2024-01-01").to_json()
        results = run_cases(checked.ruleset, date(2024, 1, 1))
        report_text(results, coverage_of(checked.ruleset, results))


def assert_answers_or_is_told(ask: Callable[[], Any]) -> None:
    """Either the request is answered, or its faults are well told."""
    try:
        answer = ask()
    except FaultsError as error:
        told = error.diagnostics
    else:
        answer.to_json()
        told = ()
    assert_well_told(told)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(spoilt(sample()))
def test_spoilt_rulesets_as_data(data: Any) -> None:
    """A ruleset that is spoilt at a few places is refused with its faults told, or works."""
    assert_works_or_is_told(check_data(data))


@given(values)
def test_anything_as_a_ruleset(data: Any) -> None:
    """Any data at all is refused as a ruleset with its faults told."""
    checked = check_data(data)
    assert checked.ruleset is None
    assert_works_or_is_told(checked)


TOKENS = (
    *"{}[]:,-?&*!|>'\"%@`#~ \n\t\r\u2028\x85\x00\x1b\ud800\ufeff",
    *("é", "日本", "🎉", "e\u0301", "  ", "\n\n", "- ", "? ", ": ", "<<: ", "*q", "&q ", "!!str ", "---\n", "...\n"),
    *("null", "true", "1e999", "2020-01-01", '"\\u0000"', "any: ", "not: ", "ratings: ", "x" * 200),
)


@st.composite
def spoilt_texts(draw: st.DrawFn, text: str) -> str:
    """The text with up to five stretches of it removed, doubled or replaced."""
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from((0, 0, 1, 2, 10, 60))))
        middle = draw(st.sampled_from(("", text[start:end] * 2, *TOKENS)))
        text = text[:start] + middle + text[end:]
    return text


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(spoilt_texts(TEXT) | spoilt_texts(BLOCKS))
def test_spoilt_rulesets_as_text(text: str) -> None:
    """A text that is spoilt at a few places is refused, every fault with its place in the text, or works."""
    checked = check_text(text, "f.yaml")
    assert_works_or_is_told(checked)
    assert all(each.span or each.code.value.startswith("file/") for each in checked.diagnostics)


@given(st.lists(st.sampled_from(TOKENS), max_size=30).map("".join))
def test_anything_like_a_text(text: str) -> None:
    """A text of nothing but the marks of YAML is read, or refused with its faults told."""
    assert_works_or_is_told(check_text(text, "f.yaml"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text(max_size=30).map(lambda text: text.encode("utf-16")))
def test_any_bytes_in_a_file(tmp_path: Path, content: bytes) -> None:
    """A file of any bytes at all is refused as a ruleset with its faults told."""
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    assert_works_or_is_told(check_path(path))


SOUND = {
    "as_of": "2024-01-01",
    "requirements": {
        "garden": True,
        "home": {"value": "house", "importance": "must"},
        "allergies": ["fur", "hay"],
        "skill": "mid",
        "hours": 6,
    },
    "candidates": ["dog", "cat"],
}
ASKED = Ruleset.from_dict(sample())


@settings(max_examples=300)
@given(spoilt(SOUND))
def test_spoilt_requests(request_: Any) -> None:
    """A request that is spoilt at a few places is refused with its faults told, or answered."""
    assert_answers_or_is_told(lambda: ASKED.answer(request_))


@given(values, values)
def test_anything_as_a_request(request_: Any, requirements: Any) -> None:
    """Any data at all as a request, or as requirements, is refused with its faults told, or answered."""
    assert_answers_or_is_told(lambda: ASKED.answer(request_))
    assert_answers_or_is_told(lambda: ASKED.recommend(requirements))


@pytest.mark.parametrize("need", SOUND["requirements"])
@given(value=values)
def test_anything_as_an_answer(need: str, value: Any) -> None:
    """Any value at all as an answer to a need, bare or with an importance, is refused or taken."""
    answers = (value, {"value": value}, {"value": True, "importance": value})
    for requirements in ({need: answer} for answer in answers):
        assert_answers_or_is_told(partial(ASKED.recommend, requirements))


JOINED = [Checked(Ruleset.from_dict(each).model, (), name) for name, each in RULESETS.items()]


def assert_stack_works_or_is_told(checked: CheckedStack) -> None:
    """Either there are errors, all of them well told, or the stack answers."""
    assert_well_told(checked.diagnostics)
    assert bool(checked.diagnostics) == (checked.stack is None)
    if checked.stack is not None:
        Stack(checked.stack).recommend({}, as_of=DAY).to_json()


@settings(max_examples=300)
@given(spoilt(STACK))
def test_spoilt_stacks(data: Any) -> None:
    """A stack that is spoilt at a few places is refused with its faults told, or works."""
    assert_stack_works_or_is_told(check_stack_data(data, Rulesets(JOINED)))


@given(values)
def test_anything_as_a_stack(data: Any) -> None:
    """Any data at all is refused as a stack with its faults told."""
    assert_stack_works_or_is_told(check_stack_data(data, Rulesets(JOINED)))


STACKED = Stack(check_stack_data(STACK, Rulesets(JOINED)).required())
SOUND_OF_STACK = {
    "as_of": DAY,
    "requirements": {"garden": True, "hours": {"value": 6, "importance": "must"}, "pet": "cat"},
    "candidates": ["cat", "clinic"],
}


@given(spoilt(SOUND_OF_STACK))
def test_spoilt_requests_to_a_stack(request_: Any) -> None:
    """A request to a stack that is spoilt at a few places is refused with its faults told, or answered."""
    assert_answers_or_is_told(lambda: STACKED.answer(request_))


def test_the_texts_are_sound_before_they_are_spoilt() -> None:
    """What is spoilt above is sound to begin with, so that single slips are looked at as well."""
    for checked in (check_text(TEXT), check_text(BLOCKS), check_data(sample())):
        assert checked.ruleset is not None
    assert ASKED.answer(SOUND).outcome == "infeasible"
