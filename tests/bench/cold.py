"""How long whole processes take, from nothing to the answer."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from tests.bench.report import Aim, Findings, Row
from tests.bench.rounds import Contestant, Pace, side_by_side

_STEELYARD = str(Path(sys.executable).with_name("steelyard"))
_RECOMMEND = (_STEELYARD, "recommend", "--need", "stage=production")
_WANTED = 3.0


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, and what its environment has besides."""

    words: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self) -> None:
        """Runs it to its end."""
        subprocess.run(self.words, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **self.environment})


_BARE = "python -c 'import yaml, click'"
_ANSWER = "steelyard recommend"
COMMANDS = {
    _BARE: Command((sys.executable, "-c", "import yaml, click")),
    "python -c 'import steelyard'": Command((sys.executable, "-c", "import steelyard")),
    _ANSWER: Command(_RECOMMEND),
    "steelyard recommend, no cache": Command(_RECOMMEND, {"STEELYARD_CACHE": "off"}),
}


def measure(findings: Findings, pace: Pace) -> None:
    """Measures by the clock on the wall, after each command has been run once."""
    contestants = [Contestant(name, Command.run, [command]) for name, command in COMMANDS.items()]
    timings = side_by_side(contestants, Pace(pace.rounds * 2, 0.0), perf_counter)
    rows = [
        Row(
            part="cold",
            subject=name,
            depth="process",
            value=timing.median * 1000,
            unit="ms",
            minimum=timing.minimum * 1000,
            ratio=timing.ratio_to(timings[_BARE]),
            against="the first",
        )
        for name, timing in timings.items()
    ]
    ratio = timings[_ANSWER].ratio_to(timings[_BARE])
    findings.add(
        rows, [Aim("cold `steelyard recommend`: times as long as the bare imports", ratio, _WANTED, at_least=False)]
    )
