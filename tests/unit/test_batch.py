"""Many at once: what is refused and how it is told, and what each kind of column may hold."""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import steelyard
from steelyard.batch import Batch, Wanted, recommend_many, sums
from steelyard.batch.kernel import Kernel
from steelyard.batch.running import Runner
from steelyard.batch.sums import Sums
from steelyard.diagnostics import Code
from steelyard.engine import Engine
from steelyard.requirements import RequestError, RequestReader

NEEDS: dict[str, Any] = {
    "quick": {"question": "Quick?", "type": "flag"},
    "size": {"question": "How large?", "type": "number", "minimum": 0, "maximum": 10},
    "where": {"question": "Where?", "type": "choice", "options": {"home": "Home", "work": "Work"}},
    "kinds": {"question": "Which?", "type": "choices", "options": {"a": "A", "b": "B", "c": "C"}},
}
SAID = {"because": "So it is.", "evidence": ["paper"]}


def document(**rules: Any) -> dict[str, Any]:
    """A ruleset with these rules besides its own."""
    return {
        "ruleset": {"id": "two", "title": "Which of two?", "version": "1"},
        "needs": NEEDS,
        "candidates": {"one": {"name": "One"}, "other": {"name": "Other"}},
        "criteria": {"all": "All"},
        "evidence": {"paper": {"title": "Paper", "published": "2020-01-01", "source": "A shelf"}},
        "rules": {
            "quick": rule({"quick": True}, one="excellent", other="poor"),
            "large": rule({"size": {"at_least": 5}}, one="fair", other="good"),
            "at-home": rule({"where": "home"}, one="good", other="good"),
            "kind-b": rule({"kinds": "b"}, one="unsupported", other="fair"),
            **rules,
        },
    }


def rule(when: Any, **ratings: str) -> dict[str, Any]:
    """A rule with these ratings."""
    return {"criterion": "all", "title": "A rule", "when": when, "ratings": ratings, **SAID}


RULESET = steelyard.Ruleset.from_dict(document())


def many(rows: Any, ruleset: steelyard.Ruleset = RULESET, **wanted: Any) -> Batch:
    """The rows, or columns, answered at once."""
    return recommend_many(
        Engine(ruleset.model).compiled, RequestReader.of(ruleset.model), rows, Wanted(as_of="2024-01-01", **wanted)
    )


BAD: list[Any] = [
    {"quick": 1},
    {"quick": 1.0},
    {"quick": None},
    {"quick": np.True_},
    {"quick": "true"},
    {"size": True},
    {"size": "3"},
    {"size": float("nan")},
    {"size": float("inf")},
    {"size": 10**400},
    {"size": -1},
    {"size": 10.5},
    {"size": None},
    {"where": "wrok"},
    {"where": ["home"]},
    {"where": 0},
    {"where": {"importance": "must"}},
    {"where": {"value": "home", "importance": "most"}},
    {"where": {"value": "hoem", "importance": "most"}},
    {"kinds": "a"},
    {"kinds": ["a", "a"]},
    {"kinds": ["a", "z"]},
    {"kinds": [["a"]]},
    {"kinds": [None]},
    {"wher": "home"},
    {"wher": "home", "quick": 0, "size": 99},
    {"quick": True, 7.5: 1},
    {None: 1},
    None,
    "quick",
    [("quick", True)],
    7,
]


@pytest.mark.parametrize("row", BAD, ids=range(len(BAD)))
def test_bad_rows_are_told_as_alone(row: Any) -> None:
    """A bad row between two good ones has just the faults that it has alone; the others are answered."""
    with pytest.raises(RequestError) as alone:
        RULESET.decide(row)
    batch = many([{"quick": True}, row, {"quick": True}])
    told = [(each.path[1:], each.code, each.message, each.help) for each in alone.value.diagnostics]
    found = [each.diagnostic for each in batch.faults]
    assert sorted((each.path, each.code, each.message, each.help) for each in found) == sorted(told)
    assert {each.row for each in batch.faults} == {1}
    assert [each.column for each in batch.faults] == [str(each.path[0]) if each.path else "" for each in found]
    assert batch.outcome.tolist() == ["recommended", None, "recommended"]
    assert np.isnan(batch.score).tolist() == [False, True, False]


GOOD: list[dict[Any, Any]] = [
    {"quick": True, "size": 5, "where": "home", "kinds": ["b", "a"]},
    {"size": Decimal("5.5"), "kinds": ()},
    {"kinds": frozenset("ab")},
    {"kinds": {"value": {"b"}, "importance": "must"}},
    {"kinds": {"value": ["b"]}, "size": {"value": 10**1}},
    {"size": -0.0},
    {},
]


