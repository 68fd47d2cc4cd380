"""What explains a recommendation, as sections of blocks: on a terminal and in a record they say the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steelyard.model import Ruleset, answer_labels
from steelyard.recommendation import Question, Recommendation, TracedRule, Versus, counted, joined
from steelyard.render.page import Block, Code, Item, Items, Line, Paragraph
from steelyard.render.wording import NOT_KNOWN, signed

_MOST_QUESTIONS = 5
_SEARCHES = {"relax": "musts to give up", "questions": "questions", "changes": "changes"}


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a title."""

    title: str
    blocks: Sequence[Block]


def sections(recommendation: Recommendation, ruleset: Ruleset) -> Iterator[Section]:
    """A section for everything that the recommendation explains.

    Args:
        recommendation: the result.
        ruleset: the ruleset that gave it.
    """
    explanation = recommendation.explanation
    if recommendation.relax:
        yield Section("What to give up", [Items([Item(each.words) for each in recommendation.relax])])
    if explanation.comparison is not None:
        yield _compared(explanation.comparison, ruleset)
    if explanation.changes:
        yield Section("What would change it", list(_changes(recommendation)))
    if explanation.questions is not None:
        yield Section("What to ask next", list(_questions(explanation.questions, recommendation, ruleset)))
    if explanation.rules is not None:
        silent = [_not_fired(each, ruleset) for each in explanation.rules if not each.fired]
        yield Section("What did not fire", [Items(silent)] if silent else [Paragraph("Every rule fired.")])
    if explanation.incomplete:
        searches = joined([_SEARCHES[each] for each in explanation.incomplete])
        told = f"The search for {searches} was given up at its bound, so that there may be more than is told."
        yield Section("What was not looked at", [Paragraph(told)])


def _compared(comparison: Versus, ruleset: Ruleset) -> Section:
    one, other = (ruleset.candidates[each].name for each in comparison.candidates)
    items = [Item(f"{each.title}: {_beside(each.ratings)}", signed(float(each.points))) for each in comparison.rules]
    blocks: list[Block] = [Paragraph(comparison.words)]
    return Section(f"{one} beside {other}", [*blocks, Items(items)] if items else blocks)


def _beside(ratings: tuple[str | None, str | None]) -> str:
    return " beside ".join(rating or NOT_KNOWN for rating in ratings)


def _changes(recommendation: Recommendation) -> Iterator[Block]:
    changes = recommendation.explanation.changes or ()
    found = [Item(each.words) for each in changes if each.steps]
    if found:
        yield Items(found)
    others = [each.name for each in changes if not each.steps]
    if others:
        tried = " that was tried" if "changes" in recommendation.explanation.incomplete else ""
        yield Paragraph(f"No change of one or two answers{tried} would put {joined(others, 'or')} first.")


def _questions(questions: Sequence[Question], recommendation: Recommendation, ruleset: Ruleset) -> Iterator[Block]:
    if recommendation.settled:
        yield Paragraph("Nothing: no single answer to an open need, as a should, would change who is recommended.")
    if questions:
        yield Items([_question(each, ruleset) for each in questions[:_MOST_QUESTIONS]])
    left = len(questions) - _MOST_QUESTIONS
    if left > 0:
        yield Paragraph(f"{counted(left, 'more question')} could change who is recommended.")


def _question(question: Question, ruleset: Ruleset) -> Item:
    by_winners: dict[tuple[str, ...], list[str]] = {}
    for answer in question.answers:
        if answer.flips:
            by_winners.setdefault(answer.then.recommended, []).append(f"“{answer.label}”")
    below = [f"{joined(labels, 'or')} would {_put_first(winners, ruleset)}." for winners, labels in by_winners.items()]
    return Item([f"{question.question} (", Code(question.need), ")"], below=below)


def _put_first(winners: Sequence[str], ruleset: Ruleset) -> str:
    names = [ruleset.candidates[each].name for each in winners]
    if not names:
        return "leave nothing to recommend"
    return f"put {names[0]} first" if len(names) == 1 else f"have {joined(names)} tie"


def _not_fired(rule: TracedRule, ruleset: Ruleset) -> Item:
    if not rule.standing:
        return Item(rule.title, below=["It does not stand on that day."])
    return Item(rule.title, below=[_unmet(test, ruleset) for test in _open_tests(rule.condition)])


def _open_tests(node: Mapping[str, Any], *, wanted: bool = True) -> Iterator[Mapping[str, Any]]:
    """The tests because of which a condition does not hold, with how they would have to come out."""
    if node["holds"] is wanted:
        return
    if "need" in node:
        yield {**node, "negated": not wanted}
    elif "not" in node:
        yield from _open_tests(node["not"], wanted=not wanted)
    for part in (*node.get("all", ()), *node.get("any", ())):
        yield from _open_tests(part, wanted=wanted)


def _unmet(test: Mapping[str, Any], ruleset: Ruleset) -> Line:
    need = ruleset.needs[test["need"]]
    wanted = f"not ({test['words']})" if test["negated"] else test["words"]
    given = "nothing is said" if test["given"] is None else f"said is {answer_labels(need, test['given'])}"
    return f"wanted: {wanted}; {given}"
