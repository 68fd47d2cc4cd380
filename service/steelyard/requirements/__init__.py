"""A request to validated requirements."""

from steelyard.requirements.json_schema import SCHEMAS, Askable, Whole, request_schema, requirements_schema
from steelyard.requirements.request import (
    RequestError,
    RequestReader,
    as_of_a_record,
    faults_of_envelope,
    request_schema_of,
    requirement_schema,
    today,
    wanted_ruleset,
    wanted_stack,
)

__all__ = [
    "SCHEMAS",
    "Askable",
    "RequestError",
    "RequestReader",
    "Whole",
    "as_of_a_record",
    "faults_of_envelope",
    "request_schema",
    "request_schema_of",
    "requirement_schema",
    "requirements_schema",
    "today",
    "wanted_ruleset",
    "wanted_stack",
]
