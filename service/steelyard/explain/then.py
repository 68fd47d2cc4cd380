"""What an answer would be if something else had been said."""

from steelyard.engine import Weighing
from steelyard.recommendation import Then


def then_of(weighing: Weighing) -> Then:
    """The answer that a weighing comes to, in short."""
    candidates = weighing.snapshot.candidates
    return Then(
        outcome=weighing.outcome,
        recommended=tuple(candidates[number] for number in weighing.winners),
        lead=weighing.lead,
        scores={candidates[number]: weighing.score(number) for number in weighing.asked},
    )
