"""What the address of the page says: which part of the knowledge is looked at, on which day, and which cell."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from steelyard.api import Ruleset
from steelyard.knowledge import Knowledge
from steelyard.model import Candidate, Rule
from steelyard.web.pages.project import written, year_before

AS_OF = "as_of"
CRITERION = "criterion"
CANDIDATE = "candidate"
CELL = "cell"
SINCE = "since"
KEYS = (AS_OF, CRITERION, CANDIDATE, SINCE, CELL)
"""The keys of an address, in the order in which they are written."""

Query = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a row and a column meet: the ids of a rule and of a candidate."""

    rule: str
    candidate: str

    def __str__(self) -> str:
        return f"{self.rule}.{self.candidate}"


@dataclass(frozen=True, kw_only=True)  # without slots, which leave no room for what is worked out once
class Browsing:
    """What is looked at.

    Attributes:
        ruleset: the ruleset.
        today: the day on which it is looked at.
        as_of: the day whose knowledge it is; None is today.
        criterion: the id of the only criterion whose rules are shown; None is all.
        chosen: the ids of the candidates that are shown, in the order of the ruleset; none is all.
        since: the day after which changes are told; None is a year before the day.
        cell: the cell that is open, if one is.
    """

    ruleset: Ruleset = field(hash=False)
    today: date
    as_of: date | None = None
    criterion: str | None = None
    chosen: tuple[str, ...] = ()
    since: date | None = None
    cell: Cell | None = None

    @property
    def day(self) -> date:
        """The day whose knowledge is shown."""
        return self.as_of or self.today

    @property
    def start(self) -> date:
        """The day after which changes are told."""
        return self.since or year_before(self.day)

    @cached_property
    def knowledge(self) -> Knowledge:
        """What is known on the day by the rules that are looked at."""
        return Knowledge.of(self.ruleset.model, self.day, criterion=self.criterion)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that stand on the day, by criterion, as they are shown."""
        grouped = self.knowledge.by_criterion(self.knowledge.standing)
        return tuple(rule for _, rules in grouped for rule in rules)

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """The candidates that are shown."""
        declared = self.ruleset.candidates
        return tuple(declared[id_] for id_ in self.chosen or declared)

    @property
    def query(self) -> Query:
        """Everything as keys and values of an address."""
        said = {
            AS_OF: self.as_of and self.as_of.isoformat(),
            CRITERION: self.criterion,
            CANDIDATE: ",".join(self.chosen),
            SINCE: self.since and self.since.isoformat(),
            CELL: self.cell and str(self.cell),
        }
        return tuple((key, said[key] or "") for key in KEYS if said[key])

    @property
    def address(self) -> str:
        """The same as it follows the path of the page."""
        return written(self.query)

    def query_but(self, *keys: str) -> Query:
        """Keys and values without some, which a form sends itself."""
        return tuple((key, value) for key, value in self.query if key not in keys)

    def opening(self, cell: Cell) -> str:
        """The address that opens a cell, and brings its row into sight."""
        return f"{self._address_of_cells}{cell}#rule-{cell.rule}"

    @cached_property
    def _address_of_cells(self) -> str:
        """The beginning of all of them, which are many."""
        return written((*self.query_but(CELL), (CELL, "")))
