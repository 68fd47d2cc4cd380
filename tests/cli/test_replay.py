"""`steelyard replay` as a person or a script meets it."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import steelyard
from steelyard.decisions import DecisionRecord, open_decision_log, record_of
from steelyard.requirements import RequestReader
from tests import stacks
from tests.cli.conftest import Steelyard
from tests.dated import pets, write_pets
from tests.decisions import record

EARLY, LATE = "2021-07-01", "2025-02-01"
TIMES = "\N{MULTIPLICATION SIGN}"
BEGIN = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
REPLAY = ("replay", "log.ndjson", "--against", "after.yaml")


def decided(ruleset: steelyard.Ruleset, requirements: dict[str, Any], **more: Any) -> DecisionRecord:
    """The record of what the ruleset decides."""
    asked = {"requirements": requirements, "as_of": EARLY, **more}
    answer = ruleset.answer(asked)
    return record_of(
        ruleset,
        RequestReader.of(ruleset.model).read(asked, date.max),
        id=answer.id,
        outcome=answer.outcome.value,
        recommended=answer.recommended.candidate if answer.recommended else None,
        seconds=0.001,
        request_id="r",
        masked={"allergies"},
    )


def logged(address: str | Path, records: Iterable[DecisionRecord]) -> None:
    """Writes the records, one a day from the beginning on."""
    log = open_decision_log(str(address))
    for day, each in enumerate(records):
        fields = {name: getattr(each, name) for name in DecisionRecord.__slots__}
        log.record(DecisionRecord(**{**fields, "time": BEGIN + timedelta(days=day)}))
    log.close()
    assert log.lost == 0


def month() -> list[DecisionRecord]:
    """Decisions of every fate."""
    ruleset = pets()
    return [
        *[decided(ruleset, {"garden": True})] * 3,
        decided(ruleset, {"garden": True}, as_of=LATE),
        decided(ruleset, {"hours": 8, "garden": {"value": True, "importance": "must"}}),
        decided(ruleset, {"pool": True}),
        decided(ruleset, {"hours": 11, "pool": False}, as_of=LATE),
        decided(ruleset, {"allergies": ["fur"]}),
        record(asked="beds"),
    ]


@pytest.fixture(autouse=True)
def _log(run: Steelyard) -> None:
    write_pets(run.folder)
    logged(run.folder / "log.ndjson", month())


def replayed(run: Steelyard, *arguments: str) -> dict[str, Any]:
    """The replay as JSON."""
    result = run(*arguments, "--format", "json")
    assert (result.exit_code, result.stderr, result.stdout.count("\n")) == (0, "", 1)
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_what_would_change(run: Steelyard) -> None:
    """Every decision is made again; equal ones are asked once and counted, the most frequent first."""
    document = replayed(run, *REPLAY)
    assert [document[key] for key in ("asked", "distinct", "changed", "refused")] == [7, 5, 4, 2]
    assert document["against"]["version"] == "2"
    first, second = document["decisions"]
    assert (first["count"], first["as_of"], first["differs"]) == (3, [EARLY, EARLY], True)
    assert first["requirements"] == {"garden": {"value": True, "importance": "should"}}
    assert first["before"] == {"outcome": "recommended", "recommended": "dog"}
    assert first["after"] == {"outcome": "tied", "recommended": "dog"}
    assert second["after"] == {"outcome": "recommended", "recommended": "cat"}
    assert first["id"] == pets().recommend({"garden": True}, as_of=EARLY).id


def test_why(run: Steelyard) -> None:
    """Where the ruleset of then is at hand, the rules through which points moved are told; they sum to the change."""
    document = replayed(run, *REPLAY, "--before", "before.yaml")
    tie, change = document["decisions"]
    assert [(rule["rule"], rule["status"]) for rule in change["why"][0]["rules"]] == [("quiet", "new")]
    gained = sum(rule["points"] for rule in tie["why"][0]["rules"]) + tie["why"][0]["shares"]
    answers = [steelyard.load(f"{name}.yaml").recommend({"garden": True}, as_of=EARLY) for name in ("before", "after")]
    leads = [{each.candidate: each.score for each in answer.ranking} for answer in answers]
    assert gained == pytest.approx((leads[1]["cat"] - leads[1]["dog"]) - (leads[0]["cat"] - leads[0]["dog"]))
    assert [rule["rule"] for rule in document["rules"]] == ["quiet"]


def test_why_is_not_told_by_another_ruleset(run: Steelyard) -> None:
    """The reasons of a ruleset that did not decide are not told, whatever it is called."""
    document = replayed(run, *REPLAY, "--before", "pets.yaml")
    assert [each["why"] for each in document["decisions"]] == [None, None]
    assert "say it with --before" in " ".join(run(*REPLAY).stdout.split())


def test_what_cannot_be_asked_again(run: Steelyard) -> None:
    """Refused requests are told with their faults; other rulesets, masks and faulty lines are counted."""
    with (run.folder / "log.ndjson").open("a") as log:
        log.write('{"id": "torn')
    document = replayed(run, *REPLAY)
    faults = [[fault["detail"] for fault in each["faults"]] for each in document["refusals"]]
    assert sorted(faults) == [
        ["11 is above the maximum of `hours`, 10", "unknown need `pool`"],
        ["unknown need `pool`"],
    ]
    assert document["passed_over"] == {
        "others": {"beds": 1},
        "masked": {"decisions": 1, "needs": {"allergies": 1}},
        "faulty": {"lines": 1, "first": [{"line": 10, "detail": "the line is not whole"}]},
    }


def test_text(run: Steelyard) -> None:
    """A terminal shows what changes, what cannot be asked again, and what was passed over."""
    text = run(*REPLAY, "--before", "before.yaml").stdout
    assert text.startswith("4 of 7 decisions would change\n")
    assert f"3{TIMES}  dog → dog (tied)\n         garden=yes, about 2021-07-01\n" in text
    assert "Cat gained on Dog:\n   +8.3  Quiet, a new rule\n" in text
    assert "2 decisions cannot be made again\n" in text
    assert "1 decision whose answers are masked: allergies (1)\n" in text
    assert "What stays the same" not in text


def test_everything(run: Steelyard) -> None:
    """With `--all`, the decisions that stay the same are listed too."""
    text = run(*REPLAY, "--all").stdout
    assert f"What stays the same\n     1{TIMES}  cat\n         garden=yes (must), hours=8, about 2021-07-01\n" in text


def test_markdown(run: Steelyard) -> None:
    """Markdown is fit for a comment on a change request."""
    text = run(*REPLAY, "--format", "markdown").stdout
    assert text.startswith("# 4 of 7 decisions would change\n")
    assert "| Then | Now | Decisions |\n| --- | --- | ---: |\n| dog | dog (tied) | 3 |\n" in text


def test_another_day(run: Steelyard) -> None:
    """With `--as-of`, that day is asked about, whatever day was then: equal requests become one."""
    document = replayed(run, *REPLAY, "--as-of", LATE)
    assert (document["as_of"], document["distinct"]) == (LATE, 4)
    assert {each["after"]["recommended"] for each in document["decisions"]} == {"cat"}
    assert replayed(run, *REPLAY, "--as-of", "today")["as_of"] == datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        (["--since", "2026-11-04"], 4),
        (["--until", "2026-11-04"], 4),
        (["--since", "2026-11-02", "--until", "2026-11-02"], 1),
        (["--until", "9999-12-31"], 7),
        (["--since", "2030-01-01"], 0),
    ],
)
def test_a_span_of_days(run: Steelyard, options: list[str], asked: int) -> None:
    """Both days are part of the span, from midnight to midnight in UTC."""
    assert replayed(run, *REPLAY, *options)["asked"] == asked


@pytest.mark.parametrize("name", ["log.db", "sqlite:///other.sqlite", "ndjson:other.jsonl"])
def test_other_logs(run: Steelyard, name: str) -> None:
    """Logs of every kind are read by the addresses to which they are written."""
    logged(name, month())
    kept = replayed(run, *REPLAY)
    assert replayed(run, "replay", name, "--against", "after.yaml") == kept


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([*REPLAY], 0),
        ([*REPLAY, "--check"], 1),
        (["replay", "log.ndjson", "--against", "before.yaml", "--check"], 0),
        ([*REPLAY, "--check", "--since", "2026-11-06", "--until", "2026-11-06"], 1),
        ([*REPLAY, "--check", "--since", "2026-11-05", "--until", "2026-11-05"], 0),
    ],
)
def test_exit_codes(run: Steelyard, arguments: list[str], code: int) -> None:
    """It exits with 0 when it could replay, and with `--check` with 1 if a decision changes or is refused."""
    assert run(*arguments).exit_code == code


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["replay", "log.ndjson"], "Missing option '--against'"),
        (["replay", "gone.ndjson", "--against", "after.yaml"], "there is no decision log"),
        (["replay", "gone.db", "--against", "after.yaml"], "there is no decision log"),
        (["replay", "before.yaml", "--against", "after.yaml"], "names no kind of decision log"),
        (["replay", "mysql://u:geheim@h/x", "--against", "after.yaml"], "`mysql` is no kind of decision log"),
        ([*REPLAY, "--as-of", "soon"], "`soon` is not a date"),
        (["replay", "log.ndjson", "--against", "nowhere"], "no ruleset `nowhere` ships"),
        ([*REPLAY, "--before", ""], "no file or folder"),
    ],
)
def test_misuse(run: Steelyard, arguments: list[str], message: str) -> None:
    """What cannot be read or asked is told, and exits with 2."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "geheim" not in result.stderr


