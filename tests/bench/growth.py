"""What more rules cost where no more of them fire."""

from collections.abc import Sequence

from steelyard.model import Request
from tests.bench.growing import FIRING, growing
from tests.bench.report import Aim, Findings, Row
from tests.bench.rounds import Contestant, Pace, side_by_side
from tests.bench.single import DEPTHS, Ours, timed

SIZES = (100, 1000, 10_000)
_WANTED = 3.0


def measure(findings: Findings, pace: Pace, sizes: Sequence[int] = SIZES) -> None:
    """Measures rulesets of these sizes, of which twenty rules fire, side by side at each depth."""
    by_size = {size: Ours(growing(size)) for size in sizes}
    for size, ours in by_size.items():
        if any(len(ours.fired(request)) != FIRING for request in ours.requests):
            raise AssertionError(f"of {size} rules, others than {FIRING} fire")
    print(f"{FIRING} rules fire, of however many", flush=True)
    rows, aims = [], []
    least = str(min(sizes))
    for depth in (*DEPTHS, "document"):
        contestants: list[Contestant[Request]] = [
            Contestant(str(size), ours.engine.recommend if depth == "document" else getattr(ours, depth), ours.requests)
            for size, ours in by_size.items()
        ]
        timings = side_by_side(contestants, pace)
        for size in sizes:
            row = timed(Row(part="growth", subject="Steelyard", depth=depth, rules=size), str(size), timings, least)
            rows.append(row)
            if size == max(sizes):
                what = f"growth, {depth}: times the cost of {least} rules at {size:,}"
                aims.append(Aim(what, row.ratio, _WANTED, at_least=False))
    findings.add(rows, aims)
