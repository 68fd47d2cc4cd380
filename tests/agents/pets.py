"""Rulesets of their own, so that these tests do not move with the knowledge that ships."""

from typing import Any

import steelyard
from steelyard.agents.served import Served
from tests.unit.samples import changed, sample, without

AS_OF = "2024-01-01"
HOUSE: dict[str, Any] = {"as_of": AS_OF, "requirements": {"garden": True, "home": "house"}}


def pets() -> steelyard.Ruleset:
    """Which pet? With a need of every type."""
    return steelyard.Ruleset.from_dict(sample())


def plants() -> steelyard.Ruleset:
    """Another ruleset, in which a need of the same name has other answers."""
    other = changed((("ruleset", "id"), "plants"), (("ruleset", "title"), "Which plant"))
    other["needs"]["home"] = {**other["needs"]["home"], "question": "Which rooms?", "options": {"house": "House"}}
    other["rules"]["outdoors"]["when"] = {"garden": True, "home": "house"}
    del other["cases"]
    return steelyard.Ruleset.from_dict(other)


def ferns() -> steelyard.Ruleset:
    """Another ruleset, with a need and a candidate that the others do not have."""
    other = changed((("ruleset", "id"), "ferns"), (("needs", "light"), {"question": "Is it light?", "type": "flag"}))
    other["candidates"]["fern"] = {"name": "Fern"}
    other["rules"]["outdoors"]["when"] = {"garden": True, "light": True}
    other["rules"]["outdoors"]["ratings"]["fern"] = {"rating": "good", "because": "It grows.", "evidence": ["survey"]}
    del other["cases"]
    return steelyard.Ruleset.from_dict(other)


def close(behind: str | None) -> Served:
    """A ruleset in which the dog wins though one small rule speaks against it.

    Args:
        behind: how the cat is rated by the largest rule, where the dog is good; None if it is not.
    """
    data = without(("cases",), ("rules",))
    weights = (10, 5, 4, 3, 2, 2)
    data["rules"] = {f"rule-{place}": _rule(weight, dog="good") for place, weight in enumerate(weights)}
    data["rules"]["against"] = _rule(1, dog="poor")
    for place, word in enumerate((behind, "excellent", "excellent")):
        if word is not None:
            rated = {"rating": word, "because": f"Cats are {word}.", "evidence": ["study"]}
            data["rules"][f"rule-{place}"]["ratings"]["cat"] = rated
    return Served.of(steelyard.Ruleset.from_dict(data))


def _rule(weight: int, *, dog: str) -> dict[str, Any]:
    return {
        "criterion": "home",
        "title": f"Weighs {weight}",
        "when": {"garden": True},
        "weight": weight,
        "ratings": {"dog": {"rating": dog, "because": f"Dogs are {dog}.", "evidence": ["survey"]}},
    }


def one() -> Served:
    """A server's only ruleset."""
    return Served.of(pets())


def several() -> Served:
    """Two rulesets."""
    return Served.of(pets(), plants())
