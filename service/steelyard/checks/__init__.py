"""Checks across sections of a ruleset."""

from steelyard.checks.checks import check_rules, check_uses
from steelyard.checks.contradiction import contradicted_needs

__all__ = ["check_rules", "check_uses", "contradicted_needs"]
