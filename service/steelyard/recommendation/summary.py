"""One or two plain sentences that say what the answer comes to, made from its numbers alone."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from steelyard.recommendation.outcome import Outcome
from steelyard.recommendation.result import Recommended

NEAR_TIE = 0.05
"""A lead that so small an error in every weight would undo is told as a near tie."""

_NEXT_TO_NOTHING = 0.05
_HAIR = 1e-9
_STRONGEST = 2
_LITTLE = 10


class Point(NamedTuple):
    """What a fired rule, by its id and its title, adds to the score of a candidate."""

    rule: str
    title: str
    size: float


class Backing(NamedTuple):
    """How many pieces of evidence are cited, and how many of them are stale."""

    cited: int
    stale: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What is summed up. What only some sentences tell is worked out when it is called for.

    Attributes:
        outcome: what the answer comes to.
        recommended: the winner, if there is one.
        ranking: names of the ranked candidates, best first.
        first: how many of them share rank 1.
        closest: the place in the ranking of the rival that the least error in the weights lets draw level; 0 without.
        excluded: names of the excluded candidates.
        points_of: by place in the ranking, all that adds to a score or takes from it, the greatest first.
        sources: how much evidence is behind those that share rank 1.
        rests_on_needs: whether a rule fired that reads a need, and not only rules that hold for every project.
        answered: how many needs are answered.
        needs: how many there are.
    """

    outcome: Outcome
    recommended: Recommended | None
    ranking: Sequence[str]
    first: int
    closest: int
    excluded: Sequence[str]
    points_of: Callable[[int], Sequence[Point]]
    sources: Callable[[], Backing]
    rests_on_needs: bool
    answered: int
    needs: int


class Summary(NamedTuple):
    """An answer in one or two sentences: to be passed on, and without the reasons, to stand above them."""

    whole: str
    headline: str


def summarise(result: Result) -> Summary:
    """Who fits best and by how much, the strongest reasons for and against, and how firm that is."""
    who, how_firm = _who_and_how_firm(result)
    is_told_why = result.outcome is Outcome.RECOMMENDED and (result.rests_on_needs or _is_alone(result))
    why = _strongest(result.points_of(0)) if is_told_why else ""
    return Summary(f"{who}{why}.{how_firm}", f"{who}.{how_firm}")


def _who_and_how_firm(result: Result) -> tuple[str, str]:
    """The sentence that says who fits best, without its stop, and what follows it."""
    recommended = result.recommended
    if recommended is None:
        return _without_winner(result.outcome, result.excluded), ""
    names = joined(result.ranking[: result.first])
    is_alone = _is_alone(result)
    if not (result.rests_on_needs or is_alone):
        come_first = f"{names} come first alike" if result.first > 1 else f"{names} comes first"
        return f"Nothing that was said tells the candidates apart. By what holds for every project, {come_first}", ""
    score = f"{recommended.score:.0f} of 100"
    if result.outcome is Outcome.TIED:
        return f"{names} fit equally well: {score} each", f" {_with_caveats(_to_decide_by(result, 1), result)}"
    if recommended.lead is None or recommended.robustness is None:
        caveats = _with_caveats("", result)
        only = f"{recommended.name} is the only candidate {'asked about' if is_alone else 'left'}"
        return f"{only}: {score}", caveats and f" {caveats}"
    lead = f"{points(recommended.lead)} ahead of {result.ranking[1]}"
    firm = firmness(recommended.robustness)
    if recommended.robustness < NEAR_TIE:
        decide = _to_decide_by(result, result.closest, start="decide")
        firm = f"That is a near tie with {result.ranking[result.closest]}: {decide}"
    return f"{recommended.name} fits best: {score}, {lead}", f" {_with_caveats(firm, result)}"


def _is_alone(result: Result) -> bool:
    """Whether no other candidate was asked about."""
    return len(result.ranking) == 1 and not result.excluded


def _strongest(reasons: Sequence[Point]) -> str:
    """The strongest reasons for a candidate and the strongest against it, as they follow its score."""
    for_it = [f"“{reason.title}”" for reason in reasons if reason.size > 0][:_STRONGEST]
    against = [f"“{reason.title}”" for reason in reasons if reason.size < 0][:1]
    above_all = f", above all for {joined(for_it)}" if for_it else ""
    return f"{above_all}{f', despite {against[0]}' if against else ''}"


def _to_decide_by(result: Result, rival: int, *, start: str = "Decide") -> str:
    """On what the first of the ranking and a rival, by its place, differ most, either way, in a sentence."""
    gaps = _gaps(result, rival)
    (most, best), (least, worst) = max(gaps, default=(0.0, "")), min(gaps, default=(0.0, ""))
    sides = []
    if most > 0:
        sides.append(f"“{best}”, where {result.ranking[0]} is ahead")
    if least < 0:
        sides.append(f"“{worst}”, where {result.ranking[rival]} is")
    if not sides:
        return f"{'no' if start.islower() else 'No'} rule tells them apart."
    return f"{start} by {', or by '.join(sides)}."


def _gaps(result: Result, rival: int) -> Sequence[tuple[float, str]]:
    """By rule, the points that the first of the ranking has more than a rival, and the title."""
    ours, theirs = ({point.rule: point for point in result.points_of(place)} for place in (0, rival))
    return [
        (
            (ours[rule].size if rule in ours else 0.0) - (theirs[rule].size if rule in theirs else 0.0),
            (ours.get(rule) or theirs[rule]).title,
        )
        for rule in {**ours, **theirs}
    ]


def _with_caveats(sentence: str, result: Result) -> str:
    """The sentence, and in it what else a reader should know: that little was said, that sources are stale."""
    caveats = []
    if result.answered * _LITTLE < result.needs:
        are = "is" if result.answered == 1 else "are"
        caveats.append(f"only {result.answered} of {result.needs} needs {are} answered")
    cited, stale = result.sources()
    if stale * 2 >= cited > 0:
        caveats.append(_stale(stale, cited))
    if not caveats:
        return sentence
    told = " and ".join(caveats)
    return f"{sentence.removesuffix('.')}, but {told}." if sentence else f"{told[0].upper()}{told[1:]}."


def _stale(stale: int, cited: int) -> str:
    if stale == cited:
        return "the only source behind it is stale" if cited == 1 else f"all {cited} sources behind it are stale"
    return f"{stale} of {cited} sources behind it {'is' if stale == 1 else 'are'} stale"


def _without_winner(outcome: Outcome, excluded: Sequence[str]) -> str:
    if outcome is Outcome.UNDECIDED:
        return "Nothing that was said decides between the candidates, so none is recommended"
    if len(excluded) == 1:
        return f"The only candidate, {excluded[0]}, is excluded, so none is recommended"
    if len(excluded) == 2:
        return f"Both candidates, {joined(excluded)}, are excluded, so none is recommended"
    return f"All {len(excluded)} candidates are excluded, so none is recommended"


def firmness(robustness: float) -> str:
    """How firm a lead is, in a sentence; the share is rounded down, so that the sentence stays true."""
    if robustness >= 1:
        return "No error in the weights would change that."
    return f"Every weight could be {percent(robustness)} off before that changes."


def robustness_of(gaps: Sequence[float]) -> float:
    """The share, 0 to 1, by which every weight may be wrong before two candidates draw level.

    Args:
        gaps: the points that one of them has more than the other, by rule.
    """
    spread = math.fsum(map(abs, gaps))
    return abs(math.fsum(gaps)) / spread if spread else 0.0


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


def joined(names: Sequence[str], word: str = "and") -> str:
    """The names in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"
