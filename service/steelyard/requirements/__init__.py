"""A request to validated requirements."""

from steelyard.requirements.request import (
    RequestError,
    RequestReader,
    faults_of_envelope,
    today,
    wanted_ruleset,
    wanted_stack,
)

__all__ = ["RequestError", "RequestReader", "faults_of_envelope", "today", "wanted_ruleset", "wanted_stack"]