@pytest.mark.parametrize("row", GOOD, ids=range(len(GOOD)))
def test_good_rows_are_answered_as_alone(row: dict[Any, Any]) -> None:
    """Whatever a single request may hold, a row may hold."""
    decision = RULESET.decide(row, as_of="2024-01-01")
    batch = many([{"quick": False}, row], scores=True, fired=True)
    assert batch.faults == ()
    told = batch.to_dicts()[1]
    assert (told["outcome"], told["recommended"]) == (decision.outcome, decision.winner)
    assert (told["scores"], tuple(told["fired"])) == (dict(decision.scores), decision.fired)


@pytest.mark.parametrize(
    "column",
    [
        np.array([1, 0, -1]),
        np.array([1, 0, -1], np.int8),
        [True, False, None],
        np.array([True, False, None], object),
        pa.array([True, False, None]),
        pa.chunked_array([[True], [False, None]]),
        pa.chunked_array([pa.array([True]).dictionary_encode(), pa.array([False, None]).dictionary_encode()]),
    ],
    ids=str,
)
def test_columns_of_flags(column: Any) -> None:
    """Codes, lists, objects and arrays of Arrow say the same."""
    assert many({"quick": column}).outcome.tolist() == ["recommended", "undecided", "undecided"]


@pytest.mark.parametrize(
    ("columns", "row", "message"),
    [
        ({"quick": np.array([0, 2])}, 1, "2 is no code of an answer to `quick`"),
        ({"where": np.array([-2, 0])}, 0, "-2 is no code of an answer to `where`"),
        ({"kinds": np.array([8, 7])}, 0, "8 is no code of an answer to `kinds`"),
        ({"quick": np.array([0.0, 1.0])}, 0, "expected true or false, got a number"),
        ({"size": np.array([np.nan, 11.0])}, 1, "11 is above the maximum of `size`, 10"),
        ({"size": pa.array([1, 11])}, 1, "11 is above the maximum of `size`, 10"),
        ({"size": np.array([True, False])}, 0, "expected a number, got a flag"),
        ({"where": pa.array(["home", "hoem"])}, 1, "`where` has no option `hoem`"),
        ({"where": np.array(["home", "hoem"])}, 1, "`where` has no option `hoem`"),
        ({"kinds": pa.array([["a", "b"], ["a", "a"]])}, 1, "`a` stands twice"),
        ({"kinds": pa.array([["a"], ["z"]])}, 1, "`kinds` has no option `z`"),
        ({"kinds": pa.array([["a"], [None]])}, 1, "expected an option of `kinds`, got nothing"),
        ({"quick": [True, False], "quick.importance": ["must", "most"]}, 1, "`most` is not an importance"),
    ],
)
def test_bad_cells_of_columns(columns: Any, row: int, message: str) -> None:
    """A bad cell is told with its row and its column."""
    fault = many(columns).faults[0]
    assert (fault.row, fault.diagnostic.message) == (row, message)
    assert fault.column == next(reversed(columns))


def test_unknown_columns_are_refused() -> None:
    """A column that is no need is refused at once, with what was probably meant."""
    with pytest.raises(RequestError) as refused:
        many({"qick": [True]})
    fault = refused.value.diagnostics[0]
    assert (fault.code, fault.help) == (Code.REQUEST_UNKNOWN_NEED, "did you mean `quick`?")


def test_columns_are_equally_long() -> None:
    """Columns that are not are refused."""
    with pytest.raises(RequestError, match="`size` has 2 rows, but `quick` has 1"):
        many({"quick": [True], "size": [1, 2]})


def test_strict() -> None:
    """Strictly, a bad row raises, with the faults of all rows under their numbers."""
    with pytest.raises(RequestError) as refused:
        many([{"quick": 1}, {}, {"size": 11}], strict=True)
    assert [each.path for each in refused.value.diagnostics] == [(0, "quick"), (2, "size")]


@pytest.mark.parametrize(
    "wanted", [{"importance": {"qick": "must"}}, {"importance": {"quick": "most"}}, {"candidates": ["none"]}]
)
def test_what_is_wanted_is_checked(wanted: dict[str, Any]) -> None:
    """An importance or a candidate that is not as it should be is refused before any row."""
    with pytest.raises(RequestError):
        many([], **wanted)


@pytest.mark.parametrize("rows", [7, "quick", b"quick"])
def test_neither_rows_nor_columns(rows: Any) -> None:
    """Something else is a mistake of the program."""
    with pytest.raises(TypeError, match="expected rows or columns"):
        many(rows)


