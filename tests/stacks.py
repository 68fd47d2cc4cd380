"""Three small rulesets and a stack of them, so that these tests do not move with the knowledge that ships.

Whoever has a pet needs a bed for it, and a vet. The bed takes the pet; the vet takes the pet as well, if only as a
`could`. All three ask how long the pet is alone, and mean the same by it.
"""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import steelyard

Data = dict[str, Any]

DAY = "2025-01-01"

HOURS: Data = {"question": "How long is it alone?", "type": "number", "minimum": 0, "maximum": 24, "unit": "hours"}
PET: Data = {"question": "Which pet is it?", "type": "choice", "options": {"dog": "Dog", "cat": "Cat", "fish": "Fish"}}


def _rule(title: str, when: Data, **ratings: str) -> Data:
    shared = {"because": f"{title}: so says the survey.", "evidence": ["survey"]}
    return {"criterion": "home", "title": title, "when": when, **shared, "ratings": ratings}


def _ruleset(id_: str, title: str, needs: Data, candidates: Data, rules: Data) -> Data:
    url = f"https://example.org/{id_}"
    return {
        "ruleset": {"id": id_, "title": title, "version": "1"},
        "needs": needs,
        "candidates": candidates,
        "criteria": {"home": "Home"},
        "evidence": {"survey": {"title": f"A survey of {id_}", "published": "2024-05-01", "url": url}},
        "rules": rules,
    }


PETS = _ruleset(
    "pets",
    "Which pet?",
    {"garden": {"question": "Is there a garden?", "type": "flag"}, "hours": HOURS},
    {"dog": {"name": "Dog"}, "cat": {"name": "Cat"}},
    {
        "outdoors": _rule("Likes to be outdoors", {"garden": True}, dog="excellent", cat="good"),
        "alone": _rule("Copes alone", {"hours": {"at_least": 6}}, dog="unsupported", cat="good"),
        "garden": _rule("Digs", {"garden": False}, dog="fair", cat="fair"),
        "never": _rule("Is fed", {"hours": {"at_least": 20}}, dog="unsupported", cat="unsupported"),
    },
)
BEDS = _ruleset(
    "beds",
    "Which bed?",
    {"pet": PET, "hours": HOURS, "floor": {"question": "Is the floor warm?", "type": "flag"}},
    {"basket": {"name": "Basket"}, "tower": {"name": "Tower"}},
    {
        "climbing": _rule("Can be climbed", {"pet": "cat"}, basket="poor", tower="excellent"),
        "low": _rule("Stands low", {"pet": "dog"}, basket="excellent", tower="unsupported"),
        "long": _rule("Made for long days", {"hours": {"at_least": 8}}, basket="good", tower="excellent"),
        "warm": _rule("Keeps warm", {"floor": False}, basket="fair", tower="good"),
    },
)
VETS = _ruleset(
    "vets",
    "Which vet?",
    {"pet": PET},
    {"clinic": {"name": "Clinic"}, "visits": {"name": "House calls"}},
    {
        "calm": _rule("Spares the way", {"pet": {"any_of": ["cat", "fish"]}}, clinic="poor", visits="good"),
        "dogs": _rule("Knows dogs", {"pet": "dog"}, clinic="good", visits="good"),
    },
)
STACK: Data = {
    "stack": {"id": "pet-bed-vet", "title": "A pet, its bed and its vet", "version": "2"},
    "parts": {
        "pet": {"ruleset": "pets"},
        "bed": {"ruleset": "beds", "takes": {"pet": "pet"}},
        "house-vet": {"ruleset": "vets", "takes": {"pet": {"part": "pet", "importance": "could"}}},
    },
}
RULESETS = {"pets": PETS, "beds": BEDS, "vets": VETS}


def changed(data: Data, *changes: tuple[tuple[str, ...], Any]) -> Data:
    """A copy of the data with other values at the given places."""
    copy = deepcopy(data)
    for keys, value in changes:
        holder: Any = copy
        for key in keys[:-1]:
            holder = holder[key]
        holder[keys[-1]] = value
    return copy


def stack(data: Data = STACK, **rulesets: Data) -> steelyard.Stack:
    """The stack over the rulesets of this module, or over others of the same names."""
    joined = {**RULESETS, **rulesets}
    return steelyard.Stack.from_dict(data, [steelyard.Ruleset.from_dict(each) for each in joined.values()])


def written(folder: Path) -> Path:
    """A folder with the three rulesets, each in a folder of its own, and the stack in a folder beside them."""
    for name, data in RULESETS.items():
        (folder / name).mkdir()
        (folder / name / "ruleset.yaml").write_text(json.dumps(data), encoding="utf-8")
    (folder / "stacks").mkdir()
    (folder / "stacks" / "pet-bed-vet.yaml").write_text(json.dumps(STACK), encoding="utf-8")
    return folder
