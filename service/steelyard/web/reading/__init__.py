"""What a client sends and takes: the body, the query, the headers, and which ruleset it asks."""

from steelyard.web.reading.asked_by_query import named_in, request_in
from steelyard.web.reading.bodies import discard_rest, read_json_body
from steelyard.web.reading.choice import chosen, unknown_ruleset, unknown_stack
from steelyard.web.reading.negotiation import JSON, MARKDOWN, SVG, acceptable
from steelyard.web.reading.queries import day_asked

__all__ = [
    "JSON",
    "MARKDOWN",
    "SVG",
    "acceptable",
    "chosen",
    "day_asked",
    "discard_rest",
    "named_in",
    "read_json_body",
    "request_in",
    "unknown_ruleset",
    "unknown_stack",
]
