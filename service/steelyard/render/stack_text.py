"""The answer of a stack for a terminal: who fits where; then each part, with its reasons; then what was asked."""

from steelyard.recommendation import Outcome
from steelyard.render.layout import Sheet, harmless
from steelyard.render.text import NARROWEST, Text, among, asked, could_be_answered, line, written
from steelyard.render.wording import option_label
from steelyard.stack import Stack, StackRecommendation, in_words, taken_in_words


def stack_to_text(recommendation: StackRecommendation, stack: Stack, *, width: int = 80, color: bool = False) -> str:
    """The answer of a stack as text for people.

    Args:
        recommendation: the result.
        stack: the stack that gave it.
        width: columns that no line exceeds; less than `NARROWEST` is taken for that.
        color: whether to set headlines and the signs of points off by ANSI escape sequences.
    """
    sheet = Sheet(max(width, NARROWEST), color)
    sections = [sheet.bold(sheet.fold(harmless(recommendation.summary)))]
    for part in stack.parts:
        sections += _part(sheet, part, recommendation, stack)
    return written([*sections, _could_be_answered(sheet, recommendation, stack), _asked(sheet, recommendation, stack)])


def _part(sheet: Sheet, part: str, recommendation: StackRecommendation, stack: Stack) -> list[list[str]]:
    result, ruleset = recommendation.parts[part], stack.parts[part].ruleset
    heading = sheet.bold(sheet.fold(harmless(f"{in_words(part).capitalize()}: {ruleset.title}")))
    for need, taken in recommendation.taken[part].items():
        heading += line(sheet, taken_in_words(need, taken, option_label(ruleset.needs[need], taken.value)))
    summary = line(sheet, result.headline)
    return [heading, summary, *Text(result, ruleset, sheet).reasoning(hints=False)]


def _could_be_answered(sheet: Sheet, recommendation: StackRecommendation, stack: Stack) -> list[str]:
    undecided = [each for each in recommendation.parts.values() if each.outcome is Outcome.UNDECIDED]
    wanted = {need for result in undecided for need in result.unanswered}
    needs = [need for id_, need in stack.needs.items() if id_ in wanted]
    return could_be_answered(sheet, needs) if needs else []


def _asked(sheet: Sheet, recommendation: StackRecommendation, stack: Stack) -> list[str]:
    is_decided = any(each.outcome is not Outcome.UNDECIDED for each in recommendation.parts.values())
    rows = {"unanswered": ", ".join(recommendation.unanswered) if is_decided else ""}
    restricted = {part: among(result, stack.parts[part].ruleset) for part, result in recommendation.parts.items()}
    rows["among"] = "; ".join(f"{in_words(part)}: {only}" for part, only in restricted.items() if only)
    rulesets = (f"{each.ruleset.id}, version {each.ruleset.version}" for each in recommendation.parts.values())
    rows["rulesets"] = "; ".join(dict.fromkeys(rulesets))
    identity = recommendation.stack
    rows["stack"] = f"{identity.id}, version {identity.version}, as of {recommendation.as_of}"
    return asked(sheet, recommendation.requirements, stack.needs, rows)
