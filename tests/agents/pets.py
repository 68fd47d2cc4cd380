"""Rulesets of their own, so that these tests do not move with the knowledge that ships."""

from typing import Any

import steelyard
from steelyard.agents.served import Served
from tests.unit.samples import changed, sample

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


def one() -> Served:
    """A server's only ruleset."""
    return Served.of(pets())


def several() -> Served:
    """Two rulesets."""
    return Served.of(pets(), plants())
