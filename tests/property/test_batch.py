"""The law of many at once: every row is answered as it is answered alone, to the last bit of every float."""

from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

import steelyard
from steelyard.batch import Batch, Wanted, recommend_many
from steelyard.batch.block import code_of, unanswered
from steelyard.engine import Engine
from steelyard.model import Need, NeedType
from steelyard.requirements import RequestReader
from tests.property.conditions import Chooser, Data
from tests.property.strategies import request_to, ruleset


@st.composite
def many(draw: st.DrawFn) -> tuple[Data, list[Data], Wanted]:
    """A ruleset, requirements put to it at once, and the day and the candidates that all of them ask for."""
    document = ruleset(Chooser(draw))
    chooser = Chooser(draw)
    requests = [request_to(chooser, document) for _ in range(draw(st.integers(1, 6)))]
    first = requests[0]
    wanted = Wanted(as_of=first["as_of"], candidates=first.get("candidates"), scores=True, fired=True)
    return document, [each["requirements"] for each in requests], wanted


def together(document: Data, rows: Any, wanted: Wanted) -> Batch:
    """The rows answered at once."""
    model = steelyard.Ruleset.from_dict(document).model
    return recommend_many(Engine(model).compiled, RequestReader.of(model), rows, wanted)


def alone(document: Data, rows: list[Data], wanted: Wanted) -> list[Data]:
    """The rows answered one by one."""
    ruleset = steelyard.Ruleset.from_dict(document)
    return [_answer(ruleset, row, wanted) for row in rows]


def _answer(ruleset: steelyard.Ruleset, row: Data, wanted: Wanted) -> Data:
    decision = ruleset.decide(row, as_of=wanted.as_of, candidates=wanted.candidates)
    best = decision.recommended
    return {
        "outcome": decision.outcome.value,
        "recommended": decision.winner,
        "score": best and best.score,
        "lead": best and best.lead,
        "robustness": best and best.robustness,
        "scores": dict(decision.scores),
        "fired": list(decision.fired),
    }


@given(many())
def test_rows_are_answered_as_alone(case: tuple[Data, list[Data], Wanted]) -> None:
    """Rows as Python has them, importances among them."""
    document, rows, wanted = case
    batch = together(document, rows, wanted)
    assert batch.faults == ()
    assert batch.to_dicts() == alone(document, rows, wanted)


def parts(requirement: Any) -> tuple[Any, str | None]:
    """The value of a requirement, and its importance where it says one."""
    if isinstance(requirement, dict):
        return requirement["value"], requirement.get("importance")
    return requirement, None


def columns_of(needs: dict[str, Need], rows: list[Data]) -> tuple[Data, Data]:
    """The values of rows by need, and the importances by the column that says them."""
    values = {need: [parts(row.get(need))[0] for row in rows] for need in needs}
    importances = {f"{need}.importance": [parts(row.get(need))[1] for row in rows] for need in needs}
    return values, importances


def coded(need: Need, values: list[Any]) -> Any:
    """The values as an array of codes."""
    codes = unanswered(need, len(values))
    for place, value in enumerate(values):
        if value is not None:
            codes[place] = code_of(need, value)
    return codes


@given(many())
def test_columns_are_answered_as_rows_are(case: tuple[Data, list[Data], Wanted]) -> None:
    """Lists of values, arrays of codes, and a table of Arrow with plain and with dictionary-encoded columns."""
    document, rows, wanted = case
    needs = dict(steelyard.Ruleset.from_dict(document).needs)
    values, importances = columns_of(needs, rows)
    expected = alone(document, rows, wanted)
    assert together(document, {**values, **importances}, wanted).to_dicts() == expected
    codes = {need.id: coded(need, values[need.id]) for need in needs.values()}
    assert together(document, {**codes, **importances}, wanted).to_dicts() == expected
    arrow = {need.id: pa.array(values[need.id], _arrow_type(need)) for need in needs.values()}
    words = {name: pa.array(each, pa.string()) for name, each in importances.items()}
    assert together(document, pa.table({**arrow, **words}), wanted).to_dicts() == expected
    encoded = {name: each.dictionary_encode() if _can_encode(each) else each for name, each in arrow.items()}
    table = pa.table({**encoded, **words})
    assert together(document, pa.concat_tables([table.slice(0, 1), table.slice(1)]), wanted).to_dicts() == expected


def _arrow_type(need: Need) -> Any:
    match need.type:
        case NeedType.FLAG:
            return pa.bool_()
        case NeedType.NUMBER:
            return pa.float64()
        case NeedType.CHOICES:
            return pa.list_(pa.string())
        case _:
            return pa.string()


def _can_encode(values: Any) -> bool:
    return bool(pa.types.is_string(values.type) or pa.types.is_boolean(values.type))


@given(many())
def test_tables_tell_what_batches_hold(case: tuple[Data, list[Data], Wanted]) -> None:
    """The table of Arrow says the same as the rows of plain data."""
    document, rows, wanted = case
    batch = together(document, rows, wanted)
    told = batch.to_arrow().to_pylist()
    assert told == [
        {key: each for key, each in row.items() if key not in ("scores", "fired")}
        | {f"score.{candidate}": score for candidate, score in row["scores"].items()}
        | {"fired": row["fired"]}
        for row in batch.to_dicts()
    ]
    assert np.array_equal(batch.score, np.array([row["score"] for row in batch.to_dicts()], float), equal_nan=True)
