"""All rules in a table: a row a rule, a column a candidate, each cell the rating in force."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from math import ceil

from steelyard.knowledge import Knowledge
from steelyard.model import Candidate, Rule
from steelyard.render.layout import display_width, harmless
from steelyard.render.page import Block, Column, Group, Heading, Item, Items, Kept, Line, Paragraph, Piece, Row, Table
from steelyard.render.rules.keys import short_keys
from steelyard.render.rules.words import LEGEND, NO_SIGN, SIGNS, absence, asks, dates, head, weight

_INDENT = 2
_WEIGHT = "weight"
_ENOUGH_FOR_TITLES = 36
_LEAST_FOR_TITLES = 16
_GAP = 1

_Heads = Mapping[str, str]


def rules_page(knowledge: Knowledge, room: int | None = None) -> Iterator[Block]:
    """The view.

    Args:
        knowledge: what is shown.
        room: columns of the terminal, for signs in place of words; None for a page as wide as it has to be.
    """
    yield from head(knowledge)
    if not knowledge.standing:
        yield Paragraph("No such rule stands on that day.")
    elif room is None:
        yield from _in_words(knowledge)
    else:
        yield from _in_signs(knowledge, room)
    if knowledge.others:
        yield Heading("Not in force on that day")
        yield Items([Item(f"{rule.title}: {dates(rule.period)}") for rule in knowledge.others])


def _in_words(knowledge: Knowledge) -> Iterator[Block]:
    candidates = tuple(knowledge.ruleset.candidates.values())
    yield Paragraph(f"Where nothing is known stands {NO_SIGN.text}")
    if remarks := [f"{each.name}: {remark}" for each in candidates if (remark := absence(each, knowledge))]:
        yield Items([Item(remark) for remark in remarks])
    columns = [Column("Rule"), Column("If"), Column("Weight", right=True), *(Column(each.name) for each in candidates)]
    yield Table(columns, _groups(knowledge, partial(_row_of_words, candidates, knowledge)))


def _row_of_words(candidates: Iterable[Candidate], knowledge: Knowledge, rule: Rule) -> Row:
    ratings = (knowledge.rating(rule, each.id) for each in candidates)
    words = [NO_SIGN.text if rating is None else rating.grade.word for rating in ratings]
    return Row([rule.title, asks(rule, knowledge), weight(rule), *words])


def _in_signs(knowledge: Knowledge, room: int) -> Iterator[Block]:
    """Under the names, or else short keys; in several tables if one cannot hold all candidates."""
    candidates = tuple(knowledge.ruleset.candidates.values())
    heads = _heads(knowledge, {each.id: harmless(each.name) for each in candidates})
    yield Paragraph(LEGEND)
    if _ENOUGH_FOR_TITLES + _taken(heads.values()) > room:
        keys = short_keys(heads)
        heads = _heads(knowledge, keys)
        yield Paragraph(_listed([(f"{keys[each.id]} {each.name}", absence(each, knowledge)) for each in candidates]))
    elif remarks := [(each.name, remark) for each in candidates if (remark := absence(each, knowledge))]:
        yield Paragraph(_listed(remarks))
    for part in _parts(candidates, heads, room):
        columns = [Column("Rule"), Column(_WEIGHT, right=True), *(Column(heads[each.id]) for each in part)]
        yield Table(columns, _groups(knowledge, partial(_row_of_signs, part, knowledge)), _GAP)


def _row_of_signs(candidates: Iterable[Candidate], knowledge: Knowledge, rule: Rule) -> Row:
    ratings = (knowledge.rating(rule, each.id) for each in candidates)
    signs = [[NO_SIGN if rating is None else SIGNS[rating.grade]] for rating in ratings]
    return Row([rule.title, weight(rule), *signs], below=asks(rule, knowledge))


def _heads(knowledge: Knowledge, names: _Heads) -> _Heads:
    """The names, in parentheses where the candidate cannot be chosen."""
    candidates = knowledge.ruleset.candidates
    return {key: name if knowledge.is_available(candidates[key]) else f"({name})" for key, name in names.items()}


def _listed(remarks: Iterable[tuple[str, str]]) -> Line:
    """Names, or keys with names, each with a remark in parentheses if there is one."""
    line: list[Piece] = []
    for name, remark in remarks:
        line += ["; ", Kept(name)] if line else [Kept(name)]
        line += [" ", Kept(f"({remark})")] if remark else []
    return line


def _taken(heads: Iterable[str]) -> int:
    """The columns that a table takes beside the titles of rules."""
    return _INDENT + _GAP + len(_WEIGHT) + sum(_GAP + max(2, display_width(head)) for head in heads)


def _parts(candidates: Sequence[Candidate], heads: _Heads, room: int) -> list[Sequence[Candidate]]:
    """The candidates in as few parts of one size as fit beside the titles of rules."""
    parts: list[Sequence[Candidate]] = []
    for size in range(len(candidates), 0, -1):
        parts = [candidates[start : start + size] for start in range(0, len(candidates), size)]
        if all(_LEAST_FOR_TITLES + _taken(heads[each.id] for each in part) <= room for part in parts):
            break
    # Of as many parts, the most even ones.
    size = ceil(len(candidates) / len(parts))
    return [candidates[start : start + size] for start in range(0, len(candidates), size)]


def _groups(knowledge: Knowledge, row: Callable[[Rule], Row]) -> list[Group]:
    titles = knowledge.ruleset.criteria
    return [
        Group(titles[criterion], [row(rule) for rule in rules])
        for criterion, rules in knowledge.by_criterion(knowledge.standing)
    ]
