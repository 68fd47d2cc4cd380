"""Checks across sections of a ruleset."""

from steelyard.checks.checks import check_rules, check_uses
from steelyard.checks.contradiction import can_hold

__all__ = ["can_hold", "check_rules", "check_uses"]
