"""`make bench`: measure Steelyard beside other engines, print tables, and write all figures as JSON."""

import argparse
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from tests.bench.report import Findings
from tests.bench.rounds import FULL, QUICK

PARTS = ("single", "growth", "answering", "explaining", "batch", "memory", "load", "cold")
"""What is measured when nothing is said; `http` and `page` need other programs, and are measured when named."""
_ALL = (*PARTS, "http", "page")
_SIZES = {"single": (30, 300, 3000, 10_000), "batch": (30, 300, 3000), "memory": (300, 10_000), "load": (10_000,)}
"""Rules in the rulesets that are measured; `growth` has its own; some ask what ships."""
_QUICK_SIZES = {"single": (30, 300), "batch": (300,), "memory": (300,), "load": (1000,)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures what is asked for."""
    options = _parser().parse_args(arguments)
    findings = Findings()
    for part in options.parts or PARTS:
        print(f"== {part} ==", flush=True)
        standard = (_QUICK_SIZES if options.quick else _SIZES).get(part, ())
        _measure(part, findings, tuple(options.rules or standard), is_quick=options.quick)
    findings.print_aims()
    findings.write(options.json)
    print(f"\nAll figures are in {options.json}")


def _measure(part: str, findings: Findings, sizes: tuple[int, ...], *, is_quick: bool) -> None:
    """Imports and runs one part, so that each needs only what it measures."""
    measure = import_module(f"tests.bench.{part}").measure
    pace = QUICK if is_quick else FULL
    if part == "single":
        measure(findings, sizes, pace)
    elif part == "batch":
        measure(findings, sizes, pace, 10 if is_quick else 1)
    elif part == "memory":
        measure(findings, sizes)
    elif part == "load":
        for size in sizes:
            measure(findings, size, 2 if is_quick else 5)
    else:
        measure(findings, pace)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(_ALL)}; the last two only when said")
    parser.add_argument("--rules", type=int, action="append", metavar="N", help="rules in the ruleset; may be repeated")
    parser.add_argument("--quick", action="store_true", help="smaller and fewer rounds: a look, not a figure to quote")
    parser.add_argument("--json", type=Path, default=Path("build/bench.json"), metavar="PATH", help="where figures go")
    return parser


if __name__ == "__main__":
    main()
