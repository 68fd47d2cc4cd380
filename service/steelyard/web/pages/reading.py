"""Reading the address of the page. What is faulty in it is told, and what is sound is kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from steelyard.api import Ruleset, Stack
from steelyard.diagnostics import Code, Diagnostic, FaultsError, fault, quote, suggestion
from steelyard.model import Importance, NeedType
from steelyard.requirements import RequestError
from steelyard.shape import day as as_day
from steelyard.web.keeping import Shelf
from steelyard.web.pages.project import IMPORTANCE_OF, LOOK_AT, NOT_KNOWN, SET_BESIDE, Beside, Project
from steelyard.web.reading import asked_in, named_in, request_in, unknown_ruleset

Query = MultiDict[str, str]

_OWN = (NOT_KNOWN, LOOK_AT, SET_BESIDE)
_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read.

    Attributes:
        project: what of it is sound.
        faults: what is wrong with the rest.
    """

    project: Project
    faults: tuple[Diagnostic, ...]


def read_project(shelf: Shelf, query: Query) -> Read:
    """Reads the query of the page's address, or what a form of the page sends."""
    own, rest = _parted(query)
    faults: list[Diagnostic] = []
    asked = _asked(shelf, rest, faults)
    # A form also sends what nothing was answered to.
    answered = [
        (key, value)
        for key, value in rest.items(multi=True)
        if value.strip() or (key in asked.needs and asked.needs[key].type is NeedType.CHOICES)
    ]
    data, found = request_in(MultiDict(answered), asked.needs)
    faults += found
    shows_changes = "changes" in data.get("explain", ())
    _weigh(own, data["requirements"])
    data, requirements = _sound(asked, {key: each for key, each in data.items() if key != "explain"}, faults)
    looked_at = own.get(LOOK_AT)
    project = Project(
        asked=asked,
        is_default=asked is shelf.default,
        requirements=requirements,
        as_of=as_day(data["as_of"]) if "as_of" in data else None,
        candidates=tuple(map(str, data["candidates"])) if "candidates" in data else None,
        not_known=tuple(need for need in _listed(own, NOT_KNOWN) if need in asked.needs and need not in requirements),
        look_at=one_of(looked_at, asked.model.candidates, LOOK_AT, "candidate", faults) if looked_at else None,
        compare=(str(data["compare"][0]), str(data["compare"][1])) if "compare" in data else None,
        shows_changes=shows_changes,
        beside=_beside(shelf, own.get(SET_BESIDE, ""), faults),
    )
    return Read(project=project, faults=tuple(faults))


def _parted(query: Query) -> tuple[Query, Query]:
    """The keys that only pages have, and the rest."""
    own: Query = MultiDict()
    rest: Query = MultiDict()
    for key, value in query.items(multi=True):
        (own if key in _OWN or key.startswith(IMPORTANCE_OF) else rest).add(key, value)
    return own, rest


def _asked(shelf: Shelf, query: Query, faults: list[Diagnostic]) -> Ruleset | Stack:
    try:
        return asked_in(shelf, named_in(query))
    except RequestError as error:
        faults += error.diagnostics
        for key in ("ruleset", "stack"):
            query.poplist(key)
        return shelf.default


def _weigh(own: Query, requirements: dict[str, Any]) -> None:
    """Gives answers the importance that a form says; of what is not answered it means nothing."""
    for key, importance in own.items():
        need = key.removeprefix(IMPORTANCE_OF)
        if key.startswith(IMPORTANCE_OF) and need in requirements and importance != Importance.SHOULD.value:
            requirements[need] = {"value": requirements[need], "importance": importance}


def _sound(
    asked: Ruleset | Stack, data: dict[str, Any], faults: list[Diagnostic]
) -> tuple[dict[str, Any], Mapping[str, Mapping[str, Any]]]:
    """The request without what is faulty in it, and its requirements as they were understood."""
    for _ in range(_TRIES):
        try:
            said = asked.read(data).requirements
        except RequestError as error:
            faults += error.diagnostics
            data = _without(data, error)
        else:
            return data, {need: each.stated(asked.needs[need]) for need, each in said.items()}
    return {"requirements": {}}, {}


def _without(data: Mapping[str, Any], error: RequestError) -> dict[str, Any]:
    """The request without the keys and the answers that are faulty."""
    faulty = [found.path for found in error.diagnostics]
    keys = {path[0] for path in faulty if path and path[0] != "requirements"}
    needs = {path[1] for path in faulty if len(path) > 1 and path[0] == "requirements"}
    kept = {key: value for key, value in data.items() if key not in keys}
    return {**kept, "requirements": {need: each for need, each in data["requirements"].items() if need not in needs}}


def _listed(own: Query, key: str) -> Iterator[str]:
    seen = [each for value in own.getlist(key) for each in value.split(",")]
    yield from dict.fromkeys(each.strip() for each in seen)


def one_of(named: str, known: Iterable[str], key: str, what: str, faults: list[Diagnostic]) -> str | None:
    """What is named, if it is known; otherwise a fault at the key that names it.

    Args:
        named: what is named.
        known: all that there is.
        key: the key that names it.
        what: the kind of thing: a candidate, or whatever else.
        faults: where a fault is added.
    """
    if named in known:
        return named
    code = Code.REQUEST_UNKNOWN_CANDIDATE if what == "candidate" else Code.VALUE_UNKNOWN_WORD
    faults.append(fault(code, f"unknown {what} {quote(named)}", (key,), help=suggestion(named, known)))
    return None


def day_said(text: str, key: str, faults: list[Diagnostic]) -> date | None:
    """The day that a text says; otherwise a fault at the key that says it."""
    try:
        return as_day(text)
    except FaultsError as error:
        faults += error.under(key)
        return None


def _beside(shelf: Shelf, said: str, faults: list[Diagnostic]) -> Beside | None:
    """Reads `ruleset`, `day` or `ruleset@day`."""
    ruleset, at, day = said.strip().partition("@")
    if not at and ruleset[:1].isdigit() and ruleset not in shelf.rulesets:
        ruleset, day = "", ruleset
    if ruleset and ruleset not in shelf.rulesets:
        faults.append(unknown_ruleset(shelf, ruleset, (SET_BESIDE,)))
        return None
    found = day_said(day, SET_BESIDE, faults) if day else None
    return Beside(ruleset=ruleset or None, day=found) if ruleset or found else None
