"""What one posted request costs on the ruleset that ships, from plain data to the bytes of its answer."""

import json
import random
from functools import partial
from typing import Any

import steelyard
from steelyard.model import Need, NeedType
from tests.bench.report import Aim, Findings, Row
from tests.bench.rounds import Contestant, Pace, side_by_side
from tests.bench.single import timed

_AS_OF = "2026-11-25"
_SEED = 20_261_125
_REQUESTS = 3000
"""So many that what is kept from one request to the next is seldom just what the next one needs."""
_ANSWERED = range(4, 9)
_WANTED = 5.0


def requests(ruleset: steelyard.Ruleset, count: int = _REQUESTS) -> list[dict[str, Any]]:
    """Distinct random requests: four to eight needs answered, some with an importance, all candidates."""
    chance = random.Random(_SEED)  # noqa: S311  nothing is kept secret by it
    needs = list(ruleset.needs.values())
    return [
        {
            "as_of": _AS_OF,
            "requirements": {
                need.id: _said(chance, need) for need in chance.sample(needs, min(len(needs), chance.choice(_ANSWERED)))
            },
        }
        for _ in range(count)
    ]


def _said(chance: random.Random, need: Need) -> Any:
    value = _value(chance, need)
    importance = chance.choices((None, "should", "could", "must"), (6, 2, 1, 1))[0]
    return value if importance is None else {"value": value, "importance": importance}


def _value(chance: random.Random, need: Need) -> Any:
    match need.type:
        case NeedType.FLAG:
            return chance.random() < 0.5
        case NeedType.NUMBER:
            return chance.randint(int(need.minimum or 0), int(need.maximum or 10))
        case NeedType.CHOICES:
            return chance.sample(need.option_ids, chance.randint(1, min(3, len(need.option_ids))))
        case _:
            return chance.choice(need.option_ids)


def measure(findings: Findings, pace: Pace) -> None:
    """Measures both ways to the same bytes, their parts, and what only reads the body or writes the document."""
    ruleset = steelyard.load()
    asked = requests(ruleset)
    bodies = [json.dumps(each).encode() for each in asked]
    documents = [ruleset.answer(each).to_dict() for each in asked[:500]]
    contestants: list[Contestant[Any]] = [
        Contestant("write", partial(ruleset.write, kept=False), asked),
        Contestant("write, kept", ruleset.write, asked[:200]),
        Contestant("answer, to_json", lambda request: ruleset.answer(request).to_json(), asked),
        Contestant("answer", ruleset.answer, asked),
        Contestant("decide", lambda request: ruleset.decide(**request).scores, asked),
        Contestant("json.loads of the body", json.loads, bodies),
        Contestant("json.dumps of the document", _dumps, documents),
        *_floors(documents),
    ]
    timings = side_by_side(contestants, pace)
    rows = [
        timed(
            Row(part="answering", subject="Steelyard", depth=each.name, rules=len(ruleset.rules)),
            each.name,
            timings,
            "write",
        )
        for each in contestants
    ]
    ratio = timings["answer, to_json"].ratio_to(timings["write"])
    findings.add(rows, [Aim("writing an answer: times as quick as making and dumping it", ratio, _WANTED)])


_dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def _floors(documents: list[dict[str, Any]]) -> list[Contestant[Any]]:
    """The quickest way from a document that is there already to its bytes, where it is installed."""
    try:
        import orjson
    except ModuleNotFoundError:
        return []
    return [Contestant("orjson.dumps of the document", orjson.dumps, documents)]
