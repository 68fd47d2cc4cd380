"""Replays as plain data, ready for JSON. Numbers are rounded once, from exact ones."""

from typing import Any

from steelyard.diagnostics import Diagnostic
from steelyard.recommendation import Reason
from steelyard.revision.replay import WHOLE, Choice, Choices, Redecided, Refused, Replay, Why


def replay_document(replay: Replay) -> dict[str, Any]:
    """What becomes of the decisions of a log."""
    identity = replay.against
    return {
        "against": {"id": identity.id, "version": identity.version, "digest": identity.digest},
        "as_of": replay.as_of and replay.as_of.isoformat(),
        "asked": replay.asked,
        "distinct": replay.distinct,
        "changed": replay.changes,
        "refused": replay.refusals,
        "decisions": [_redecided(each) for each in replay.redecided],
        "refusals": [_refused(each) for each in replay.refused],
        "rules": [
            {"rule": each.rule, "title": each.title, "answers": each.answers, "points": float(each.points)}
            for each in replay.movers
        ],
        "passed_over": {
            "others": dict(replay.others),
            "masked": {"decisions": replay.passed_masked, "needs": dict(replay.masked)},
            "faulty": {
                "lines": replay.faulty_lines,
                "first": [{"line": number, "detail": message} for number, message in replay.faulty],
            },
        },
    }


def _redecided(each: Redecided) -> dict[str, Any]:
    return {
        "id": each.id,
        "count": each.count,
        "requirements": each.requirements,
        "candidates": each.candidates,
        "as_of": [day.isoformat() for day in each.days],
        "differs": each.differs,
        "before": _choices(each.before),
        "after": _choices(each.after),
        "why": None if each.why is None else [_why(reason) for reason in each.why],
    }


def _choices(choices: Choices) -> dict[str, Any]:
    """The one choice of a ruleset, or those of a stack by part."""
    if choices.keys() == {WHOLE}:
        return _choice(choices[WHOLE])
    return {"parts": {part: _choice(each) for part, each in choices.items()}}


def _choice(choice: Choice) -> dict[str, Any]:
    return {"outcome": choice.outcome, "recommended": choice.candidate}


def _why(why: Why) -> dict[str, Any]:
    return {
        "part": why.part or None,
        "vetoes": [_veto(reason) for reason in why.vetoes],
        "lifted": [_veto(reason) for reason in why.lifted],
        "rules": [
            {
                "rule": shift.rule,
                "title": shift.title,
                "status": shift.status.value,
                "points": float(shift.points),
            }
            for shift in why.shifts
        ],
        "shares": float(why.shares),
    }


def _veto(reason: Reason) -> dict[str, Any]:
    return {"rule": reason.rule, "title": reason.title, "because": reason.because}


def _refused(each: Refused) -> dict[str, Any]:
    return {
        "id": each.id,
        "count": each.count,
        "requirements": each.requirements,
        "faults": [_fault(found) for found in each.faults],
    }


def _fault(found: Diagnostic) -> dict[str, Any]:
    return {"pointer": found.pointer, "code": found.code.value, "detail": found.message}
