"""What the tools give, as JSON Schema. Keys may be added, and never change meaning."""

from steelyard.agents.parameters import Schema
from steelyard.recommendation import Outcome

_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_NUMBER: Schema = {"type": "number"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_FLAG: Schema = {"type": "boolean"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _listed(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(required: dict[str, Schema], **more: Schema) -> Schema:
    return {"type": "object", "properties": {**required, **more}, "required": list(required)}


def _told(schema: Schema, words: str) -> Schema:
    return {**schema, "description": words}


_REASON = _object(
    {
        "rule": _or_null(_TEXT),
        "title": _TEXT,
        "rating": _or_null(_TEXT),
        "points": _told(_NUMBER, "What it adds to the score."),
        "because": _or_null(_TEXT),
        "evidence": _told(_TEXTS, "Keys of `evidence`."),
    },
    veto=_told(_FLAG, "Whether it excludes the candidate."),
    behind=_told(_NUMBER, "By how many points the candidate is behind the first here, where it loses most."),
)
_WEIGHED: dict[str, Schema] = {
    "candidate": _TEXT,
    "name": _TEXT,
    "score": _told(_NUMBER, "0 to 100."),
    "rated": _told(_NUMBER, "The share of what was asked that is known of it, 0 to 1."),
}
_REASONED: dict[str, Schema] = {**_WEIGHED, "reasons": _listed(_REASON)}
_EXCLUDED: dict[str, Schema] = {"excluded": _FLAG}
_EVIDENCE: Schema = {
    "type": "object",
    "additionalProperties": _object(
        {
            "title": _TEXT,
            "url": _or_null(_TEXT),
            "source": _or_null(_TEXT),
            "published": _TEXT,
            "stale": _told(_FLAG, "Whether it is too old to be relied on."),
        }
    ),
}
_QUESTIONS = _listed(
    _object(
        {
            "need": _TEXT,
            "question": _TEXT,
            "flips": _told(_NUMBER, "The share of the answers that change who is recommended, 0 to 1."),
        }
    )
)
_RELAX = _listed(_object({"needs": _TEXTS, "words": _TEXT}))
_HEAD: dict[str, Schema] = {
    "id": _told(_TEXT, "The same question gets the same id."),
    "ruleset": _object({"id": _TEXT, "version": _TEXT, "digest": _TEXT}),
    "as_of": _TEXT,
    "requirements": {"type": "object"},
    "outcome": {"type": "string", "enum": [each.value for each in Outcome]},
    "recommended": _or_null(
        _object(
            {
                "candidate": _TEXT,
                "name": _TEXT,
                "score": _NUMBER,
                "lead": _or_null(_NUMBER),
                "robustness": _told(_or_null(_NUMBER), "The share by which every weight may be wrong, 0 to 1."),
            },
            tied_with=_TEXTS,
        )
    ),
    "summary": _told(_TEXT, "The answer in a sentence or two."),
}
_SETTLED: dict[str, Schema] = {
    "settled": _told(_or_null(_FLAG), "Whether no single open answer would change who is recommended.")
}

RULESETS = _object(
    {
        "default": _TEXT,
        "rulesets": _listed(
            _object(
                {
                    "id": _TEXT,
                    "title": _TEXT,
                    "version": _TEXT,
                    "needs": _COUNT,
                    "rules": _COUNT,
                    "candidates": _told({"type": "object", "additionalProperties": _TEXT}, "Names by id."),
                }
            )
        ),
    }
)
NEEDS = _object(
    {
        "ruleset": _object({"id": _TEXT, "title": _TEXT, "version": _TEXT}),
        "schema": _told({"type": "object"}, "The JSON Schema of `requirements`."),
    }
)
ANSWER = _object(
    {
        **_HEAD,
        "unanswered": _TEXTS,
        **_SETTLED,
        "ranking": _listed(_object({"rank": _COUNT, **_REASONED})),
        "excluded": _listed(_object(_REASONED)),
        "evidence": _EVIDENCE,
        "relax": _RELAX,
    },
    questions=_QUESTIONS,
    changes={"type": "array"},
    left_out=_told(
        {"type": "object", "additionalProperties": _COUNT}, "How many candidates are not told; they come after those."
    ),
)
EXPLANATION = _object(
    {
        **_HEAD,
        "candidate": _or_null(_object({"rank": _or_null(_COUNT), **_REASONED, **_EXCLUDED})),
        "changes": _told(
            _listed(_object({"candidate": _TEXT, "name": _TEXT, "steps": _listed({"type": "object"}), "words": _TEXT})),
            "By rival, the fewest answers that would have to be others to put it first.",
        ),
        "relax": _RELAX,
        "questions": _QUESTIONS,
        "evidence": _EVIDENCE,
        "incomplete": _TEXTS,
    }
)
COMPARISON = _object(
    {
        **_HEAD,
        "candidates": _listed(_object({**_WEIGHED, **_EXCLUDED})),
        "difference": _told(_NUMBER, "The score of the first less that of the second."),
        "robustness": _NUMBER,
        "words": _TEXT,
        "rules": _listed(
            _object(
                {
                    "rule": _TEXT,
                    "criterion": _TEXT,
                    "title": _TEXT,
                    "ratings": _listed(_or_null(_TEXT)),
                    "points": _told(_NUMBER, "For the first, below 0 for the second."),
                    "because": _listed(_or_null(_TEXT)),
                    "evidence": _TEXTS,
                }
            )
        ),
        "evidence": _EVIDENCE,
        "left_out": _COUNT,
    }
)
QUESTION = _object(
    {
        **_HEAD,
        **_SETTLED,
        "done": _told(_FLAG, "Whether it is time to stop asking."),
        "question": _or_null(
            _object(
                {
                    "need": _TEXT,
                    "question": _TEXT,
                    "help": _or_null(_TEXT),
                    "type": _TEXT,
                    "expected": _told({"type": "object"}, "The JSON Schema of the answer."),
                    "flips": _NUMBER,
                    "answers": _listed(
                        _object(
                            {
                                "value": {},
                                "label": _TEXT,
                                "flips": _FLAG,
                                "outcome": _TEXT,
                                "recommended": _TEXTS,
                            }
                        )
                    ),
                }
            )
        ),
        "others": _told(_TEXTS, "Other needs whose answers could change who is recommended, best first."),
        "unanswered": _TEXTS,
    }
)