def test_what_ships_is_at_hand(run: Steelyard) -> None:
    """A ruleset that ships needs no `--before`, as long as it is the one that decided."""
    ruleset = steelyard.load("pytorch-vs-tensorflow-2020")
    (case, *_) = ruleset.model.cases.values()
    requirements = dict(case.request["requirements"])
    logged("shipped.ndjson", [decided(ruleset, requirements, as_of="2020-04-11")])
    source = Path(steelyard.__file__).parents[2] / "rules" / ruleset.id
    other = run.folder / ruleset.id
    other.mkdir()
    for file in source.iterdir():
        swapped = file.read_text().replace("tensorflow", "X").replace("pytorch", "tensorflow").replace("X", "pytorch")
        (other / file.name).write_text(swapped.replace("tensorflow-vs-pytorch", "pytorch-vs-tensorflow"))
    (change,) = replayed(run, "replay", "shipped.ndjson", "--against", f"./{ruleset.id}")["decisions"]
    assert change["before"] != change["after"]
    assert change["why"][0]["rules"]


def test_candidates_that_come_and_go(run: Steelyard) -> None:
    """Who was not weighed then, or is excluded now, is told as such."""
    newer = (
        (run.folder / "pets.yaml")
        .read_text()
        .replace("dog: {rating: excellent, because: Dogs run.", "dog: {rating: unsupported, because: Dogs dig.")
    )
    newer = newer.replace("when: {garden: true}", "when: {garden: true}\n    veto: true").replace(
        "cat: {name: Cat}", "hen: {name: Hen}"
    )
    run.write("newer.yaml", newer.replace("      cat:", "      hen:").partition("cases:")[0])
    old = steelyard.load("pets.yaml")
    logged("pets.ndjson", [decided(old, {"garden": True}, candidates=["dog"]), decided(old, {"garden": True})])
    text = run("replay", "pets.ndjson", "--against", "newer.yaml", "--before", "pets.yaml").stdout
    assert "dog → infeasible\n         garden=yes, among dog, about 2021-07-01\n" in text
    assert "Dog, excluded now: Dogs dig.\n         Hen was not weighed then\n" in text


