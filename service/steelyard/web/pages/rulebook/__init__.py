"""What a ruleset knows, as a page: a heat map of its rules by its candidates, and how it came about."""

from steelyard.web.pages.rulebook.reading import Read, read_browsing
from steelyard.web.pages.rulebook.view import rulebook

__all__ = ["Read", "read_browsing", "rulebook"]
