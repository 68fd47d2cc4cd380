"""What was measured, as tables for people, as JSON, and against the aims."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tests.bench.peers import ENTRANTS

_PACKAGES = ("steelyard", "numpy", "pyarrow", "polars", "duckdb", "PyYAML")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure.

    Attributes:
        part: of the benchmark: `single`, `growth`, ...
        subject: who was measured.
        rules: in the ruleset; None where there is none.
        depth: how deep the answer was asked for, or what was measured.
        value: the median; None if it was not run.
        unit: of the value.
        minimum: the best round, for times.
        ratio: to what `against` names, each round compared with itself; above 1 is more of the unit.
        against: what the ratio is to.
        note: what a reader should know.
    """

    part: str
    subject: str
    depth: str
    rules: int | None = None
    value: float | None = None
    unit: str = "µs"
    minimum: float | None = None
    ratio: float | None = None
    against: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """What was set out to be reached.

    Attributes:
        what: in words.
        measured: the figure; None if it was not measured.
        wanted: the figure wanted.
        at_least: whether more is better.
    """

    what: str
    measured: float | None
    wanted: float
    at_least: bool = True

    @property
    def verdict(self) -> str:
        """Whether it is met, and if not, by how much it is missed."""
        if self.measured is None:
            return "not measured"
        share = self.measured / self.wanted if self.at_least else self.wanted / self.measured
        return "met" if share >= 1 else f"missed: {share:.0%} of it"


@dataclass
class Findings:
    """All that was measured."""

    rows: list[Row] = field(default_factory=list)
    aims: list[Aim] = field(default_factory=list)

    def add(self, rows: Sequence[Row], aims: Sequence[Aim] = ()) -> None:
        """Prints the rows as a table, and keeps rows and aims."""
        for line in table([_cells(row) for row in rows], HEADS):
            print(line, flush=True)
        print(flush=True)
        self.rows += rows
        self.aims += aims

    def print_aims(self) -> None:
        """Prints each aim with what was measured."""
        cells = [
            (each.what, _number(each.measured), f"{'≥' if each.at_least else '≤'} {_number(each.wanted)}", each.verdict)
            for each in self.aims
        ]
        for line in table(cells, ("aim", "measured", "wanted", "verdict")):
            print(line, flush=True)

    def write(self, path: Path) -> None:
        """Writes all of it as JSON."""
        content = {
            "machine": machine(),
            "rows": [asdict(row) for row in self.rows],
            "aims": [{**asdict(aim), "verdict": aim.verdict} for aim in self.aims],
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


HEADS = ("rules", "subject", "measured", "median", "best", "ratio", "to", "note")


def _cells(row: Row) -> tuple[str, ...]:
    is_run = row.value is not None
    return (
        "" if row.rules is None else f"{row.rules:,}",
        row.subject,
        row.depth,
        f"{_number(row.value)} {row.unit}" if is_run else "not run",
        _number(row.minimum),
        _number(row.ratio),
        row.against or "",
        row.note,
    )


def _number(value: float | None) -> str:
    """Three digits that count, and no more zeros than that."""
    if value is None:
        return ""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(rows: Iterable[Sequence[str]], heads: Sequence[str]) -> list[str]:
    """Lines in columns; numbers stand to the right."""
    cells = [tuple(heads), *rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    is_right = [
        all(cell[:1].isdigit() or not cell or cell == "not run" for cell in column[1:]) for column in _columns(cells)
    ]
    return ["  ".join(map(_padded, row, widths, is_right)).rstrip() for row in cells]


def _columns(cells: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    return list(zip(*cells, strict=True))


def _padded(cell: str, width: int, is_right: bool) -> str:
    return cell.rjust(width) if is_right else cell.ljust(width)


def machine() -> dict[str, Any]:
    """What the figures were measured on and with."""
    packages = [*_PACKAGES, *(each.package for each in ENTRANTS.values() if each.package)]
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "load": round(os.getloadavg()[0], 1),
        "versions": {package: found for package in dict.fromkeys(packages) if (found := _version(package))},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
