"""Comparisons as plain data, ready for JSON. Numbers are rounded once, from exact ones."""

from collections.abc import Sequence
from typing import Any

from steelyard.recommendation import Reason, Recommendation
from steelyard.revision.asking import LeftOut
from steelyard.revision.revision import CandidateMove, Place, PointMove, Revision, RuleMove
from steelyard.revision.survey import Survey


def revision_document(revision: Revision, left_out: Sequence[LeftOut] = ()) -> dict[str, Any]:
    """Two answers, and what sets them apart."""
    return {
        "differs": revision.differs,
        "before": _side(revision.before),
        "after": _side(revision.after),
        "left_out": [{"name": each.name, "side": each.side.value} for each in left_out],
        "candidates": [_candidate(each) for each in revision.candidates],
        "rules": [_rule(each) for each in revision.rules],
    }


def survey_document(survey: Survey) -> dict[str, Any]:
    """What became of the questions of all cases."""
    return {
        "asked": len(survey.compared),
        "differing": len(survey.differing),
        "cases": [
            {"case": each.case, "only_in": each.only_in, **revision_document(each.revision, each.left_out)}
            for each in survey.compared
        ],
        "passed_over": [
            {
                "case": each.case,
                "only_in": each.only_in,
                "faults": [
                    {"pointer": found.pointer, "code": found.code.value, "detail": found.message}
                    for found in each.faults
                ],
            }
            for each in survey.passed_over
        ],
        "rules": [
            {"rule": each.rule, "title": each.title, "answers": each.answers, "points": float(each.points)}
            for each in survey.movers
        ],
    }


def _side(answer: Recommendation) -> dict[str, Any]:
    document = answer.to_dict()
    return {key: document[key] for key in ("id", "ruleset", "as_of", "outcome", "recommended", "summary")}


def _candidate(move: CandidateMove) -> dict[str, Any]:
    return {
        "candidate": move.candidate,
        "name": move.name,
        "before": move.before and _place(move.before),
        "after": move.after and _place(move.after),
        "change": None if move.change is None else float(move.change),
    }


def _place(place: Place) -> dict[str, Any]:
    return {"rank": place.rank, "score": float(place.score), "rated": place.rated}


def _rule(move: RuleMove) -> dict[str, Any]:
    return {
        "rule": move.rule,
        "title": move.title,
        "criterion": move.criterion,
        "status": move.status.value,
        "weight_before": move.weight_before,
        "weight_after": move.weight_after,
        "points": [_points(each, move) for each in move.points],
    }


def _points(points: PointMove, move: RuleMove) -> dict[str, Any]:
    return {
        "candidate": points.candidate,
        "change": float(points.change),
        "before": points.before and _reason(points.before),
        "after": points.after and _reason(points.after),
        "share_only": move.is_share_only(points),
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "rating": reason.rating,
        "points": reason.points,
        "because": reason.because,
        "evidence": list(reason.evidence),
    }
