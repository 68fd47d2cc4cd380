"""All that is known of one candidate: its facts, every rule with its ratings and their sources, what is not known."""

from collections.abc import Iterator, Sequence
from datetime import date

from steelyard.knowledge import Knowledge
from steelyard.model import Candidate, Rating, Rule
from steelyard.render.page import Block, Code, Heading, Item, Items, Line, Link, Paragraph, Strong, Title
from steelyard.render.rules.words import absence, applies, dates, extent, reason, sources_of, word


def candidate_page(knowledge: Knowledge, candidate: Candidate) -> Iterator[Block]:
    """The view."""
    ruleset = knowledge.ruleset
    yield Title(candidate.name)
    told = f", version {ruleset.version}: {extent(knowledge)}, as of {knowledge.as_of}"
    yield Paragraph([Code(candidate.id), " in ", Code(ruleset.id), told])
    if facts := list(_facts(candidate, knowledge)):
        yield Items([Item(fact) for fact in facts])
    rated = [rule for rule in knowledge.rules if candidate.id in rule.ratings]
    for criterion, rules in knowledge.by_criterion(rated):
        yield Heading(ruleset.criteria[criterion])
        yield Items([_item(rule, candidate, knowledge) for rule in rules])
    if unknown := [rule for rule in knowledge.standing if rule not in rated]:
        yield Heading("Nothing is known on")
        yield Items([Item(_named(rule)) for rule in unknown])
    entries = (rating for rule in rated for _, rating in rule.ratings[candidate.id].entries)
    yield from sources_of(entries, knowledge)


def _facts(candidate: Candidate, knowledge: Knowledge) -> Iterator[Line]:
    if candidate.summary:
        yield candidate.summary
    told = {
        "Steward": candidate.steward,
        "Licence": candidate.licence,
        "First release": candidate.period.since,
        "Retired": candidate.period.until,
    }
    if candidate.homepage:
        yield ["Homepage: ", Link(candidate.homepage, candidate.homepage)]
    yield from (f"{label}: {fact}" for label, fact in told.items() if fact)
    if absence(candidate, knowledge):
        yield f"On {knowledge.as_of} it cannot be chosen"


def _item(rule: Rule, candidate: Candidate, knowledge: Knowledge) -> Item:
    rating = knowledge.rating(rule, candidate.id)
    below: list[Line] = [applies(rule, knowledge)]
    if not rule.period.includes(knowledge.as_of):
        below.append(f"not in force: {dates(rule.period)}")
    entries = rule.ratings[candidate.id].entries
    if len(entries) == 1 and rating is not None:
        first, _ = entries[0]
        below.append([*([f"since {first}: "] if first else []), *reason(rating, knowledge)])
    else:
        below += _history(entries, rating, knowledge)
    return Item([Strong(word(rating)), ": ", *_named(rule)], below=below)


def _history(
    entries: Sequence[tuple[date | None, Rating]], in_force: Rating | None, knowledge: Knowledge
) -> Iterator[Line]:
    for first, rating in entries:
        mark = ", in force" if rating is in_force else ""
        yield [f"{f'since {first}' if first else 'at first'}, {word(rating)}{mark}: ", *reason(rating, knowledge)]


def _named(rule: Rule) -> Line:
    return [rule.title, " (", Code(rule.id), ")"]
