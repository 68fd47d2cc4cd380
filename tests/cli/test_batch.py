"""`steelyard batch` as a person or a script meets it."""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pa_parquet
import pytest

import steelyard
from tests.cli.conftest import Steelyard

PETS = ("--ruleset", "pets.yaml", "--as-of", "2025-01-01")
CSV = "name,garden,hours,allergies\nann,yes,7,\nbob,no,2.5,fur|hay\n,,,hay\n"
ROWS: list[dict[str, Any]] = [
    {"garden": True, "hours": 7},
    {"garden": False, "hours": 2.5, "allergies": ["fur", "hay"]},
    {"allergies": ["hay"]},
]


def _alone(row: dict[str, Any]) -> tuple[Any, ...]:
    decision = steelyard.load("./pets.yaml").decide(row, as_of="2025-01-01")
    best = decision.recommended
    return (
        decision.outcome.value,
        decision.winner,
        best and best.score,
        best and best.lead,
        best and best.robustness,
    )


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]


def _answers(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = ("outcome", "recommended", "score", "lead", "robustness")
    return [tuple(row[name] for name in names) for row in rows]


def test_csv_to_parquet(run: Steelyard) -> None:
    """Texts of CSV mean what they mean in YAML; columns that are kept come first; all is as when asked alone."""
    run.write("in.csv", CSV)
    result = run("batch", "in.csv", "out.parquet", *PETS, "--keep", "name", "--scores", "--fired")
    assert (result.exit_code, result.stderr) == (0, "3 rows: 1 recommended, 1 tied, 1 undecided\n")
    table = pa_parquet.read_table("out.parquet")
    assert table.column_names[:2] == ["name", "outcome"]
    rows = table.to_pylist()
    assert [row["name"] for row in rows] == ["ann", "bob", None]
    assert [row["fired"] for row in rows] == [["outdoors", "alone"], ["fur"], []]
    assert rows[2]["score.dog"] == 50
    assert _answers(rows) == [_alone(row) for row in ROWS]


def test_ndjson_to_csv(run: Steelyard) -> None:
    """A line is an object with the answers of a row, importances among them."""
    run.write("in.ndjson", "".join(json.dumps({**row, "id": 7}) + "\n" for row in ROWS))
    result = run("batch", "in.ndjson", "out.csv", *PETS, "--keep", "id", "--fired", "--quiet")
    assert (result.exit_code, result.stderr) == (0, "")
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    assert list(rows[0]) == ["id", "outcome", "recommended", "score", "lead", "robustness", "fired"]
    assert rows[0]["fired"] == "outdoors,alone"
    for row, asked in zip(rows, ROWS, strict=True):
        numbers = [float(row[name]) if row[name] else None for name in ("score", "lead", "robustness")]
        assert (row["outcome"], row["recommended"] or None, *numbers) == _alone(asked)


def test_parquet_to_ndjson(run: Steelyard) -> None:
    """A Parquet file has columns of the types of its needs, and may say importances in columns of their own."""
    columns = {need: [row.get(need) for row in ROWS] for need in ("garden", "hours", "allergies")}
    importance = {"allergies.importance": [None, "must", "could"]}
    pa_parquet.write_table(pa.table({**columns, **importance}), "in.parquet")
    assert run("batch", "in.parquet", "out.ndjson", *PETS).exit_code == 0
    assert _lines("out.ndjson")[1]["outcome"] == "infeasible"
    weighed = run("batch", "in.parquet", "out.ndjson", *PETS, "--candidate", "dog", "--importance", "hours=must")
    assert weighed.exit_code == 0
    assert _lines("out.ndjson")[0]["recommended"] == "dog"


def test_bad_rows_are_told(run: Steelyard) -> None:
    """A bad row has no answer and does not stop the others; with `--strict` it stops them all."""
    run.write("in.csv", "garden,hours\nyes,30\nno,3\nperhaps,x\n")
    result = run("batch", "in.csv", "out.ndjson", *PETS)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "in.csv: row 0, column hours: 30 is above the maximum of `hours`, 24",
        "in.csv: row 2, column garden: expected true or false, got `perhaps`",
        "in.csv: row 2, column hours: expected a number, got `x`",
        "3 rows: 1 undecided, 2 faulty",
    ]
    assert [row["outcome"] for row in _lines("out.ndjson")] == [None, "undecided", None]
    Path("out.ndjson").unlink()
    assert run("batch", "in.csv", "out.ndjson", *PETS, "--strict").exit_code == 2
    assert sorted(each.name for each in Path().iterdir()) == ["in.csv", "pets.yaml"]


