"""A small ruleset, and requests to it that come out in every way an answer can."""

from typing import Any

from steelyard import Answer, Ruleset

Data = dict[str, Any]

STORES: Data = {
    "ruleset": {
        "id": "order-stores",
        "title": "Which store to keep orders in",
        "version": "2024.1",
        "stale_after_days": 365,
    },
    "needs": {
        "traffic": {
            "question": "How many orders arrive per second?",
            "type": "number",
            "minimum": 0,
            "maximum": 100000,
            "unit": "orders",
        },
        "places": {
            "question": "Where will it run?",
            "type": "choices",
            "options": {"cloud": "A public cloud", "edge": "Shops without a network", "desk": "A laptop"},
        },
        "sql": {"question": "Does it have to speak SQL?", "type": "flag"},
        "skill": {
            "question": "How well does the team know databases?",
            "type": "scale",
            "options": {"beginner": "New to them", "expert": "Inside out"},
        },
    },
    "candidates": {
        "heron": {"name": "Heron"},
        "magpie": {"name": "Magpie Distributed Store"},
        "dodo": {"name": "Dodo", "until": "2020-01-01"},
        "owl": {"name": "Owl"},
    },
    "criteria": {"operation": "Operation", "language": "Language"},
    "evidence": {
        "manual": {
            "title": "Heron manual, chapter 3",
            "url": "https://example.org/heron_(store)?chapter=3&copy;=1",
            "published": "2021-05-01",
        },
        "bench": {"title": "Our own measurement", "source": "bench run 12", "published": "2024-02-01"},
        "survey": {
            "title": "A survey of stores",
            "url": "https://example.org/surveys/2023/stores-that-small-shops-use-and-what-they-think-of-them",
            "published": "2023-11-20",
        },
    },
    "rules": {
        "runs-offline": {
            "criterion": "operation",
            "title": "Runs without a network",
            "when": {"places": "edge"},
            "weight": 3,
            "ratings": {
                "heron": {
                    "rating": "excellent",
                    "because": "It is one file and a library, so nothing has to be reached.",
                    "evidence": ["manual", "bench"],
                },
                "magpie": {
                    "rating": "unsupported",
                    "because": "It does not start without three nodes that see each other.",
                    "evidence": ["bench"],
                },
                "owl": {
                    "rating": "fair",
                    "because": "It keeps what it cannot send, for an hour.",
                    "evidence": ["survey"],
                },
            },
        },
        "takes-the-load": {
            "criterion": "operation",
            "title": "Takes the load",
            "when": {"traffic": {"at_least": 1000}},
            "weight": 2,
            "ratings": {
                "heron": {
                    "rating": "poor",
                    "because": "It wrote 800 orders per second at best.",
                    "evidence": ["bench"],
                },
                "magpie": {
                    "rating": "excellent",
                    "because": "It wrote 40000 orders per second.",
                    "evidence": ["bench"],
                },
            },
        },
        "speaks-sql": {
            "criterion": "language",
            "title": "Speaks SQL",
            "when": {"sql": True},
            "ratings": {
                "heron": {"rating": "good", "because": "All of SQL-92.", "evidence": ["manual"]},
                "magpie": {"rating": "fair", "because": "It speaks SELECT alone.", "evidence": ["survey"]},
                "owl": {
                    "rating": "unsupported",
                    "because": "It has a language of its own.",
                    "evidence": ["survey"],
                },
            },
        },
        "kind-to-beginners": {
            "criterion": "language",
            "title": "Kind to beginners",
            "when": {"skill": "beginner"},
            "because": "Both print what went wrong and what to do.",
            "evidence": ["survey"],
            "ratings": {"heron": "good", "owl": "good"},
        },
        "maintained": {
            "criterion": "operation",
            "title": "Still maintained",
            "when": {"places": "cloud"},
            "veto": True,
            "ratings": {
                "owl": {
                    "rating": "unsupported",
                    "because": "Its makers stopped in 2023.",
                    "evidence": ["survey"],
                }
            },
        },
    },
}

DAY = "2024-06-01"
MUST_RUN_OFFLINE = {"value": ["edge"], "importance": "must"}

REQUESTS: dict[str, Data] = {
    "recommended": {
        "requirements": {
            "traffic": 5000,
            "places": {"value": ["edge", "desk"], "importance": "could"},
            "sql": True,
            "skill": "expert",
        },
        "as_of": DAY,
    },
    "tied": {
        "requirements": {"traffic": 5000, "places": {"value": ["edge"], "importance": "could"}},
        "as_of": DAY,
    },
    "tied-alike": {
        "requirements": {"skill": "beginner"},
        "as_of": DAY,
        "candidates": ["heron", "magpie", "owl"],
    },
    "undecided": {"requirements": {"places": []}, "as_of": DAY},
    "nothing-said": {"requirements": {}, "as_of": DAY},
    "infeasible": {
        "requirements": {
            "places": {"value": ["cloud", "edge"], "importance": "must"},
            "sql": {"value": True, "importance": "must"},
        },
        "as_of": DAY,
        "candidates": ["magpie", "dodo", "owl"],
    },
    "excluded-by-date": {
        "requirements": {"places": MUST_RUN_OFFLINE},
        "as_of": "2021-06-01",
    },
    "stale": {"requirements": {"sql": True, "skill": "beginner"}, "as_of": "2026-01-01"},
    "explained": {
        "requirements": {"places": ["edge"], "traffic": 5000},
        "as_of": DAY,
        "explain": ["questions", "changes", "rules"],
        "compare": ["owl", "heron"],
    },
    "settled": {
        "requirements": {"places": ["edge"], "sql": True, "traffic": 5000},
        "as_of": DAY,
        "explain": ["questions", "changes"],
    },
    "only-candidate": {
        "requirements": {"places": ["edge"], "traffic": 1000},
        "as_of": DAY,
        "candidates": ["heron"],
    },
}


def answer(name: str) -> Answer:
    """The answer to one of the requests."""
    return Ruleset.from_dict(STORES).answer(REQUESTS[name])
