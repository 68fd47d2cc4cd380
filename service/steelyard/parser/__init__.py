"""Plain data to the model of a ruleset."""

from steelyard.parser.parser import Parsed, parse
from steelyard.parser.shapes import keys_of_format

__all__ = ["Parsed", "keys_of_format", "parse"]
