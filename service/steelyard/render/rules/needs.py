"""The needs of a ruleset, and which rules read each of them."""

from collections.abc import Iterator

from steelyard.knowledge import Knowledge
from steelyard.model import Need
from steelyard.render.page import Block, Code, Item, Items, Line
from steelyard.render.rules.words import head
from steelyard.render.wording import possible_answers, quoted


def needs_page(knowledge: Knowledge, only: str | None = None) -> Iterator[Block]:
    """The needs, or the one that is asked for, with the rules that read each."""
    needs = [need for need in knowledge.ruleset.needs.values() if only in (None, need.id)]
    yield from head(knowledge)
    yield Items([_item(need, knowledge) for need in needs])


def _item(need: Need, knowledge: Knowledge) -> Item:
    below: list[Line] = [need.help] if need.help else []
    below.append(_answers(need))
    titles = [rule.title for rule in knowledge.reading(need)]
    below.append(f"Read by {quoted(titles)}" if titles else "Read by none of these rules")
    return Item([Code(need.id), f": {need.question}"], below=below)


def _answers(need: Need) -> str:
    if not need.options:
        return f"{need.type.value}: {possible_answers(need)}"
    return f"{need.type.value}: {'; '.join(f'{id_} ({label})' for id_, label in need.options)}"
