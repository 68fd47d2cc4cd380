"""A small sound ruleset with every feature, ways to spoil it, and ways to name the faults that come of it."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from typing import Any

from steelyard.diagnostics import Diagnostic, FaultsError
from steelyard.library import check_data
from steelyard.model import Ruleset

Keys = tuple[str | int, ...]

_DATA: dict[str, Any] = {
    "ruleset": {
        "id": "pets",
        "title": "Which pet?",
        "version": "3",
        "importance": {"must": 4, "should": 2, "could": 0.5},
        "stale_after_days": 365,
    },
    "needs": {
        "garden": {"question": "Is there a garden?", "type": "flag", "help": "A yard counts."},
        "home": {"question": "Where?", "type": "choice", "options": {"flat": "Flat", "house": "House", "farm": "Farm"}},
        "allergies": {"question": "To what?", "type": "choices", "options": {"fur": "Fur", "hay": "Hay", "egg": "Egg"}},
        "skill": {"question": "How skilled?", "type": "scale", "options": {"low": "Low", "mid": "Mid", "high": "High"}},
        "hours": {"question": "How long?", "type": "number", "minimum": 0, "maximum": 24, "unit": "hours"},
    },
    "candidates": {
        "dog": {
            "name": "Dog",
            "summary": "Loyal.",
            "steward": "Breeders",
            "licence": "By the town",
            "homepage": "https://example.org/dogs",
        },
        "cat": {"name": "Cat"},
        "robot": {"name": "Robot", "since": "2018-01-11", "until": "2026-01-01"},
    },
    "criteria": {"home": "Home", "care": "Care"},
    "evidence": {
        "survey": {"title": "A survey", "published": "2025-03-01", "url": "https://example.org/survey"},
        "study": {"title": "A study", "published": "2024-06-15", "source": "Volume 12, page 7"},
    },
    "rules": {
        "outdoors": {
            "criterion": "home",
            "title": "Room to run",
            "when": {"garden": True, "home": ["house", "farm"]},
            "weight": 2,
            "ratings": {
                "dog": {"rating": "excellent", "because": "Dogs run.", "evidence": ["survey"]},
                "cat": {"rating": "good", "because": "Cats roam.", "evidence": ["survey"]},
            },
        },
        "allergy": {
            "criterion": "care",
            "title": "Allergies",
            "when": {"any": [{"allergies": "fur"}, {"allergies": {"all_of": ["hay", "egg"]}}]},
            "veto": True,
            "because": "It has fur.",
            "evidence": ["study"],
            "ratings": {"dog": "unsupported", "cat": "unsupported", "robot": "excellent"},
        },
        "left-alone": {
            "criterion": "care",
            "title": "Hours alone",
            "when": {"hours": {"at_least": 6}, "not": {"skill": {"at_least": "high"}}},
            "since": "2019-01-01",
            "until": "2030-01-01",
            "ratings": {
                "dog": {"rating": "poor", "because": "Dogs pine.", "evidence": ["survey"]},
                "robot": {
                    "2020-01-01": {"rating": "good", "because": "It waits.", "evidence": ["survey"]},
                    "2023-01-01": {"rating": "excellent", "because": "It charges.", "evidence": ["survey"]},
                },
            },
        },
    },
    "cases": {
        "a-house": {
            "note": "Room to run.",
            "requirements": {"garden": {"value": True, "importance": "must"}, "home": "house"},
            "as_of": "2024-01-01",
            "candidates": ["dog", "cat"],
            "expect": {"recommended": "dog", "fired": ["outdoors"], "above": {"dog": "cat"}},
        },
    },
}


def sample() -> dict[str, Any]:
    """The sound ruleset as plain data, to be spoiled at will."""
    return deepcopy(_DATA)


def changed(*changes: tuple[Keys, Any]) -> dict[str, Any]:
    """The sound ruleset with other values at the given places."""
    data = sample()
    for keys, value in changes:
        holder: Any = data
        for key in keys[:-1]:
            holder = holder[key]
        holder[keys[-1]] = value
    return data


def without(*places: Keys) -> dict[str, Any]:
    """The sound ruleset without what stands at the given places."""
    data = sample()
    for keys in places:
        holder: Any = data
        for key in keys[:-1]:
            holder = holder[key]
        del holder[keys[-1]]
    return data


def told(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Each fault as its code and its pointer, in order."""
    return [f"{each.code.value} {each.pointer}" for each in diagnostics]


def faults_of(call: Callable[[], object]) -> list[str]:
    """The faults that the call raises, as codes and pointers; none if it raises none."""
    try:
        call()
    except FaultsError as error:
        return told(error.diagnostics)
    return []


def checked(data: Mapping[Any, Any]) -> list[str]:
    """What checking the data tells, as codes and pointers."""
    return told(check_data(data).diagnostics)


def ruleset(data: Mapping[str, Any] | None = None) -> Ruleset:
    """The model of sound data; of the sample without any."""
    return check_data(sample() if data is None else data).required()
