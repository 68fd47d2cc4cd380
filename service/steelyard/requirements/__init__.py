"""A request to validated requirements."""

from steelyard.requirements.request import RequestError, RequestReader, wanted_ruleset

__all__ = ["RequestError", "RequestReader", "wanted_ruleset"]
