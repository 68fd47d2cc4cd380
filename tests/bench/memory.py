"""How much memory a ruleset takes, each engine in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Sequence

from tests.bench.peers import ENTRANTS
from tests.bench.report import Findings, Row
from tests.bench.resident import INDEX_ALONE, STEELYARD

SIZES = (300, 10_000)


def measure(findings: Findings, sizes: Sequence[int]) -> None:
    """Measures rulesets of these sizes. The peers hold conditions only; Steelyard holds the whole ruleset as well."""
    findings.add(
        [row for size in sizes for subject in (STEELYARD, INDEX_ALONE, *ENTRANTS) for row in _rows(subject, size)]
    )


def _rows(subject: str, size: int) -> list[Row]:
    if subject in ENTRANTS and size > ENTRANTS[subject].most_rules:
        return [Row(part="memory", subject=subject, depth="loaded", rules=size, unit="MB")]
    command = [sys.executable, "-m", "tests.bench.resident", subject, str(size)]
    process = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    grown = json.loads(process.stdout)
    return [
        Row(part="memory", subject=subject, depth=depth, rules=size, value=grown[key], unit="MB")
        for key, depth in (("loaded", "after loading"), ("asked", "after 50 decisions"))
    ]
