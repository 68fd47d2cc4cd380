"""How long it takes until the first decision: from YAML text, and from rules at hand for the peers."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import yaml

import steelyard
from tests.bench import ruleset_data
from tests.bench.peers import ENTRANTS
from tests.bench.report import Aim, Findings, Row
from tests.bench.rounds import Timing, once
from tests.bench.workload import workload

_EVENTS, _OURS = "PyYAML's C events alone", "Steelyard"
_WANTED = 4.0


def measure(findings: Findings, rules: int, rounds: int) -> None:
    """Measures a ruleset of this size, with the collector on as whoever loads something has it."""
    works = _works(rules)
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds):
        for name in list(works)[:: -1 if number % 2 else 1]:
            seconds[name].append(once(works[name]))
    timings = {name: Timing(tuple(each)) for name, each in seconds.items()}
    ratio = timings[_OURS].ratio_to(timings[_EVENTS])
    aim = Aim(f"load of {rules:,} rules: times as long as YAML events alone", ratio, _WANTED, at_least=False)
    findings.add(list(_rows(rules, timings)), [aim])


def _works(rules: int) -> Mapping[str, Callable[[], object]]:
    given = workload(rules)
    text = ruleset_data.text(given)
    print(f"{rules:,} rules, {len(text) / 1e6:.2f} MB of YAML", flush=True)
    first = given.requests[0]
    works: dict[str, Callable[[], object]] = {
        _EVENTS: lambda: sum(1 for _ in yaml.parse(text, Loader=yaml.CSafeLoader)),
        "PyYAML's CSafeLoader": lambda: yaml.load(text, Loader=yaml.CSafeLoader),
        _OURS: lambda: steelyard.Ruleset.from_yaml(text),
        "Steelyard and a first decision": lambda: steelyard.Ruleset.from_yaml(text).recommend(first),
    }
    for name, entrant in ENTRANTS.items():
        if rules <= entrant.most_rules:
            entrant.load()
            works[name] = partial(entrant.make, given)
    return works


def _rows(rules: int, timings: Mapping[str, Timing]) -> Iterator[Row]:
    for name, timing in timings.items():
        yield Row(
            part="load",
            subject=name,
            depth="compiled" if name in ENTRANTS else "from YAML",
            rules=rules,
            value=timing.median * 1000,
            unit="ms",
            minimum=timing.minimum * 1000,
            ratio=timing.ratio_to(timings[_EVENTS]),
            against=_EVENTS,
        )
