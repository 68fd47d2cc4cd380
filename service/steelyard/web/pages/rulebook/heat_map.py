"""The heat map: a row a rule, a column a candidate, each cell the rating in force."""

from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.knowledge import Share, balance
from steelyard.model import Candidate, Rule
from steelyard.recommendation import percent
from steelyard.render.rules.words import absence, weight
from steelyard.web.pages.rulebook.browsing import Browsing, Cell
from steelyard.web.pages.rulebook.words import Mark, condition, mark

MOST_RULES = 400
"""More rows than these are not shown at once."""

_NARROW = 12
_BROAD = 20


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: a candidate, and why it cannot be chosen on the day, if it cannot."""

    id: str
    name: str
    absence: str


@dataclass(frozen=True, slots=True)
class MapCell:
    """A cell: its rating, whose it is, the address that opens it, and whether it is open."""

    mark: Mark
    name: str
    address: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """A row: a rule, its condition in words, its weight as it is written, and its cells."""

    id: str
    title: str
    condition: str
    weight: str
    veto: bool
    is_open: bool
    cells: tuple[MapCell, ...]


@dataclass(frozen=True, slots=True)
class MapGroup:
    """The rows of a criterion."""

    id: str
    title: str
    rows: tuple[MapRow, ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """How much is known of a candidate: the share of the weight of all rules that rate it, and how many these are."""

    name: str
    share: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """The map.

    Attributes:
        heads: the candidates.
        groups: the rows by criterion.
        rated: how much is known of each candidate; empty without rows.
        more: how many rules stand on the day and are not shown, since they are too many.
        has_veto: whether a rule that is shown excludes whoever is unsupported, whatever the need's importance.
        breadth: how much room it takes, in a word: narrow, broad or vast.
    """

    heads: tuple[Head, ...]
    groups: tuple[MapGroup, ...]
    rated: tuple[Rated, ...]
    more: int
    has_veto: bool
    breadth: str


def heat_map(browsing: Browsing) -> HeatMap:
    """The map of what is looked at."""
    knowledge = browsing.knowledge
    shown = {candidate.id for candidate in browsing.candidates}
    shares = [each for each in balance(knowledge) if each.candidate.id in shown]
    return HeatMap(
        heads=tuple(Head(each.id, each.name, absence(each, knowledge)) for each in browsing.candidates),
        groups=tuple(_groups(browsing)),
        rated=tuple(_rated(share, len(knowledge.standing)) for share in shares if share.total),
        more=max(0, len(browsing.rules) - MOST_RULES),
        has_veto=any(rule.veto for rule in browsing.rules),
        breadth=_breadth(len(browsing.candidates)),
    )


def _groups(browsing: Browsing) -> Iterator[MapGroup]:
    titles = browsing.ruleset.criteria
    for criterion, rules in browsing.knowledge.by_criterion(browsing.rules[:MOST_RULES]):
        yield MapGroup(criterion, titles[criterion], tuple(_row(rule, browsing) for rule in rules))


def _row(rule: Rule, browsing: Browsing) -> MapRow:
    knowledge, cell = browsing.knowledge, browsing.cell
    return MapRow(
        id=rule.id,
        title=rule.title,
        condition=condition(rule, knowledge),
        weight=weight(rule),
        veto=rule.veto,
        is_open=cell is not None and cell.rule == rule.id,
        cells=tuple(_cell(rule, candidate, browsing) for candidate in browsing.candidates),
    )


def _cell(rule: Rule, candidate: Candidate, browsing: Browsing) -> MapCell:
    here = Cell(rule.id, candidate.id)
    rating = mark(browsing.knowledge.rating(rule, candidate.id))
    return MapCell(rating, candidate.name, browsing.opening(here), here == browsing.cell)


def _rated(share: Share, rules: int) -> Rated:
    rated = float(share.rated / share.total)
    short = percent(rated).removesuffix(" %").replace("less than ", "<") if rated else "0"
    return Rated(share.candidate.name, short, f"{rules - share.unknown} of {rules} rules")


def _breadth(candidates: int) -> str:
    if candidates <= _NARROW:
        return "narrow"
    return "broad" if candidates <= _BROAD else "vast"
