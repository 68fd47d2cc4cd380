"""What is noted of each recommendation: in the metrics, and in the line of the log."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from steelyard.api import Answer, StackAnswer
from steelyard.web.exchange import Exchange

if TYPE_CHECKING:
    from steelyard.web.service import Service


def note_answer(service: "Service", exchange: Exchange, answer: Answer | StackAnswer) -> None:
    """Notes what was recommended, and, where that is wanted, what for."""
    outcomes = []
    for each in _recommendations(answer):
        best = each.recommended.candidate if each.recommended is not None else None
        service.metrics.recommended(each.ruleset.id, each.outcome.value, best)
        outcomes.append(each.outcome.value)
    exchange.told["outcome"] = ", ".join(outcomes)
    if service.settings.log_requirements:
        exchange.told["requirements"] = masked(answer.requirements, service.settings.masked_needs)


def masked(requirements: Mapping[str, Mapping[str, Any]], needs: tuple[str, ...]) -> dict[str, Any]:
    """The requirements, without what was answered to some needs."""
    return {need: "masked" if need in needs else dict(stated) for need, stated in requirements.items()}


def _recommendations(answer: Answer | StackAnswer) -> Iterator[Answer]:
    if isinstance(answer, Answer):
        yield answer
    else:
        yield from answer.parts.values()
