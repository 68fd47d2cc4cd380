"""What one comparison and many say alike: the names of the sides, and who is recommended by each."""

from datetime import date

from steelyard.recommendation import Recommendation, RulesetIdentity
from steelyard.render.wording import signed

_SHORT_DIGEST = 8

Names = tuple[str, str]
_Days = tuple[date | None, date | None]


def side_names(before: RulesetIdentity, after: RulesetIdentity, days: _Days) -> Names:
    """Each side by what sets it apart from the other: its ruleset, its day, or both."""
    first, second = _ruleset_names(before, after)
    if days[0] == days[1]:
        return first, second
    if before == after:
        return f"{days[0]}", f"{days[1]}"
    return f"{first}, {days[0]}", f"{second}, {days[1]}"


def _ruleset_names(before: RulesetIdentity, after: RulesetIdentity) -> Names:
    if before == after:
        return "before", "after"
    if before.id != after.id:
        return before.id, after.id
    if before.version != after.version:
        return f"version {before.version}", f"version {after.version}"
    return f"digest {before.digest[:_SHORT_DIGEST]}", f"digest {after.digest[:_SHORT_DIGEST]}"


def verdict(answer: Recommendation, *, ids: bool = False) -> str:
    """Who is recommended, by name or by id, and how far ahead; or why nobody is."""
    recommended = answer.recommended
    if recommended is None:
        return answer.outcome.value
    leaders = " = ".join(each.candidate if ids else each.name for each in answer.ranking if each.rank == 1)
    return f"{leaders} {signed(recommended.lead)}" if recommended.lead else leaders
