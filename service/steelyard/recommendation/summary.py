"""One or two plain sentences that say what the answer comes to, made from its numbers alone."""

from collections.abc import Sequence

from steelyard.recommendation.result import Outcome, Ranked, Recommended

_NEXT_TO_NOTHING = 0.05
_HAIR = 1e-9


def summarise(
    outcome: Outcome,
    recommended: Recommended | None,
    ranking: Sequence[Ranked],
    excluded: Sequence[str],
    *,
    rests_on_needs: bool,
) -> str:
    """The sentences.

    Args:
        outcome: what the answer comes to.
        recommended: the winner, if there is one.
        ranking: all ranked candidates, best first.
        excluded: names of the excluded candidates.
        rests_on_needs: whether a rule fired that reads a need, and not only rules that hold for every project.
    """
    if recommended is None:
        return _without_winner(outcome, excluded)
    names = joined([ranked.name for ranked in ranking if ranked.rank == 1])
    if not rests_on_needs:
        first = f"{names} come first alike" if outcome is Outcome.TIED else f"{names} comes first"
        return f"Nothing that was said tells the candidates apart. By what holds for every project, {first}."
    score = f"{recommended.score:.0f} of 100"
    if outcome is Outcome.TIED:
        return f"{names} fit equally well: {score} each."
    if recommended.lead is None or recommended.robustness is None:
        return f"{recommended.name} is the only candidate left: {score}."
    lead = f"{points(recommended.lead)} ahead of {ranking[1].name}"
    return f"{recommended.name} fits best: {score}, {lead}. {firmness(recommended.robustness)}"


def _without_winner(outcome: Outcome, excluded: Sequence[str]) -> str:
    if outcome is Outcome.UNDECIDED:
        return "Nothing that was said decides between the candidates, so none is recommended."
    if len(excluded) == 1:
        return f"The only candidate, {excluded[0]}, is excluded, so none is recommended."
    if len(excluded) == 2:
        return f"Both candidates, {joined(excluded)}, are excluded, so none is recommended."
    return f"All {len(excluded)} candidates are excluded, so none is recommended."


def firmness(robustness: float) -> str:
    """How firm a lead is, in a sentence; the share is rounded down, so that the sentence stays true."""
    if robustness >= 1:
        return "No error in the weights would change that."
    return f"Every weight could be {percent(robustness)} off before that changes."


def percent(share: float) -> str:
    """A share in percent, rounded down so that no sentence claims too much."""
    if share >= 1:
        return "100 %"
    # A hair more than the share, since 0.29 * 100 falls short of 29; but never all of it.
    whole = min(int(share * 100 + _HAIR), 99)
    return f"{whole} %" if whole else "less than 1 %"


def points(size: float) -> str:
    """A number of points as people write it: one decimal where there is one."""
    if 0 < abs(size) < _NEXT_TO_NOTHING:
        return "less than 0.1"
    return f"{size:.1f}".removesuffix(".0")


def counted(number: int, noun: str) -> str:
    """So many of something, whose plural ends in s."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def joined(names: Sequence[str]) -> str:
    """The names in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
