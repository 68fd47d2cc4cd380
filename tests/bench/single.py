"""One decision at a time: fired rules, scores, ranked reasons; Steelyard beside the peers."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import steelyard
from steelyard.engine import Decision, Engine
from steelyard.model import Request
from tests.bench import ruleset_data
from tests.bench.assembly import Assembly
from tests.bench.peers import ENTRANTS, Peer
from tests.bench.report import Aim, Findings, Row
from tests.bench.rounds import Contestant, Pace, Timings, side_by_side
from tests.bench.workload import Answers, Workload, workload

SIZES = (30, 300, 3000, 10_000)
DEPTHS = ("fired", "scores", "reasons")
_CHECKED = {3000: 20, 10_000: 10}
"""How many requests are compared before anything is timed; 200 with fewer rules."""
_AIMS = {300: 3.0, 10_000: 6.0}
"""How many times as quick as the quickest peer the reasons should be."""
_STEELYARD = "Steelyard"


class DisagreementError(AssertionError):
    """A peer or Steelyard gave another answer: there is nothing to time."""


class Ours:
    """Steelyard with the rules of a workload, and its requests as the engine takes them."""

    def __init__(self, given: Workload) -> None:
        self.ruleset = steelyard.Ruleset.from_dict(ruleset_data.plain(given))
        self.engine = Engine(self.ruleset.model)
        self.requests = ruleset_data.requests(self.ruleset.model, given.requests)

    def fired(self, request: Request) -> Sequence[str]:
        """The ids of the fired rules."""
        return self.engine.decide(request).fired

    def scores(self, request: Request) -> object:
        """The score of each candidate."""
        return self.engine.decide(request).scores

    def reasons(self, request: Request) -> object:
        """The score and the reasons of each candidate, the best first."""
        decision = self.engine.decide(request)
        return decision.scores, decision.reasons


def measure(findings: Findings, sizes: Sequence[int], pace: Pace) -> None:
    """Measures rulesets of these sizes."""
    for size in sizes:
        given = workload(size)
        ours, peers = Ours(given), made(given)
        assembly = Assembly(given.rules)
        fired = check_equal(given, ours, peers, _CHECKED.get(size, 200))
        print(f"{size:,} rules, of which {fired:.1f} fire on average; all engines agree", flush=True)
        slow_pace = pace if size <= 300 else pace.shorter(7)
        by_depth = {
            depth: side_by_side(list(_contestants(depth, ours, peers, assembly, given.requests)), slow_pace)
            for depth in DEPTHS
        }
        rows = [row for depth in DEPTHS for row in _rows(size, depth, by_depth[depth])]
        rows += _whole_rows(size, ours, given.requests, slow_pace)
        findings.add(rows, _aims(size, by_depth["reasons"]))


def made(given: Workload) -> dict[str, Peer]:
    """The peers that take so many rules."""
    return {name: each.make(given) for name, each in ENTRANTS.items() if len(given.rules) <= each.most_rules}


def check_equal(given: Workload, ours: Ours, peers: dict[str, Peer], count: int) -> float:
    """Holds all engines against each other.

    Returns:
        how many rules fired on average.

    Raises:
        DisagreementError: they differ in the fired rules, in a score by more than 1e-9, or in the reasons.
    """
    assembly = Assembly(given.rules)
    fired = 0
    for answers, request in zip(given.requests[:count], ours.requests, strict=False):
        decision = ours.engine.decide(request)
        fired += len(decision.fired)
        for name, peer in peers.items():
            _check(name, peer.flags(answers), decision, assembly)
    return fired / count


def _check(name: str, flags: Sequence[bool], decision: Decision, assembly: Assembly) -> None:
    if assembly.fired(flags) != decision.fired:
        raise DisagreementError(f"{name}: other rules fire")
    scores = assembly.scores(flags)
    if any(abs(scores[candidate] - score) > 1e-9 for candidate, score in decision.scores.items()):
        raise DisagreementError(f"{name}: other scores")
    theirs = assembly.reasons(flags)
    ours = {candidate: sorted(each.rule.id for each in said) for candidate, said in decision.reasons.items()}
    if {candidate: [entry.rule for entry in said] for candidate, (_, said) in theirs.items()} != ours:
        raise DisagreementError(f"{name}: other reasons")
    ranked = [scores[candidate] for candidate in decision.reasons]
    if any(first < second - 1e-9 for first, second in pairwise(ranked)):
        raise DisagreementError(f"{name}: another ranking")


def _contestants(
    depth: str, ours: Ours, peers: dict[str, Peer], assembly: Assembly, requests: Sequence[Answers]
) -> Iterator[Contestant[Any]]:
    yield Contestant(_STEELYARD, getattr(ours, depth), ours.requests)
    for name, peer in peers.items():
        yield Contestant(name, partial(_asked, peer, getattr(assembly, depth)), requests)


def _asked(peer: Peer, assemble: Any, answers: Answers) -> object:
    return assemble(peer.flags(answers))


def _rows(size: int, depth: str, timings: Timings) -> Iterator[Row]:
    for name in (_STEELYARD, *ENTRANTS):
        row = Row(part="single", subject=name, depth=depth, rules=size)
        yield row if name not in timings else timed(row, name, timings, _STEELYARD)


def timed(row: Row, name: str, timings: Timings, against: str) -> Row:
    """The row with the time of a contestant, in microseconds, and its ratio to another."""
    timing = timings[name]
    return Row(
        part=row.part,
        subject=row.subject,
        depth=row.depth,
        rules=row.rules,
        value=timing.median * 1e6,
        minimum=timing.minimum * 1e6,
        ratio=timing.ratio_to(timings[against]),
        against=against,
        note=row.note,
    )


def _whole_rows(size: int, ours: Ours, requests: Sequence[Answers], pace: Pace) -> Iterator[Row]:
    """What only Steelyard gives: the document, and a request that it checks first."""
    engine = ours.engine
    asked = [ruleset_data.whole(each) for each in requests]
    contestants: list[Contestant[Any]] = [
        Contestant("winner", lambda request: engine.decide(request).winner, ours.requests),
        Contestant("reasons", ours.reasons, ours.requests),
        Contestant("document", engine.recommend, ours.requests),
        Contestant("document as dict", lambda request: engine.recommend(request).to_dict(), ours.requests),
        Contestant("document, request checked", ours.ruleset.answer, asked),
    ]
    timings = side_by_side(contestants, pace)
    for each in contestants:
        if each.name != "reasons":
            yield timed(
                Row(part="single", subject=_STEELYARD, depth=each.name, rules=size), each.name, timings, "reasons"
            )


def _aims(size: int, reasons: Timings) -> list[Aim]:
    if size not in _AIMS:
        return []
    ratio = min(timing.ratio_to(reasons[_STEELYARD]) for name, timing in reasons.items() if name != _STEELYARD)
    return [Aim(f"reasons by {size:,} rules: times as quick as the quickest peer", ratio, _AIMS[size])]
