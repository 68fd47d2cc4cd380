"""Rulesets as documents: what can be asked, for people and programs that make forms of it."""

from decimal import Decimal
from typing import Any

from steelyard.api import Ruleset
from steelyard.model import Candidate, Importance, Need
from steelyard.web.shelf import Shelf


def described_shelf(shelf: Shelf) -> dict[str, Any]:
    """What is there: the default, and every ruleset in short."""
    rulesets = [_in_short(ruleset) for ruleset in shelf.rulesets.values()]
    return {"default": shelf.default.id, "rulesets": rulesets}


def described(ruleset: Ruleset) -> dict[str, Any]:
    """What one ruleset can be asked. Lists are in the author's order; what was not said is null or empty."""
    model = ruleset.model
    return {
        **_identity(ruleset),
        "stale_after_days": model.stale_after_days,
        "importance": {each.value: _number(model.multipliers[each]) for each in Importance},
        "needs": [_need(need) for need in ruleset.needs.values()],
        "candidates": [_candidate(candidate) for candidate in ruleset.candidates.values()],
        "criteria": [{"id": id_, "title": title} for id_, title in ruleset.criteria.items()],
    }


def _identity(ruleset: Ruleset) -> dict[str, Any]:
    return {
        "id": ruleset.id,
        "title": ruleset.title,
        "version": ruleset.version,
        "digest": ruleset.digest,
    }


def _in_short(ruleset: Ruleset) -> dict[str, Any]:
    counts = {
        "needs": len(ruleset.needs),
        "candidates": len(ruleset.candidates),
        "criteria": len(ruleset.criteria),
        "rules": len(ruleset.rules),
        "evidence": len(ruleset.evidence),
    }
    candidates = [{"id": candidate.id, "name": candidate.name} for candidate in ruleset.candidates.values()]
    return {**_identity(ruleset), "counts": counts, "candidates": candidates}


def _need(need: Need) -> dict[str, Any]:
    return {
        "id": need.id,
        "question": need.question,
        "help": need.help,
        "type": need.type.value,
        "options": [{"id": option, "label": label} for option, label in need.options],
        "minimum": need.minimum,
        "maximum": need.maximum,
        "unit": need.unit,
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    since, until = candidate.period.since, candidate.period.until
    return {
        "id": candidate.id,
        "name": candidate.name,
        "summary": candidate.summary,
        "steward": candidate.steward,
        "licence": candidate.licence,
        "homepage": candidate.homepage,
        "since": since and since.isoformat(),
        "until": until and until.isoformat(),
    }


def _number(multiplier: Decimal) -> int | float:
    whole = multiplier.to_integral_value()
    return int(whole) if whole == multiplier else float(multiplier)
