"""What is noted of each recommendation: in the metrics, in the line of the log, and in the decision log."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from steelyard.api import Ruleset, Stack, WrittenAnswer, WrittenStackAnswer
from steelyard.decisions import record_of
from steelyard.model import Request
from steelyard.web.exchange import Exchange

if TYPE_CHECKING:
    from steelyard.web.service import Service

Written = WrittenAnswer | WrittenStackAnswer


def note_answer(service: "Service", exchange: Exchange, asked: Ruleset | Stack, answer: Written) -> None:
    """Notes what was recommended, and, where that is wanted, what for."""
    told = []
    for ruleset, outcome, candidate in _outcomes(asked, answer):
        service.metrics.recommended(ruleset, outcome, candidate)
        told.append(outcome)
    exchange.told["outcome"] = ", ".join(told)
    masked = service.settings.masked_needs
    if service.settings.log_requirements:
        exchange.told["requirements"] = requirements_without(masked, asked, answer.request)
    if service.decisions is not None:
        service.decisions.record(
            record_of(
                asked,
                answer.request,
                id=answer.id,
                outcome=_outcome(answer),
                recommended=answer.recommended,
                seconds=exchange.seconds,
                request_id=exchange.request_id,
                masked=masked,
            )
        )
        service.metrics.kept(service.decisions)


def requirements_without(masked: Iterable[str], asked: Ruleset | Stack, request: Request) -> dict[str, Any]:
    """The requirements of a request, without what was answered to some needs."""
    hidden = set(masked)
    stated = request.requirements.items()
    return {need: "masked" if need in hidden else each.stated(asked.needs[need]) for need, each in stated}


def _outcomes(asked: Ruleset | Stack, answer: Written) -> Iterator[tuple[str, str, str | None]]:
    """The ruleset, the outcome and the recommended candidate of each recommendation in an answer."""
    if isinstance(answer, WrittenAnswer):
        yield asked.id, answer.outcome.value, answer.recommended
    elif isinstance(asked, Stack):
        for part, outcome in answer.outcomes.items():
            yield asked.parts[part].ruleset.id, outcome.value, answer.recommended[part]


def _outcome(answer: Written) -> str | dict[str, str]:
    if isinstance(answer, WrittenAnswer):
        return answer.outcome.value
    return {part: outcome.value for part, outcome in answer.outcomes.items()}
