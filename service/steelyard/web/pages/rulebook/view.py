"""Everything that the page shows of a ruleset, worked out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from steelyard.api import Ruleset
from steelyard.diagnostics import Diagnostic
from steelyard.recommendation import counted
from steelyard.render.rules.words import dates, extent
from steelyard.web.keeping import Shelf
from steelyard.web.pages.closer import Source
from steelyard.web.pages.project import Project
from steelyard.web.pages.rendering import Place
from steelyard.web.pages.rulebook.browsing import AS_OF, CANDIDATE, CRITERION, SINCE, Browsing
from steelyard.web.pages.rulebook.heat_map import heat_map
from steelyard.web.pages.rulebook.opened_cell import opened_cell
from steelyard.web.pages.rulebook.what_changed import what_changed
from steelyard.web.pages.rulebook.words import LEGEND, sources


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen, and whether it is."""

    id: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A rule that does not stand on the day, and the days on which it does."""

    title: str
    dates: str


def rulebook(browsing: Browsing, faults: Iterable[Diagnostic], shelf: Shelf, place: Place) -> Mapping[str, Any]:
    """What the template of the page is given."""
    ruleset, knowledge = browsing.ruleset, browsing.knowledge
    weigh = Project(asked=ruleset, is_default=ruleset is shelf.default, as_of=browsing.as_of)
    evidence = _evidence(browsing)
    return {
        "browsing": browsing,
        "ruleset": ruleset,
        "faults": [*faults],
        "here": place.ruleset(ruleset.id),
        "weigh": place.home + weigh.address,
        "others": [(each.title, place.ruleset(each.id), each is ruleset) for each in shelf.rulesets.values()],
        "counts": _counts(ruleset),
        "shown": extent(knowledge),
        "legend": LEGEND,
        "map": heat_map(browsing),
        "left_out": [LeftOut(rule.title, dates(rule.period)) for rule in knowledge.others],
        "opened": opened_cell(browsing),
        "changed": what_changed(browsing),
        "evidence": evidence,
        "stale": sum(each.cited.stale for each in evidence),
        "criteria": [Choice(id_, title, id_ == browsing.criterion) for id_, title in ruleset.criteria.items()],
        "candidates": _choices(browsing),
        "is_narrowed": bool(browsing.criterion or browsing.chosen),
        "unfiltered": replace(browsing, criterion=None, chosen=()).address,
        "kept_by": {
            "day": browsing.query_but(AS_OF),
            "filter": browsing.query_but(CRITERION, CANDIDATE),
            "since": browsing.query_but(SINCE),
        },
    }


def _counts(ruleset: Ruleset) -> str:
    """How much it knows, on any day."""
    ratings = sum(1 for _ in ruleset.model.ratings())
    counted_ = (
        counted(len(ruleset.rules), "rule"),
        counted(len(ruleset.candidates), "candidate"),
        counted(ratings, "rating"),
        counted(len(ruleset.evidence), "source"),
    )
    stale = ruleset.model.stale_after_days
    after = f"; a source is stale after {counted(stale, 'day')}" if stale is not None else ""
    return f"{', '.join(counted_)}{after}"


def _choices(browsing: Browsing) -> list[Choice]:
    declared = browsing.ruleset.candidates.values()
    return [Choice(each.id, each.name, each.id in browsing.chosen) for each in declared]


def _evidence(browsing: Browsing) -> tuple[Source, ...]:
    """The sources of the ratings in force that are shown, the newest first."""
    knowledge = browsing.knowledge
    ratings = (knowledge.rating(rule, each.id) for rule in knowledge.standing for each in browsing.candidates)
    named = {key for rating in ratings if rating is not None for key in rating.evidence}
    found = sources((key for key in browsing.ruleset.evidence if key in named), knowledge)
    return tuple(sorted(found, key=lambda each: each.cited.published, reverse=True))
