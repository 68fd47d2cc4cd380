"""Views of the knowledge of a ruleset: all of its rules, its needs, one candidate, what changed, how even it is."""

from steelyard.render.rules.balance import balance_page
from steelyard.render.rules.candidate import candidate_page
from steelyard.render.rules.changes import changes_page
from steelyard.render.rules.needs import needs_page
from steelyard.render.rules.table import rules_page

__all__ = ["balance_page", "candidate_page", "changes_page", "needs_page", "rules_page"]
