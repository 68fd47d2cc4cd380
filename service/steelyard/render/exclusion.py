"""What excludes the candidates of a result: their dates, a rule's own veto, or the musts of the project."""

from collections.abc import Callable

from steelyard.model import Importance, Ruleset
from steelyard.recommendation import Reason, Recommendation, joined
from steelyard.render.wording import vetoes


def causes(recommendation: Recommendation, ruleset: Ruleset, named: Callable[[str], str]) -> list[str]:
    """A sentence for each thing that excludes candidates.

    Args:
        recommendation: the result.
        ruleset: the ruleset that gave it.
        named: how a need and its answer are told, by the need's id.
    """
    by_cause: dict[str, list[str]] = {}
    for excluded in recommendation.excluded:
        for reason in vetoes(excluded):
            names = by_cause.setdefault(_cause(reason, recommendation, ruleset, named), [])
            if excluded.name not in names:
                names.append(excluded.name)
    return [f"{cause} {joined(names)}." for cause, names in by_cause.items()]


def _cause(reason: Reason, recommendation: Recommendation, ruleset: Ruleset, named: Callable[[str], str]) -> str:
    if reason.rule is None:
        return f"The dates of the ruleset, on {recommendation.as_of}, exclude"
    if ruleset.rules[reason.rule].veto:
        return f"“{reason.title}”, whatever its importance, excludes"
    stated = recommendation.requirements
    musts = [named(need) for need in reason.needs if stated[need]["importance"] == Importance.MUST]
    return f"The must on {musts[0]} excludes" if len(musts) == 1 else f"The musts on {joined(musts)} exclude"
