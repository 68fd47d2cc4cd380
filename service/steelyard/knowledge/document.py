"""The knowledge as plain data, ready for JSON: what the command line prints and the service answers with.

Everything is in the author's order; what was not said is null or empty. Keys may be added, and never change meaning.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from steelyard.knowledge.balance import Share
from steelyard.knowledge.history import CandidateChange, Change, RatingChange, RuleChange
from steelyard.knowledge.knowledge import Knowledge, needs_read
from steelyard.model import (
    Candidate,
    Grade,
    Need,
    Period,
    Rating,
    RatingHistory,
    Rule,
    condition_data,
    condition_words,
)
from steelyard.recommendation import Cited


def rules_document(knowledge: Knowledge) -> dict[str, Any]:
    """The whole knowledge: needs with the rules that read them, candidates, rules by criterion, evidence.

    Rules that do not stand on the day are there too, and ratings with all their history; both say whether they are in
    force.
    """
    ruleset = knowledge.ruleset
    return {
        **_head(knowledge),
        "needs": [
            {**described_need(need), "rules": [rule.id for rule in knowledge.reading(need)]}
            for need in ruleset.needs.values()
        ],
        "candidates": [_candidate(candidate, knowledge) for candidate in ruleset.candidates.values()],
        "criteria": _by_criterion(knowledge, tuple(ruleset.candidates)),
        "evidence": _evidence(knowledge, _ratings(knowledge, tuple(ruleset.candidates))),
    }


def candidate_document(knowledge: Knowledge, candidate: Candidate) -> dict[str, Any]:
    """What is known of one candidate: its facts, and every rule with its ratings; none where nothing is known."""
    return {
        **_head(knowledge),
        "candidate": _candidate(candidate, knowledge),
        "criteria": _by_criterion(knowledge, (candidate.id,)),
        "evidence": _evidence(knowledge, _ratings(knowledge, (candidate.id,))),
    }


def balance_document(knowledge: Knowledge, shares: Sequence[Share]) -> dict[str, Any]:
    """How many ratings of each word each candidate has on the day."""
    return {
        **_head(knowledge),
        "rules": len(knowledge.standing),
        "balance": [
            {
                "candidate": share.candidate.id,
                "name": share.candidate.name,
                "available": knowledge.is_available(share.candidate),
                "ratings": {grade.word: share.ratings[grade] for grade in Grade},
                "unknown": share.unknown,
                "rated_weight": plain_number(share.rated),
                "total_weight": plain_number(share.total),
            }
            for share in shares
        ],
    }


def changes_document(knowledge: Knowledge, since: date, changes: Sequence[Change]) -> dict[str, Any]:
    """What changed after a day, up to that of the knowledge."""
    ratings = [rating for change in changes for rating in change.ratings]
    return {
        **_head(knowledge),
        "since": since.isoformat(),
        "changes": [_change(change) for change in changes],
        "evidence": _evidence(knowledge, ratings),
    }


def described_need(need: Need) -> dict[str, Any]:
    """What a need asks and which answers it takes."""
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


def described_candidate(candidate: Candidate) -> dict[str, Any]:
    """The facts of a candidate."""
    return {
        "id": candidate.id,
        "name": candidate.name,
        "summary": candidate.summary,
        "steward": candidate.steward,
        "licence": candidate.licence,
        "homepage": candidate.homepage,
        **_period(candidate.period),
    }


def plain_number(number: Decimal) -> int | float:
    """A weight or multiplier as people write it: whole where it is whole."""
    whole = number.to_integral_value()
    return int(whole) if whole == number else float(number)


def _head(knowledge: Knowledge) -> dict[str, Any]:
    ruleset = knowledge.ruleset
    identity = {
        "id": ruleset.id,
        "title": ruleset.title,
        "version": ruleset.version,
        "digest": ruleset.digest,
    }
    return {"ruleset": identity, "as_of": knowledge.as_of.isoformat()}


def _candidate(candidate: Candidate, knowledge: Knowledge) -> dict[str, Any]:
    return {**described_candidate(candidate), "available": knowledge.is_available(candidate)}


def _by_criterion(knowledge: Knowledge, candidates: Sequence[str]) -> list[dict[str, Any]]:
    titles = knowledge.ruleset.criteria
    return [
        {"id": id_, "title": titles[id_], "rules": [_rule(rule, knowledge, candidates) for rule in rules]}
        for id_, rules in knowledge.by_criterion(knowledge.rules)
    ]


def _rule(rule: Rule, knowledge: Knowledge, candidates: Sequence[str]) -> dict[str, Any]:
    needs = knowledge.ruleset.needs
    return {
        "id": rule.id,
        "title": rule.title,
        "when": condition_data(rule.when, needs),
        "condition": condition_words(rule.when, needs),
        "needs": list(needs_read(rule)),
        "weight": plain_number(rule.weight),
        "veto": rule.veto,
        **_period(rule.period),
        "in_force": rule.period.includes(knowledge.as_of),
        "ratings": {
            candidate: _history(rule.ratings[candidate], knowledge.as_of)
            for candidate in candidates
            if candidate in rule.ratings
        },
    }


def _history(history: RatingHistory, day: date) -> list[dict[str, Any]]:
    in_force = history.entry_on(day)
    return [
        {"since": _day(first), **_rating(rating), "in_force": (first, rating) == in_force}
        for first, rating in history.entries
    ]


def _rating(rating: Rating) -> dict[str, Any]:
    return {"rating": rating.grade.word, "because": rating.because, "evidence": list(rating.evidence)}


def _ratings(knowledge: Knowledge, candidates: Collection[str]) -> Iterator[Rating]:
    for rule in knowledge.rules:
        for candidate, history in rule.ratings.items():
            if candidate in candidates:
                yield from (rating for _, rating in history.entries)


def _evidence(knowledge: Knowledge, ratings: Iterable[Rating]) -> dict[str, Any]:
    """The evidence on which the ratings rest."""
    named = {key for rating in ratings for key in rating.evidence}
    return {
        key: Cited.by(knowledge.ruleset, key, knowledge.as_of).to_dict()
        for key in knowledge.ruleset.evidence
        if key in named
    }


def _change(change: Change) -> dict[str, Any]:
    day = change.day.isoformat()
    match change:
        case CandidateChange(candidate=candidate, came=came):
            return {"day": day, "kind": f"candidate-{_came(came)}", "candidate": candidate.id}
        case RuleChange(rule=rule, came=came):
            ratings = rule.ratings_on(change.day) if came else {}
            rated = {candidate: _rating(rating) for candidate, rating in ratings.items()}
            return {"day": day, "kind": f"rule-{_came(came)}", "rule": rule.id, "ratings": rated}
        case RatingChange(rule=rule, candidate=candidate, before=before, after=after):
            return {
                "day": day,
                "kind": "rating",
                "rule": rule.id,
                "candidate": candidate.id,
                "before": before and _rating(before),
                "after": _rating(after),
            }


def _came(came: bool) -> str:  # noqa: FBT001  the field is called so
    return "came" if came else "went"


def _period(period: Period) -> dict[str, Any]:
    return {"since": _day(period.since), "until": _day(period.until)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
