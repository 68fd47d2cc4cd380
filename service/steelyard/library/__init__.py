"""Finding rulesets and stacks, and loading rulesets."""

from steelyard.library.finding import (
    DEFAULT_RULESET,
    Found,
    exists,
    find,
    find_stack,
    found_at,
    ruleset_paths,
    shipped,
    shipped_folder,
    shipped_stacks,
)
from steelyard.library.loading import (
    STACK_SECTION,
    Checked,
    RulesetError,
    check_data,
    check_path,
    check_text,
    load_path,
)

__all__ = [
    "DEFAULT_RULESET",
    "STACK_SECTION",
    "Checked",
    "Found",
    "RulesetError",
    "check_data",
    "check_path",
    "check_text",
    "exists",
    "find",
    "find_stack",
    "found_at",
    "load_path",
    "ruleset_paths",
    "shipped",
    "shipped_folder",
    "shipped_stacks",
]
