"""What explaining an answer costs beside the answer itself, on the ruleset that ships."""

from typing import Any

import steelyard
from tests.bench.report import Aim, Findings, Row
from tests.bench.rounds import Contestant, Pace, side_by_side
from tests.bench.single import timed

TOPICS = (("questions",), ("changes",), ("rules",), ("questions", "changes", "rules"))
_AS_OF = "2026-11-25"
_REQUESTS: tuple[dict[str, Any], ...] = (
    {"model_kinds": ["recurrent"]},
    {"targets": {"value": ["android", "ios"], "importance": "must"}, "stage": "production"},
    {"stage": "research", "research_flexibility": "much", "training_scale": "cluster", "training_hardware": ["tpu"]},
    {
        "stage": "production",
        "targets": {"value": ["server", "browser"], "importance": "must"},
        "team_experience": {"value": "beginner", "importance": "could"},
        "languages": ["javascript"],
        "pretrained_models": True,
        "lifetime": 10,
        "vendor_neutral": {"value": True, "importance": "must"},
        "small_install": True,
    },
)
"""Little said, much said, with musts that exclude and without."""

_WANTED = 36.0


def measure(findings: Findings, pace: Pace) -> None:
    """Measures the plain answer, each topic, and all of them together, side by side."""
    ruleset = steelyard.load()
    plain = [{"requirements": each, "as_of": _AS_OF} for each in _REQUESTS]
    contestants = [Contestant("plain", ruleset.answer, plain)]
    contestants += [
        Contestant(", ".join(topics), ruleset.answer, [{**each, "explain": list(topics)} for each in plain])
        for topics in TOPICS
    ]
    timings = side_by_side(contestants, pace)
    rows = [
        timed(
            Row(part="explaining", subject="Steelyard", depth=each.name, rules=len(ruleset.rules)),
            each.name,
            timings,
            "plain",
        )
        for each in contestants
    ]
    aim = Aim("explaining all: times the cost of a plain answer", rows[-1].ratio, _WANTED, at_least=False)
    findings.add(rows, [aim])
