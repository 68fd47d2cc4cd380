"""The answer of a stack as one decision record in Markdown, with a section for each part."""

from collections.abc import Iterable

from steelyard.recommendation import Outcome, joined
from steelyard.render.escaping import code, escaped
from steelyard.render.markdown import Record
from steelyard.render.record import context, head, listed, reproduction, written
from steelyard.render.wording import option_label
from steelyard.stack import Stack, StackRecommendation, in_words, taken_in_words


def stack_to_markdown(recommendation: StackRecommendation, stack: Stack) -> str:
    """The answer of a stack as a decision record that is proposed.

    Texts of the rulesets and of the request are escaped; nothing in them is markup. Each paragraph is one line.

    Args:
        recommendation: the result.
        stack: the stack that gave it.
    """
    records = {
        part: Record(result, stack.parts[part].ruleset, within=part) for part, result in recommendation.parts.items()
    }
    blocks = [
        *head(_title(recommendation), recommendation.as_of),
        *context(stack.title, recommendation, stack.needs),
        "## Decision Outcome",
        escaped(recommendation.summary),
    ]
    for part, record in records.items():
        blocks += _section(part, record, recommendation, stack)
    blocks += [
        "## More Information",
        "### Rulesets",
        listed(_rulesets(recommendation)),
        *reproduction("stack", recommendation.stack, recommendation, recommendation.candidates),
        "\n".join(filter(None, (record.definitions() for record in records.values()))),
    ]
    return written(blocks)


def _title(recommendation: StackRecommendation) -> str:
    chosen = [each.ranking[0].name for each in recommendation.parts.values() if each.outcome is Outcome.RECOMMENDED]
    left = [in_words(part) for part, each in recommendation.parts.items() if each.outcome is not Outcome.RECOMMENDED]
    if not chosen:
        return "No decision yet"
    open_ = f"; no decision yet on {joined(left)}" if left else ""
    return escaped(f"Use {joined(chosen)}{open_}")


def _section(part: str, record: Record, recommendation: StackRecommendation, stack: Stack) -> Iterable[str]:
    ruleset = stack.parts[part].ruleset
    yield f"## {escaped(f'{in_words(part).capitalize()}: {ruleset.title}')}"
    for need, taken in recommendation.taken[part].items():
        yield escaped(taken_in_words(need, taken, option_label(ruleset.needs[need], taken.value)))
    yield from record.decision()
    yield from record.sources()


def _rulesets(recommendation: StackRecommendation) -> Iterable[str]:
    for part, result in recommendation.parts.items():
        asked = result.ruleset
        identity = f"{code(asked.id)}, version {escaped(asked.version)}, digest {code(asked.digest)}"
        yield f"{escaped(in_words(part))}: {identity}"