def test_stacks(run: Steelyard) -> None:
    """The decisions of a stack are made again by a stack, part by part; others are passed over, and the reverse."""
    stacks.written(run.folder)
    path = run.folder / "stacks" / "pet-bed-vet.yaml"
    stack = steelyard.load_stack(path)
    asked = {"requirements": {"garden": True}, "as_of": stacks.DAY}
    answer = stack.answer(asked)
    model = stack.model
    made = record_of(
        stack,
        RequestReader(model.needs, model.candidates).read(asked, date.max),
        id=answer.id,
        outcome={part: each.outcome.value for part, each in answer.parts.items()},
        recommended={
            part: each.recommended.candidate if each.recommended else None for part, each in answer.parts.items()
        },
        seconds=0.1,
        request_id="r",
    )
    logged("stack.db", [made, record(asked="pet-bed-vet")])
    kept = run.folder / "kept"
    kept.mkdir()
    stacks.written(kept)
    changed = stacks.changed(stacks.PETS, (("rules", "outdoors", "ratings"), {"dog": "fair", "cat": "excellent"}))
    (run.folder / "pets" / "ruleset.yaml").write_text(json.dumps(changed))
    arguments = ("replay", "stack.db", "--against", "stacks/pet-bed-vet.yaml")
    document = replayed(run, *arguments, "--before", "kept/stacks/pet-bed-vet.yaml")
    assert document["passed_over"]["others"] == {"pet-bed-vet": 1}
    (change,) = document["decisions"]
    assert change["before"]["parts"]["pet"] == {"outcome": "recommended", "recommended": "dog"}
    assert change["after"]["parts"]["pet"] == {"outcome": "recommended", "recommended": "cat"}
    assert [each["part"] for each in change["why"]] == ["pet", "bed", "house-vet"]
    assert "pet: dog → cat; bed: basket → tower" in run(*arguments).stdout
    assert replayed(run, "replay", "stack.db", "--against", "pets/ruleset.yaml")["asked"] == 0
