"""What an answer comes to."""

from enum import StrEnum


class Outcome(StrEnum):
    """What the answer comes to."""

    RECOMMENDED = "recommended"
    TIED = "tied"
    UNDECIDED = "undecided"
    INFEASIBLE = "infeasible"
