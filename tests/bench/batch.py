"""Many decisions at once: Steelyard from columns and from plain data, beside engines of tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import numpy as np

import steelyard
from tests.bench import ruleset_data
from tests.bench.assembly import Assembly
from tests.bench.columns import Columns, columns, rows
from tests.bench.peers.tables import TABLES, Table
from tests.bench.report import Aim, Findings, Row
from tests.bench.rounds import Contestant, Pace, Timing, side_by_side
from tests.bench.workload import CANDIDATES, Workload, fires, workload

SIZES = (30, 300, 3000)
_CHECKED = 1000
_MOST_ROWS = {30: 1_000_000, 300: 1_000_000, 3000: 100_000}
_DUCKDB_ROWS = {30: 245_760, 300: 245_760, 3000: 2048}
"""DuckDB takes seconds for them. It shares work among its threads by blocks of 122,880 rows."""
_DICTS = 100_000
_AIMED_AT = 300
_CODED, _SCORED, _DICT_ROWS, _ONE_BY_ONE = "coded columns", "coded columns, all scores", "dicts", "one by one, scores"


@dataclass(frozen=True, slots=True)
class Run:
    """A contestant that decides so many requests with one call."""

    subject: str
    what: str
    rows: int
    call: Callable[[], object]


def measure(findings: Findings, sizes: Sequence[int], pace: Pace, share: int = 1) -> None:
    """Measures rulesets of these sizes, with one in `share` of the rows that are otherwise taken."""
    for size in sizes:
        given = workload(size)
        asked = columns(_MOST_ROWS.get(size, 100_000) // share)
        runs = list(_runs(given, asked, share))
        print(f"{size:,} rules, many decisions at once; all engines agree", flush=True)
        contestants = [Contestant(_key(run), _called, [run]) for run in runs]
        timings = side_by_side(contestants, replace(pace.shorter(5), slice_seconds=0.0), perf_counter)
        each = {run: _for_each_row(timings[_key(run)], run.rows) for run in runs}
        findings.add(list(_rows(size, each)), _aims(each) if size == _AIMED_AT else [])


def _called(run: Run) -> object:
    return run.call()


def _key(run: Run) -> str:
    return f"{run.subject} {run.what}"


def _for_each_row(timing: Timing, count: int) -> Timing:
    return Timing(tuple(seconds / count for seconds in timing.rounds))


def _runs(given: Workload, asked: Columns, share: int) -> Iterator[Run]:
    ruleset = steelyard.Ruleset.from_dict(ruleset_data.plain(given))
    scores = _checked_scores(ruleset, given, asked)
    count = len(scores)
    yield Run("Steelyard", _CODED, count, lambda: ruleset.recommend_many(asked, as_of=ruleset_data.DAY))
    yield Run("Steelyard", _SCORED, count, lambda: ruleset.recommend_many(asked, as_of=ruleset_data.DAY, scores=True))
    dicts = list(rows(asked, _DICTS // share))
    yield Run("Steelyard", _DICT_ROWS, len(dicts), lambda: ruleset.recommend_many(dicts, as_of=ruleset_data.DAY))
    yield _one_by_one(ruleset, dicts[:5000])
    for name, entrant in TABLES.items():
        table_rows = _DUCKDB_ROWS.get(len(given.rules), 2048) // share if name == "DuckDB" else count
        table = entrant.make(given, _firsts(asked, table_rows))
        _check_table(name, table, scores)
        yield Run(name, _SCORED, min(table_rows, count), table.run)


def _one_by_one(ruleset: steelyard.Ruleset, dicts: Sequence[Any]) -> Run:
    """What a loop over single decisions reaches, of requests that were read before."""
    ours = steelyard.engine.Engine(ruleset.model)
    requests = ruleset_data.requests(ruleset.model, dicts)
    return Run("Steelyard", _ONE_BY_ONE, len(requests), lambda: [ours.decide(each).scores for each in requests])


def _firsts(asked: Columns, count: int) -> Columns:
    return {name: column[:count] for name, column in asked.items()}


def _checked_scores(ruleset: steelyard.Ruleset, given: Workload, asked: Columns) -> Any:
    """Steelyard's scores from columns, which are those from dicts, which are those of the plainest reading."""
    batch = ruleset.recommend_many(asked, as_of=ruleset_data.DAY, scores=True)
    answers = list(rows(asked, _CHECKED))
    of_dicts = ruleset.recommend_many(answers, as_of=ruleset_data.DAY, scores=True)
    assembly = Assembly(given.rules)
    firsts = answers[: _CHECKED * 30 // max(30, len(given.rules))]
    plain = [list(assembly.scores([fires(rule, each) for rule in given.rules]).values()) for each in firsts]
    scores = _lines(batch)
    if not np.allclose(scores[: len(plain)], plain, rtol=0, atol=1e-9):
        raise AssertionError("Steelyard's batch gives other scores")
    if not np.array_equal(scores[:_CHECKED], _lines(of_dicts)):
        raise AssertionError("Steelyard gives other scores from dicts than from columns")
    return scores


def _lines(batch: Any) -> Any:
    """The scores of a batch, a row for each request."""
    return np.column_stack([batch.scores[candidate] for candidate in CANDIDATES])


def _check_table(name: str, table: Table, scores: Any) -> None:
    theirs, best = table.results()
    ours = scores[: len(theirs)]
    if not np.allclose(theirs, ours, rtol=0, atol=1e-9):
        raise AssertionError(f"{name} gives other scores")
    if (ours[np.arange(len(ours)), best] < ours.max(axis=1) - 1e-9).any():
        raise AssertionError(f"{name} finds others best")


def _rows(size: int, each: Mapping[Run, Timing]) -> Iterator[Row]:
    base = next(timing for run, timing in each.items() if run.what == _SCORED)
    for run, timing in each.items():
        yield Row(
            part="batch",
            subject=run.subject,
            depth=run.what,
            rules=size,
            value=1 / timing.median,
            unit="/s",
            minimum=1 / timing.minimum,
            ratio=base.ratio_to(timing),
            against=f"Steelyard, {_SCORED}",
            note=f"{run.rows:,} rows",
        )


def _aims(each: Mapping[Run, Timing]) -> list[Aim]:
    ours = {run.what: timing for run, timing in each.items() if run.subject == "Steelyard"}
    aims = [
        Aim(f"batch of {_AIMED_AT} rules from {what}: million decisions/s", 1e-6 / ours[what].median, wanted)
        for what, wanted in ((_CODED, 2.0), (_DICT_ROWS, 0.5))
    ]
    for run, timing in each.items():
        if run.subject in TABLES:
            ratio = timing.ratio_to(ours[_SCORED])
            aims.append(Aim(f"batch of {_AIMED_AT} rules, all scores: times as quick as {run.subject}", ratio, 1.0))
    return aims
