"""How even the knowledge is: what share of the rules rates each candidate, and with which words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from steelyard.knowledge.knowledge import Knowledge
from steelyard.model import Candidate, Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A candidate's share in the rules that stand on a day.

    Attributes:
        candidate: the candidate.
        ratings: how many of its ratings in force have each word.
        unknown: on how many rules it has none.
        rated: the sum of the weights of the rules that rate it.
        total: the sum of the weights of all these rules.
    """

    candidate: Candidate
    ratings: Mapping[Grade, int] = field(hash=False)
    unknown: int
    rated: Decimal
    total: Decimal


def balance(knowledge: Knowledge) -> tuple[Share, ...]:
    """The share of each candidate, in the ruleset's order."""
    return tuple(_share(candidate, knowledge) for candidate in knowledge.ruleset.candidates.values())


def _share(candidate: Candidate, knowledge: Knowledge) -> Share:
    in_force = [(rule, knowledge.rating(rule, candidate.id)) for rule in knowledge.standing]
    counts = Counter(rating.grade for _, rating in in_force if rating is not None)
    return Share(
        candidate=candidate,
        ratings={grade: counts[grade] for grade in Grade},
        unknown=len(in_force) - counts.total(),
        rated=sum((rule.weight for rule, rating in in_force if rating is not None), Decimal(0)),
        total=sum((rule.weight for rule in knowledge.standing), Decimal(0)),
    )