def test_importance_for_all_rows() -> None:
    """An importance by argument is that of all answers which do not say their own."""
    rows = [{"kinds": ["b"]}, {"kinds": {"value": ["b"], "importance": "could"}}]
    assert many(rows, candidates=["one"]).outcome.tolist() == ["recommended", "recommended"]
    assert many(rows, candidates=["one"], importance={"kinds": "must"}).outcome.tolist() == [
        "infeasible",
        "recommended",
    ]


def test_no_rows() -> None:
    """Nothing asked, nothing answered."""
    assert many([]).to_dicts() == []
    assert many({}).to_arrow().num_rows == 0


def test_many_blocks() -> None:
    """Rows beyond one block are answered in their place."""
    size = np.arange(40_000) % 11
    batch = many({"size": size, "quick": [None] * 39_999 + [7]})
    assert (batch.outcome[:-1] == np.where(size >= 5, "recommended", "undecided")[:-1]).all()
    assert [(each.row, each.column) for each in batch.faults] == [(39_999, "quick")]


def test_large_conditions_are_weighed_one_by_one() -> None:
    """A condition that the index leaves out is evaluated all the same."""
    either = {"any": [{"quick": True}, {"size": {"at_least": 3}}, {"where": "home"}]}
    ruleset = steelyard.Ruleset.from_dict(document(**{"large-one": rule({"all": [either] * 6}, one="good")}))
    assert Engine(ruleset.model).compiled.index.plain
    rows = [*GOOD, {"size": 3}]
    told = many(rows, ruleset, scores=True, fired=True).to_dicts()
    for row, each in zip(rows, told, strict=True):
        decision = ruleset.decide(row, as_of="2024-01-01")
        best = decision.recommended
        assert (each["outcome"], each["recommended"]) == (decision.outcome, decision.winner)
        assert (each["scores"], tuple(each["fired"])) == (dict(decision.scores), decision.fired)
        assert each["lead"] == (best and best.lead)


def test_weights_far_apart_are_weighed_one_by_one() -> None:
    """Where sums that differ by little are a tie, rows are answered as alone."""
    heavy, light = ({**rule({"quick": True}, one="good"), "weight": weight} for weight in (1000, 0.001))
    data = document(heavy=heavy, light=light)
    data["ruleset"]["importance"] = {"must": 1000, "should": 1, "could": 0.001}
    ruleset = steelyard.Ruleset.from_dict(data)
    compiled = Engine(ruleset.model).compiled
    assert not Kernel(compiled, compiled.snapshot_on(date(2024, 1, 1)), [0, 1]).can_weigh
    for row in GOOD:
        decision = ruleset.decide(row, as_of="2024-01-01")
        told = many([row], ruleset, scores=True).to_dicts()[0]
        assert (told["outcome"], told["scores"]) == (decision.outcome, dict(decision.scores))


@pytest.mark.parametrize("rows", [3, 5000])
@pytest.mark.parametrize(("candidates", "most"), [(1, 1), (3, 200), (9, 200), (3, 10**6), (40, 10**9)])
@pytest.mark.parametrize("most_kept", [0, sums._MOST_KEPT])
def test_sums(monkeypatch: pytest.MonkeyPatch, rows: int, candidates: int, most: int, most_kept: int) -> None:
    """Sums are those of the plain product: whichever digits are read, however large they are, and below zero too."""
    monkeypatch.setattr(sums, "_MOST_KEPT", most_kept)
    rng = np.random.default_rng(0)
    matrices = rng.integers(-most, most, (candidates, 70, candidates), endpoint=True)
    bits = rng.integers(0, 1, (rows, 128), endpoint=True, dtype=np.uint8)
    bits[:, 70:] = 0
    words = np.packbits(bits, axis=1, bitorder="little").view(np.uint64).T.copy()
    matrix = rng.integers(0, candidates, rows)
    found = Sums(matrices).over(words, np.int64, matrix)
    expected = [bits[row, :70].astype(np.int64) @ matrices[matrix[row]] for row in range(rows)]
    assert np.array_equal(found.T, expected)
    assert np.array_equal(Sums(matrices[:1]).over(words, np.float64).T, bits[:, :70] @ matrices[0].astype(float))


def test_kept_columns_are_passed_over() -> None:
    """A column that is only kept is no need."""
    runner = Runner(Engine(RULESET.model).compiled, RequestReader.of(RULESET.model), Wanted())
    assert len(runner.run(runner.source({"id": [1], "quick": [True]}, keep=["id"]))) == 1
