"""What could be otherwise, in words: conditions as the start of a sentence, and what would follow from them."""

from collections.abc import Sequence

from steelyard.explain.readings import Readings
from steelyard.model import Importance, Need, NeedType, Requirement, Ruleset, answer_ids
from steelyard.recommendation import Outcome, Then, joined, points


def named(need: str) -> str:
    """The id of a need as it stands in a sentence."""
    return need.replace("_", " ")


def step_words(need: Need, before: Requirement | None, after: Requirement | None, readings: Readings) -> str:
    """A change of one answer as the start of a sentence, without its “if”.

    For example: "targets did not include ios".
    """
    name = named(need.id)
    if after is None:
        return f"nothing were said about {name}"
    if before is not None and before.value == after.value:
        only = "only " if after.importance.level < before.importance.level else ""
        return f"{name} were {only}{_article(after.importance)}"
    if isinstance(after.value, frozenset):
        return _of_options(need, before.value if before is not None else None, after.value)
    told = answer_ids(need, after.value)
    if need.type is NeedType.NUMBER:
        told = next((each.label for each in readings.answers(need.id) if each.value == after.value), told)
    if need.type is NeedType.FLAG or before is None:
        return f"{name} were answered with {told}"
    return f"{name} were {told}"


def _of_options(need: Need, before: object, after: frozenset[str]) -> str:
    name = named(need.id)
    if isinstance(before, frozenset) and after < before and after:
        return f"{name} did not include {joined(need.in_order(before - after))}"
    if isinstance(before, frozenset) and before < after and before:
        return f"{name} included {joined(need.in_order(after - before))} as well"
    only = "only " if after and isinstance(before, frozenset) else ""
    return f"{name} were {only}{joined(need.in_order(after)) if after else 'none of them'}"


def _article(importance: Importance) -> str:
    return f"a {importance.value}"


def change_words(steps: Sequence[str], rival: str, then: Then) -> str:
    """The changes, and that the rival would lead then, in a sentence."""
    if then.lead is None:
        return f"If {joined(steps)}, {rival} would be the only one left."
    return f"If {joined(steps)}, {rival} would lead by {points(then.lead)}."


def no_change_words(rival: str, *, is_complete: bool) -> str:
    """That no change was found, in a sentence."""
    if is_complete:
        return f"No change of one or two answers would put {rival} first."
    return f"Of the changes of one or two answers that were tried, none would put {rival} first."


def relaxation_words(needs: Sequence[str], then: Then, ruleset: Ruleset) -> str:
    """The musts given up, and what would be recommended then, in a sentence."""
    noun = "the must" if len(needs) == 1 else "the musts"
    start = f"Without {noun} on {joined([named(need) for need in needs])}"
    names = [ruleset.candidates[each].name for each in then.recommended]
    if then.outcome is Outcome.RECOMMENDED:
        return f"{start}, {names[0]} would fit best: {then.scores[then.recommended[0]]:.0f} of 100."
    if then.outcome is Outcome.TIED:
        return f"{start}, {joined(names)} would fit equally well."
    return f"{start}, something would be left to choose from, but nothing to decide by."
