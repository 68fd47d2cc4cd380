"""The cell that is open: the rating with its reason and sources, and what it was before."""

from dataclasses import dataclass, replace
from datetime import date

from steelyard.knowledge import Knowledge
from steelyard.model import Candidate, Rating, Rule
from steelyard.render.rules.words import absence, dates, weight
from steelyard.web.pages.closer import Source
from steelyard.web.pages.rulebook.browsing import Browsing, Cell
from steelyard.web.pages.rulebook.words import NOTHING, Mark, condition, mark, sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A rating: since when, if that is said, why, and on what evidence."""

    mark: Mark
    since: date | None
    because: str | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A way to a neighbour: the title of its rule, and the address that opens it."""

    title: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCell:
    """A cell, looked at closely.

    Attributes:
        candidate: the candidate's name.
        title: the rule's title.
        condition: when the rule applies.
        weight: its weight as it is written.
        veto: whether it excludes whoever is unsupported, whatever the need's importance.
        now: the rating in force on the day; None where nothing is known.
        earlier: what it was before, newest first.
        remarks: what else is to be known on that day, such as that the rule does not stand.
        previous: the same candidate by the rule above; None at the top.
        next: by the rule below; None at the end.
        closed: the address of the page without the cell.
    """

    candidate: str
    title: str
    condition: str
    weight: str
    veto: bool
    now: Entry | None
    earlier: tuple[Entry, ...]
    remarks: tuple[str, ...]
    previous: Step | None
    next: Step | None
    closed: str

    @property
    def mark(self) -> Mark:
        """The rating at a glance."""
        return self.now.mark if self.now is not None else NOTHING


def opened_cell(browsing: Browsing) -> OpenedCell | None:
    """The cell that is open; None if none is."""
    if browsing.cell is None:
        return None
    knowledge = browsing.knowledge
    rule = browsing.ruleset.rules[browsing.cell.rule]
    candidate = browsing.ruleset.candidates[browsing.cell.candidate]
    entries = _entries(rule, candidate, knowledge)
    previous, following = _neighbours(browsing, rule, candidate)
    return OpenedCell(
        candidate=candidate.name,
        title=rule.title,
        condition=condition(rule, knowledge),
        weight=weight(rule),
        veto=rule.veto,
        now=entries[0] if entries else None,
        earlier=entries[1:],
        remarks=_remarks(rule, candidate, knowledge),
        previous=previous,
        next=following,
        closed=replace(browsing, cell=None).address,
    )


def _entries(rule: Rule, candidate: Candidate, knowledge: Knowledge) -> tuple[Entry, ...]:
    """The ratings up to the day, newest first."""
    history = rule.ratings.get(candidate.id)
    entries = () if history is None else history.entries
    known = [(since, rating) for since, rating in entries if since is None or since <= knowledge.as_of]
    return tuple(_entry(since, rating, knowledge) for since, rating in reversed(known))


def _entry(since: date | None, rating: Rating, knowledge: Knowledge) -> Entry:
    return Entry(mark=mark(rating), since=since, because=rating.because, sources=sources(rating.evidence, knowledge))


def _remarks(rule: Rule, candidate: Candidate, knowledge: Knowledge) -> tuple[str, ...]:
    remarks = []
    if not rule.period.includes(knowledge.as_of):
        remarks.append(f"The rule does not stand on that day: {dates(rule.period)}.")
    if gone := absence(candidate, knowledge):
        remarks.append(f"{candidate.name} cannot be chosen on that day: {gone}.")
    return tuple(remarks)


def _neighbours(browsing: Browsing, rule: Rule, candidate: Candidate) -> tuple[Step | None, Step | None]:
    """The rules above and below among those that are shown."""
    rules = browsing.rules
    if rule not in rules:
        return None, None
    at = rules.index(rule)
    around = (rules[at - 1] if at else None, rules[at + 1] if at + 1 < len(rules) else None)
    above, below = (
        None if each is None else Step(each.title, browsing.opening(Cell(each.id, candidate.id))) for each in around
    )
    return above, below
