"""What a ruleset knows on a day, how even that is, and how it came about: data for every view of the rules."""

from steelyard.knowledge.balance import Share, balance
from steelyard.knowledge.document import (
    balance_document,
    candidate_document,
    changes_document,
    described_candidate,
    described_need,
    plain_number,
    rules_document,
)
from steelyard.knowledge.history import CandidateChange, Change, RatingChange, RuleChange, changes
from steelyard.knowledge.knowledge import Knowledge, needs_read

__all__ = [
    "CandidateChange",
    "Change",
    "Knowledge",
    "RatingChange",
    "RuleChange",
    "Share",
    "balance",
    "balance_document",
    "candidate_document",
    "changes",
    "changes_document",
    "described_candidate",
    "described_need",
    "needs_read",
    "plain_number",
    "rules_document",
]
