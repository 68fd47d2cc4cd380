"""Finding and loading rulesets."""

from steelyard.library.finding import DEFAULT_RULESET, find, ruleset_paths, shipped, shipped_folder
from steelyard.library.loading import Checked, RulesetError, check_data, check_path, check_text

__all__ = [
    "DEFAULT_RULESET",
    "Checked",
    "RulesetError",
    "check_data",
    "check_path",
    "check_text",
    "find",
    "ruleset_paths",
    "shipped",
    "shipped_folder",
]
