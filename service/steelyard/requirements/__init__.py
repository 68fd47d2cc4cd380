"""A request to validated requirements."""

from steelyard.requirements.request import (
    RequestError,
    RequestReader,
    as_of_a_record,
    faults_of_envelope,
    request_schema_of,
    today,
    wanted_ruleset,
    wanted_stack,
)

__all__ = [
    "RequestError",
    "RequestReader",
    "as_of_a_record",
    "faults_of_envelope",
    "request_schema_of",
    "today",
    "wanted_ruleset",
    "wanted_stack",
]
