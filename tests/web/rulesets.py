"""Two small rulesets of these tests' own, so that they do not move with the knowledge that ships."""

from pathlib import Path
from typing import Any

from steelyard.api import Ruleset
from steelyard.web import Shelf

PETS: dict[str, Any] = {
    "ruleset": {
        "id": "pets",
        "title": "Welches Haustier? 🐈",
        "version": "2",
        "importance": {"must": 5, "should": 1.5, "could": 1},
        "stale_after_days": 365,
    },
    "needs": {
        "garden": {"question": "Is there a garden?", "type": "flag", "help": "A balcony is none."},
        "home": {"question": "Which home?", "type": "choice", "options": {"flat": "A flat", "farm": "A farm"}},
        "allergies": {"question": "Allergic to?", "type": "choices", "options": {"fur": "Fur", "hay": "Hay"}},
        "patience": {"question": "How patient?", "type": "scale", "options": {"low": "Little", "high": "Much"}},
        "hours": {
            "question": "How long is it alone?",
            "type": "number",
            "minimum": 0,
            "maximum": 24,
            "unit": "hours",
        },
    },
    "candidates": {
        "dog": {
            "name": "Dog",
            "summary": "It barks.",
            "steward": "Its people",
            "licence": "MIT",
            "homepage": "https://example.org/dog",
        },
        "cat": {"name": "Cat", "since": "2000-01-01", "until": "2100-01-01"},
    },
    "criteria": {"place": "Place", "time": "Time"},
    "evidence": {"survey": {"title": "Ein Überblick", "published": "2024-05-01", "source": "A leaflet"}},
    "rules": {
        "outdoors": {
            "criterion": "place",
            "title": "Likes to be outdoors",
            "when": {"garden": True},
            "evidence": ["survey"],
            "because": "Both roam.",
            "ratings": {"dog": "excellent", "cat": "good"},
        },
        "alone": {
            "criterion": "time",
            "title": "Copes alone",
            "when": {"any": [{"hours": {"at_least": 6}}, {"patience": "low"}]},
            "evidence": ["survey"],
            "because": "Cats sleep.",
            "ratings": {"dog": "poor", "cat": "good"},
        },
        "fur": {
            "criterion": "place",
            "title": "Free of fur",
            "when": {"all": [{"allergies": "fur"}, {"not": {"home": "farm"}}]},
            "evidence": ["survey"],
            "because": "It has fur.",
            "ratings": {"dog": "unsupported", "cat": "unsupported"},
        },
    },
}

TEA: dict[str, Any] = {
    "ruleset": {"id": "tea", "title": "Which tea?", "version": "1"},
    "needs": {"sleep": {"question": "Is it late?", "type": "flag"}},
    "candidates": {"green": {"name": "Green tea"}, "rooibos": {"name": "Rooibos"}},
    "criteria": {"night": "Night"},
    "rules": {
        "caffeine": {
            "criterion": "night",
            "title": "Lets one sleep",
            "when": {"sleep": True},
            "ratings": {"green": "poor", "rooibos": "excellent"},
        },
    },
}

TEA_YAML = Path(__file__).with_name("tea.yaml").read_text(encoding="utf-8")
"""A third, as the file that whoever runs the service would serve."""
NEWER_YAML = TEA_YAML.replace('version: "1"', 'version: "2"')
"""Its next version."""
FAULTY_YAML = TEA_YAML.replace("sleep: true", "slep: true")
"""The same with a slip."""


def pets_and_tea() -> Shelf:
    """A shelf with both; pets are the default."""
    return Shelf.holding(Ruleset.from_dict(PETS), Ruleset.from_dict(TEA))
