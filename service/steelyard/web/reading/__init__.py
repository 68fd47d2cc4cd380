"""What a client sends and takes: the body, the query, the headers, and which ruleset it asks."""

from steelyard.web.reading.asked_by_query import named_in, request_in
from steelyard.web.reading.bodies import discard_rest, json_in, read_json_bytes
from steelyard.web.reading.choice import asked_in, chosen, unknown_ruleset, unknown_stack
from steelyard.web.reading.negotiation import HTML, JSON, MARKDOWN, NDJSON_NAMES, SVG, acceptable, batch_body_is_lines
from steelyard.web.reading.queries import day_asked, schema_asked
from steelyard.web.reading.streams import BLOCK_BYTES, Blocks, body_blocks, demand_announced_size

__all__ = [
    "BLOCK_BYTES",
    "HTML",
    "JSON",
    "MARKDOWN",
    "NDJSON_NAMES",
    "SVG",
    "Blocks",
    "acceptable",
    "asked_in",
    "batch_body_is_lines",
    "body_blocks",
    "chosen",
    "day_asked",
    "demand_announced_size",
    "discard_rest",
    "json_in",
    "named_in",
    "read_json_bytes",
    "request_in",
    "schema_asked",
    "unknown_ruleset",
    "unknown_stack",
]
