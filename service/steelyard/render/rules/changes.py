"""What changed between two days, in order of date."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from steelyard.knowledge import CandidateChange, Change, Knowledge, RatingChange, RuleChange
from steelyard.render.page import Block, Heading, Item, Items, Paragraph, Strong
from steelyard.render.rules.words import applies, head, reason, sources_of, word


def changes_page(knowledge: Knowledge, since: date, changes: Sequence[Change]) -> Iterator[Block]:
    """The view."""
    yield from head(knowledge, since)
    if not changes:
        yield Paragraph("Nothing changed.")
    for day, group in groupby(changes, key=lambda change: change.day):
        yield Heading(day.isoformat())
        yield Items([_item(change, knowledge) for change in group])
    yield from sources_of([change.after for change in changes if isinstance(change, RatingChange)], knowledge)


def _item(change: Change, knowledge: Knowledge) -> Item:
    match change:
        case CandidateChange(candidate=candidate, came=came):
            return Item([Strong(candidate.name), " comes" if came else " is retired"])
        case RuleChange(came=True):
            return _new_rule(change, knowledge)
        case RuleChange(rule=rule):
            return Item(f"The rule “{rule.title}” goes")
        case RatingChange():
            return _rating(change, knowledge)


def _new_rule(change: RuleChange, knowledge: Knowledge) -> Item:
    rule, names = change.rule, knowledge.ruleset.candidates
    rated = [f"{names[key].name} {rating.grade.word}" for key, rating in rule.ratings_on(change.day).items()]
    below = [applies(rule, knowledge), *(["; ".join(rated)] if rated else [])]
    return Item(f"The rule “{rule.title}” comes", below=below)


def _rating(change: RatingChange, knowledge: Knowledge) -> Item:
    before, after = word(change.before), word(change.after)
    step = f"still {after}" if before == after else f"{before} → {after}"
    return Item(
        [Strong(change.candidate.name), f" on “{change.rule.title}”: {step}"], below=[reason(change.after, knowledge)]
    )
