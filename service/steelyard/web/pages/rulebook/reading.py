"""Reading the address of the page. What is faulty in it is told, and what is sound is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from steelyard.api import Ruleset
from steelyard.diagnostics import Code, Diagnostic, fault, quote, suggestion
from steelyard.requirements import today
from steelyard.web.pages.reading import day_said, one_of
from steelyard.web.pages.rulebook.browsing import AS_OF, CANDIDATE, CELL, CRITERION, KEYS, SINCE, Browsing, Cell
from steelyard.web.reading.queries import repeated


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: what is looked at, as far as that is sound, and what is wrong with the rest."""

    browsing: Browsing
    faults: tuple[Diagnostic, ...]


def read_browsing(ruleset: Ruleset, query: MultiDict[str, str]) -> Read:
    """Reads the query of the page's address, or what a form of the page sends, which may leave values empty."""
    said = _Said(query)
    now = today()
    as_of = said.day(AS_OF)
    browsing = Browsing(
        ruleset=ruleset,
        today=now,
        as_of=None if as_of == now else as_of,
        criterion=said.one_of(ruleset.criteria, CRITERION, "criterion"),
        chosen=said.chosen(ruleset.candidates),
        since=said.day_until(as_of or now),
        cell=said.cell(ruleset),
    )
    return Read(browsing, (*said.unknown_keys(), *said.faults))


class _Said:
    """A query, and the faults that are found in it."""

    def __init__(self, query: MultiDict[str, str]) -> None:
        self.faults: list[Diagnostic] = []
        self._values = {key: [each.strip() for each in values if each.strip()] for key, values in query.lists()}

    def unknown_keys(self) -> Iterator[Diagnostic]:
        for key in self._values:
            if key not in KEYS:
                help_ = suggestion(key, KEYS)
                yield fault(Code.KEY_UNKNOWN, f"unknown key {quote(key)}", (key,), at_key=True, help=help_)

    def day(self, key: str) -> date | None:
        text = self._one(key)
        return None if text is None else day_said(text, key, self.faults)

    def day_until(self, last: date) -> date | None:
        since = self.day(SINCE)
        if since is None or since <= last:
            return since
        message = f"{quote(since)} is after {last}, the day that is shown"
        self.faults.append(fault(Code.DATE_EMPTY_RANGE, message, (SINCE,)))
        return None

    def one_of(self, known: Mapping[str, object], key: str, what: str) -> str | None:
        named = self._one(key)
        return None if named is None else one_of(named, known, key, what, self.faults)

    def chosen(self, known: Mapping[str, object]) -> tuple[str, ...]:
        named = {each.strip() for value in self._values.get(CANDIDATE, ()) for each in value.split(",")} - {""}
        found = {one_of(each, known, CANDIDATE, "candidate", self.faults) for each in sorted(named)}
        return tuple(each for each in known if each in found)

    def cell(self, ruleset: Ruleset) -> Cell | None:
        named = self._one(CELL)
        if named is None:
            return None
        rule, _, candidate = named.partition(".")
        known_rule = one_of(rule, ruleset.rules, CELL, "rule", self.faults)
        known_candidate = one_of(candidate, ruleset.candidates, CELL, "candidate", self.faults)
        return Cell(known_rule, known_candidate) if known_rule and known_candidate else None

    def _one(self, key: str) -> str | None:
        values = self._values.get(key, ())
        if len(values) > 1:
            self.faults.append(repeated(key, values, (key,)))
        return values[0] if len(values) == 1 else None