@pytest.mark.parametrize("name", ["in.csv", "in.ndjson", "in.parquet"])
def test_no_rows(run: Steelyard, name: str) -> None:
    """A file without rows is answered by one without rows, that can still be read."""
    run.write("in.csv", "garden\n")
    run.write("in.ndjson", "")
    pa_parquet.write_table(pa.table({"garden": pa.array([], pa.bool_())}), "in.parquet")
    result = run("batch", name, "out.parquet", *PETS)
    assert (result.exit_code, result.stderr) == (0, "0 rows: nothing to answer\n")
    assert pa_parquet.read_table("out.parquet").num_rows == 0


def test_few_of_many_faults_are_told(run: Steelyard) -> None:
    """The first twenty faults are told, and how many more there are; a line that is no JSON is one."""
    run.write("in.ndjson", "{\n" * 25)
    lines = run("batch", "in.ndjson", "out.ndjson", *PETS).stderr.splitlines()
    assert len(lines) == 22
    assert lines[0] == "in.ndjson: row 0: expected requirements by need, got the text `{`"
    assert lines[20:] == ["in.ndjson: 5 more faults", "25 rows: 25 faulty"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("in.csv", "out.txt"), "no suffix that tells what is in it"),
        (("in.csv", "in.csv"), "IN and OUT are the same file"),
        (("none.csv", "out.csv"), "cannot read `none.csv`"),
        (("in.csv", "none/out.csv"), "cannot write `none/out.csv`"),
        (("in.csv", "out.csv"), "the column `gardn` is no need"),
        (("in.csv", "out.csv", "--keep", "nme"), "there is no column `nme` to keep"),
        (("in.csv", "out.csv", "--importance", "garden"), "is not written NEED=WORD"),
        (("in.csv", "out.csv", "--importance", "garden=most"), "`most` is not an importance"),
        (("in.csv", "out.csv", "--candidate", "bird"), "unknown candidate `bird`"),
        (("twice.csv", "out.csv"), "the column `garden` stands twice"),
        (("broken.csv", "out.csv"), "cannot read `broken.csv`"),
        (("broken.parquet", "out.csv"), "cannot read `broken.parquet`"),
    ],
)
def test_misuse(run: Steelyard, arguments: tuple[str, ...], message: str) -> None:
    """What cannot be done is told, exits with 2 and leaves no file behind."""
    run.write("in.csv", "gardn\nyes\n")
    run.write("broken.parquet", "not at all")
    run.write("twice.csv", "garden,garden\nyes,no\n")
    Path("broken.csv").write_bytes(b"\xff\n1\n")
    before = sorted(Path().iterdir())
    result = run("batch", *arguments, *PETS)
    assert result.exit_code == 2
    assert message in result.stderr
    assert sorted(Path().iterdir()) == before


def test_without_the_extra(run: Steelyard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without NumPy the command says what to install."""
    for name in [name for name in sys.modules if name.startswith("steelyard.batch")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(steelyard, "batch", raising=False)
    monkeypatch.setitem(sys.modules, "numpy", None)
    run.write("in.csv", CSV)
    result = run("batch", "in.csv", "out.csv")
    assert result.exit_code == 2
    assert 'pip install "steelyard[batch]"' in result.stderr
