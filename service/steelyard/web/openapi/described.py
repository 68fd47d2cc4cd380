"""Every operation in words, by the name of its route."""

from collections.abc import Mapping
from http import HTTPStatus

from steelyard.web.openapi.answers import (
    Decision,
    Health,
    Problem,
    Readiness,
    Recommendation,
    Rules,
    Ruleset,
    Rulesets,
    Stack,
    StackRecommendation,
    Stacks,
)
from steelyard.web.openapi.operation import Operation, Told, reference
from steelyard.web.openapi.parameters import AS_OF, IF_NONE_MATCH, in_query, of_a_request
from steelyard.web.reading import JSON, MARKDOWN, SVG

NDJSON = "application/x-ndjson"
HTML = "text/html"

TAGS = {
    "Recommendations": "Who fits best, and why.",
    "Knowledge": "What can be asked, and all that is known.",
    "Operations": "How the service does, for whoever runs it.",
    "Description": "The service, described for machines and people.",
}
"""What operations are about, in the order in which it is told."""

_TEXT: Told = {"type": "string"}
_OBJECT: Told = {"type": "object"}
_REQUEST: Told = {"$ref": "#/components/schemas/Request"}
_EITHER: Told = {"anyOf": [reference(Recommendation), reference(StackRecommendation)]}
_ITEM: Told = {"anyOf": [reference(Recommendation), reference(StackRecommendation), reference(Problem)]}

_FORMS = (
    "`Accept` chooses the form: JSON; Markdown, as an architecture decision record; or SVG, the ranking of a ruleset "
    "as a chart."
)
_SCHEMA = in_query(
    "of",
    {
        "description": "Of what: of the `requirements` alone, or of a whole `request`.",
        "enum": ["requirements", "request"],
        "default": "requirements",
    },
)
_UNREADABLE_BODY = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)

_RECOMMENDATIONS = {
    "recommend": Operation(
        tag="Recommendations",
        summary="Recommend",
        description="Weighs the candidates of a ruleset, or those of each part of a stack, against what a project "
        f"needs. {_FORMS}",
        body={JSON: _REQUEST},
        answers={JSON: _EITHER, MARKDOWN: _TEXT, SVG: _TEXT},
        headers=("Vary",),
        refusals=_UNREADABLE_BODY,
    ),
    "recommend_by_query": Operation(
        tag="Recommendations",
        summary="Recommend, by an address",
        description="The same with the request in the address, which can be kept, sent and revalidated. Lists are "
        f"written with commas, or by repeating the parameter. {_FORMS}",
        parameters=(*of_a_request(), IF_NONE_MATCH),
        answers={JSON: _EITHER, MARKDOWN: _TEXT, SVG: _TEXT},
        headers=("ETag", "Vary"),
        refusals=(HTTPStatus.UNPROCESSABLE_ENTITY,),
        others={HTTPStatus.NOT_MODIFIED: ("The answer that the client has still holds.", None)},
    ),
    "recommend_batch": Operation(
        tag="Recommendations",
        summary="Recommend for many requests",
        description="Answers each request by itself, in their order: with its recommendation, or with the problem that "
        "it alone has, with its `position`. A JSON array is answered with an array, lines of JSON (NDJSON) with lines; "
        "`Accept` chooses otherwise. Lines that are sent in chunks are answered while more are still being sent.",
        body={JSON: {"type": "array", "items": _REQUEST}, NDJSON: _TEXT},
        answers={JSON: {"type": "array", "items": _ITEM}, NDJSON: _TEXT},
        refusals=_UNREADABLE_BODY,
    ),
    "recall": Operation(
        tag="Recommendations",
        summary="Recall a decision",
        description="Gives back what was recommended before, by the id of the recommendation, if decisions are logged.",
        answers={JSON: Decision},
        refusals=(HTTPStatus.NOT_FOUND,),
    ),
}

