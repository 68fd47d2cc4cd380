"""One process of `memory`: how much larger it grows by taking in a ruleset, and by deciding. Prints JSON."""

import ctypes
import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import steelyard
from steelyard.engine import Engine
from tests.bench import ruleset_data
from tests.bench.peers import ENTRANTS
from tests.bench.workload import Workload, workload

_DECISIONS = 50
_LIBRARY = ctypes.CDLL(None)
STEELYARD, INDEX_ALONE = "Steelyard", "Steelyard, index alone"

Ask = Callable[[int], object]
Load = Callable[[], Ask]
"""What is measured: it takes in the ruleset, and gives what answers the request of a number."""


def measured(subject: str, rules: int) -> dict[str, float]:
    """Growth in MB, after one engine with few rules has brought in what all of them need."""
    _loader(subject, workload(30, _DECISIONS))()(0)
    load = _loader(subject, workload(rules, _DECISIONS))
    before = _resident_mb()
    ask = load()
    loaded = _resident_mb()
    for number in range(_DECISIONS):
        ask(number)
    return {"loaded": loaded - before, "asked": _resident_mb() - before}


def _loader(subject: str, given: Workload) -> Load:
    if subject == INDEX_ALONE:
        model = steelyard.Ruleset.from_dict(ruleset_data.plain(given)).model
        return lambda: _deciding(model, given)
    if subject == STEELYARD:
        data = ruleset_data.plain(given)
        return lambda: _deciding(steelyard.Ruleset.from_dict(data).model, given)
    return lambda: _asking(subject, given)


def _deciding(model: Any, given: Workload) -> Ask:
    engine, requests = Engine(model), ruleset_data.requests(model, given.requests)
    return lambda number: engine.decide(requests[number]).reasons


def _asking(subject: str, given: Workload) -> Ask:
    peer = ENTRANTS[subject].make(given)
    return lambda number: peer.flags(given.requests[number])


def _resident_mb() -> float:
    """What is in memory, in MB, after what is no longer used has been given back as far as it can be."""
    gc.collect()
    if hasattr(_LIBRARY, "malloc_trim"):
        _LIBRARY.malloc_trim(0)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], int(sys.argv[2]))))
