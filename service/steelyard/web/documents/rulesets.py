"""Rulesets as documents: what can be asked, for people and programs that make forms of it."""

from typing import Any

from steelyard.api import Ruleset, Stack
from steelyard.knowledge import described_candidate, described_need, plain_number
from steelyard.model import Importance
from steelyard.web.keeping import Shelf


def described_shelf(shelf: Shelf) -> dict[str, Any]:
    """What is there: the default, and every ruleset in short."""
    rulesets = [_in_short(ruleset) for ruleset in shelf.rulesets.values()]
    return {"default": shelf.default.id, "rulesets": rulesets}


def described(ruleset: Ruleset) -> dict[str, Any]:
    """What one ruleset can be asked. Lists are in the author's order; what was not said is null or empty."""
    model = ruleset.model
    return {
        **identity_of(ruleset),
        "stale_after_days": model.stale_after_days,
        "importance": {each.value: plain_number(model.multipliers[each]) for each in Importance},
        "needs": [described_need(need) for need in ruleset.needs.values()],
        "candidates": [described_candidate(candidate) for candidate in ruleset.candidates.values()],
        "criteria": [{"id": id_, "title": title} for id_, title in ruleset.criteria.items()],
    }


def identity_of(asked: Ruleset | Stack) -> dict[str, Any]:
    """Which ruleset or stack it is."""
    return {"id": asked.id, "title": asked.title, "version": asked.version, "digest": asked.digest}


def _in_short(ruleset: Ruleset) -> dict[str, Any]:
    counts = {
        "needs": len(ruleset.needs),
        "candidates": len(ruleset.candidates),
        "criteria": len(ruleset.criteria),
        "rules": len(ruleset.rules),
        "evidence": len(ruleset.evidence),
    }
    candidates = [{"id": candidate.id, "name": candidate.name} for candidate in ruleset.candidates.values()]
    return {**identity_of(ruleset), "counts": counts, "candidates": candidates}
