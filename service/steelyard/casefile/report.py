"""What running the cases came to, in words and as data."""

from collections.abc import Iterator, Sequence
from typing import Any

from steelyard.casefile.coverage import Coverage, RatingKey
from steelyard.casefile.runner import CaseResult, Failure
from steelyard.recommendation import Reason, Recommendation, counted, points

_MOST_REASONS = 5
_MOST_UNFIRED = 10


def report_text(results: Sequence[CaseResult], coverage: Coverage) -> str:
    """The failed cases with the points that made them so, what no case fires, and the counts."""
    lines: list[str] = []
    for result in results:
        if not result.passed:
            lines += [*_failed(result), ""]
    lines += _unfired(coverage)
    failed = sum(not result.passed for result in results)
    counts = f"{len(results) - failed} passed, {failed} failed"
    lines.append(f"{counted(len(results), 'case')}: {counts}. The cases fire {_percent(coverage)}.")
    return "\n".join(lines)


def report_data(results: Sequence[CaseResult], coverage: Coverage) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "cases": [
            {
                "case": result.case.id,
                "passed": result.passed,
                "failures": [
                    {"expectation": failure.expectation, "expected": failure.expected, "got": failure.got}
                    for failure in result.failures
                ],
                "recommendation": result.answer.id,
            }
            for result in results
        ],
        "coverage": {
            "percent": coverage.percent,
            "unfired_rules": list(coverage.unfired_rules),
            "unfired_ratings": [_rating_data(rating) for rating in coverage.unfired_ratings],
        },
    }


def _failed(result: CaseResult) -> Iterator[str]:
    note = f": {result.case.note}" if result.case.note else ""
    yield f"FAILED {result.case.id}{note}"
    for failure in result.failures:
        yield f"  {failure.expectation}: expected {failure.expected}, got {failure.got}"
        yield from _points_behind(failure, result.answer)


def _points_behind(failure: Failure, answer: Recommendation) -> Iterator[str]:
    """The score and the strongest reasons of each candidate that the failure is about."""
    for weighed in (*answer.ranking, *answer.excluded):
        if weighed.candidate not in failure.about:
            continue
        yield f"    {weighed.candidate} has {points(weighed.score)} of 100"
        yield from (f"      {_reason(reason)}" for reason in weighed.reasons[:_MOST_REASONS])
        if len(weighed.reasons) > _MOST_REASONS:
            yield f"      and {len(weighed.reasons) - _MOST_REASONS} smaller reasons"


def _reason(reason: Reason) -> str:
    if reason.rule is None:
        return f"excluded: {reason.because}"
    sign = "+" if reason.points >= 0 else "-"
    veto = ", which excludes it" if reason.veto else ""
    return f"{sign}{points(abs(reason.points))} {reason.rule}: {reason.rating}{veto}"


def _unfired(coverage: Coverage) -> Iterator[str]:
    if coverage.unfired_rules:
        yield "No case fires these rules:"
        yield from _shortened(coverage.unfired_rules)
    unfired_in_fired = [each for each in coverage.unfired_ratings if each[0] not in coverage.unfired_rules]
    if unfired_in_fired:
        yield "No case puts these ratings in force:"
        yield from _shortened([_rating_name(rating) for rating in unfired_in_fired])


def _shortened(names: Sequence[str]) -> Iterator[str]:
    yield from (f"  {name}" for name in names[:_MOST_UNFIRED])
    if len(names) > _MOST_UNFIRED:
        yield f"  and {len(names) - _MOST_UNFIRED} more"


def _rating_name(rating: RatingKey) -> str:
    rule, candidate, first_day = rating
    return f"{rule} of {candidate}" + (f" from {first_day}" if first_day else "")


def _rating_data(rating: RatingKey) -> dict[str, Any]:
    rule, candidate, first_day = rating
    return {"rule": rule, "candidate": candidate, "from": first_day and first_day.isoformat()}


def _percent(coverage: Coverage) -> str:
    # Rounded down: only full coverage may read as 100 %.
    share = f"{int(coverage.percent)} %"
    return f"{share} of {counted(coverage.rules, 'rule')} and {counted(coverage.ratings, 'rating')}"
