"""Numbers, answers and sources in the words that every rendering uses. All of it is plain text, not yet escaped."""

from collections.abc import Iterable, Sequence

from steelyard.model import Need, NeedType, Ruleset
from steelyard.recommendation import Cited, Reason, Recommendation, Weighed, joined, percent
from steelyard.render.layout import MINUS

NOT_KNOWN = "not known"
"""Where a rating would stand, if there were one."""

_NEXT_TO_NOTHING = 0.05


def signed(size: float) -> str:
    """Points with their sign and one decimal.

    >>> signed(12.5), signed(3), signed(0)
    ('+12.5', '+3.0', '±0')
    """
    if not size:
        return "±0"
    sign = "+" if size > 0 else MINUS
    return sign + ("<0.1" if abs(size) < _NEXT_TO_NOTHING else f"{abs(size):.1f}")


def known(rated: float) -> str:
    """How much of what was asked is known of a candidate."""
    if rated >= 1:
        return "all of it known"
    return f"{percent(rated)} of it known" if rated > 0 else "none of it known"


def quoted(titles: Iterable[str]) -> str:
    """Titles in a sentence."""
    return joined([f"“{title}”" for title in titles])


def option_label(need: Need, value: str | None) -> str | None:
    """The label of the option that answers a choice; None without an answer."""
    return None if value is None else dict(need.options).get(value, value)


def possible_answers(need: Need) -> str:
    """The answers that a need takes, as they are typed."""
    match need.type:
        case NeedType.FLAG:
            return "yes or no"
        case NeedType.CHOICES:
            return f"any of {', '.join(need.option_ids)}"
        case NeedType.NUMBER:
            return f"a number from {need.minimum} to {need.maximum}" + (f" {need.unit}" if need.unit else "")
    return joined(need.option_ids, "or")


def sides(reasons: Sequence[Reason]) -> tuple[list[Reason], list[Reason], list[Reason]]:
    """Rated reasons for, against, and without points, each in the order of the result: the largest first."""
    return (
        [reason for reason in reasons if reason.points > 0],
        [reason for reason in reasons if reason.points < 0],
        [reason for reason in reasons if not reason.points and reason.rule is not None],
    )


def unknown(weighed: Weighed, recommendation: Recommendation, ruleset: Ruleset) -> list[str]:
    """Titles of the rules that fired and say nothing of the candidate."""
    told = {reason.rule for reason in weighed.reasons}
    return [ruleset.rules[each.rule].title for each in recommendation.fired if each.rule not in told]


def vetoes(weighed: Weighed) -> list[Reason]:
    """The reasons that exclude a candidate."""
    return [reason for reason in weighed.reasons if reason.veto]


def age(cited: Cited, recommendation: Recommendation, ruleset: Ruleset) -> str:
    """The day of a source, and in words whether it is too old."""
    if not cited.stale:
        return cited.published.isoformat()
    days = ruleset.stale_after_days
    return f"{cited.published.isoformat()}, stale: more than {days} days old on {recommendation.as_of}"


def weighed_only(recommendation: Recommendation, ruleset: Ruleset) -> Sequence[str]:
    """The ids of the candidates that the request was restricted to; none if it was not."""
    weighed = {each.candidate for each in (*recommendation.ranking, *recommendation.excluded)}
    return [each for each in ruleset.candidates if each in weighed] if weighed != set(ruleset.candidates) else []


def sources_not_shown(recommendation: Recommendation, shown: Iterable[str]) -> str | None:
    """A sentence that counts the sources of the result that a rendering leaves out; None if there are none."""
    left = len(recommendation.evidence) - len(set(shown))
    if not left:
        return None
    return f"{left} more source{' stands' if left == 1 else 's stand'} behind ratings that are not shown here."