_KNOWLEDGE = {
    "list_rulesets": Operation(
        tag="Knowledge",
        summary="List the rulesets",
        description="Every ruleset in short, the default first.",
        answers={JSON: Rulesets},
    ),
    "describe_ruleset": Operation(
        tag="Knowledge",
        summary="Describe a ruleset",
        description="What can be asked of one ruleset: its needs with the answers they take, its candidates, criteria.",
        answers={JSON: Ruleset},
        refusals=(HTTPStatus.NOT_FOUND,),
    ),
    "tell_ruleset_schema": Operation(
        tag="Knowledge",
        summary="Give the JSON Schema of a ruleset's requests",
        description="JSON Schema 2020-12 of what can be asked of one ruleset, for forms, editors and programs.",
        parameters=(_SCHEMA,),
        answers={JSON: _OBJECT},
        refusals=(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
    ),
    "tell_rules": Operation(
        tag="Knowledge",
        summary="Tell all that a ruleset knows",
        description="Every rule with its condition, its ratings and their history, and the evidence behind them.",
        parameters=(AS_OF,),
        answers={JSON: Rules},
        refusals=(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
    ),
    "tell_ruleset_format": Operation(
        tag="Knowledge",
        summary="Give the JSON Schema of a ruleset's files",
        description="JSON Schema 2020-12 of what a YAML file of one ruleset may hold, with its needs, options and "
        "candidates, for editors that complete and check such files.",
        parameters=(IF_NONE_MATCH,),
        answers={JSON: _OBJECT},
        headers=("ETag",),
        refusals=(HTTPStatus.NOT_FOUND,),
        others={HTTPStatus.NOT_MODIFIED: ("The schema that the client has still holds.", None)},
    ),
    "tell_format": Operation(
        tag="Knowledge",
        summary="Give the JSON Schema of the files of rulesets",
        description="JSON Schema 2020-12 of what a YAML file of any ruleset may hold, for editors.",
        parameters=(IF_NONE_MATCH,),
        answers={JSON: _OBJECT},
        headers=("ETag",),
        others={HTTPStatus.NOT_MODIFIED: ("The schema that the client has still holds.", None)},
    ),
    "list_stacks": Operation(
        tag="Knowledge",
        summary="List the stacks",
        description="Every stack, which joins rulesets, in short.",
        answers={JSON: Stacks},
    ),
    "describe_stack": Operation(
        tag="Knowledge",
        summary="Describe a stack",
        description="What can be asked of one stack, and what each part takes of those before it.",
        answers={JSON: Stack},
        refusals=(HTTPStatus.NOT_FOUND,),
    ),
    "tell_stack_schema": Operation(
        tag="Knowledge",
        summary="Give the JSON Schema of a stack's requests",
        description="JSON Schema 2020-12 of what can be asked of one stack, for forms, editors and programs.",
        parameters=(_SCHEMA,),
        answers={JSON: _OBJECT},
        refusals=(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
    ),
}

_OPERATIONS = {
    "tell_alive": Operation(
        tag="Operations",
        summary="Is it alive?",
        description="Whether the process answers.",
        answers={JSON: Health},
    ),
    "tell_ready": Operation(
        tag="Operations",
        summary="Is it ready?",
        description="Whether requests should be sent here, what they are answered from, and how the last reload went.",
        answers={JSON: Readiness},
        others={HTTPStatus.SERVICE_UNAVAILABLE: ("The process is about to end.", Readiness)},
    ),
    "tell_metrics": Operation(
        tag="Operations",
        summary="Give the metrics",
        description="Metrics of all worker processes, as Prometheus reads them.",
        answers={"text/plain": _TEXT},
    ),
}

_DESCRIPTION = {
    "tell_openapi": Operation(
        tag="Description",
        summary="Describe the service for machines",
        description="This document, OpenAPI 3.1.",
        parameters=(IF_NONE_MATCH,),
        answers={JSON: _OBJECT},
        headers=("ETag",),
        others={HTTPStatus.NOT_MODIFIED: ("The document that the client has still holds.", None)},
    ),
    "show_docs": Operation(
        tag="Description",
        summary="Describe the service for people",
        description="The same as a page.",
        answers={HTML: _TEXT},
    ),
}

OPERATIONS: Mapping[str, Operation] = {**_RECOMMENDATIONS, **_KNOWLEDGE, **_OPERATIONS, **_DESCRIPTION}
"""By the name of the route."""
