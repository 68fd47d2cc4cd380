"""Requests to the ruleset that ships, no two of them alike, and their answers."""

import json
import random
from pathlib import Path
from typing import Any

import steelyard
from steelyard.model import Importance, Need, NeedType

_SEED = 20261125
_AS_OF = "2026-11-25"
_IMPORTANCES = [each.value for each in Importance]


def bodies(number: int) -> list[bytes]:
    """As many bodies, each answering three to eight needs, one in four of them with an importance."""
    chance = random.Random(_SEED)  # noqa: S311  drawn to be the same each time
    ruleset = steelyard.load()
    found: dict[bytes, None] = {}
    while len(found) < number:
        needs = chance.sample(list(ruleset.needs.values()), chance.randint(3, 8))
        requirements = {need.id: _weighed(_answer(need, chance), chance) for need in needs}
        found[json.dumps({"requirements": requirements, "as_of": _AS_OF}).encode()] = None
    return list(found)


def write_answers(asked: list[bytes], path: Path) -> None:
    """Writes what a bare route needs: each body with the bytes that answer it."""
    ruleset = steelyard.load()
    answers = [ruleset.answer(json.loads(body)).to_json() + "\n" for body in asked]
    path.write_text(json.dumps([[body.decode() for body in asked], answers]), encoding="utf-8")


def read_answers(path: Path) -> dict[bytes, bytes]:
    """The bodies with the bytes that answer them."""
    asked, answers = json.loads(path.read_text(encoding="utf-8"))
    return {body.encode(): answer.encode() for body, answer in zip(asked, answers, strict=True)}


def _answer(need: Need, chance: random.Random) -> Any:
    options = [option for option, _ in need.options]
    match need.type:
        case NeedType.FLAG:
            return chance.choice([True, False])
        case NeedType.NUMBER:
            return chance.randint(int(need.minimum or 0), int(need.maximum or 100))
        case NeedType.CHOICES:
            return chance.sample(options, chance.randint(1, min(3, len(options))))
    return chance.choice(options)


def _weighed(value: Any, chance: random.Random) -> Any:
    return value if chance.random() < 0.75 else {"value": value, "importance": chance.choice(_IMPORTANCES)}
