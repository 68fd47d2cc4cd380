"""Recommendations: for a request that is posted, and for one in the query of an address."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Response, request

from steelyard.api import Answer, Ruleset, Stack
from steelyard.decisions import DecisionRecord
from steelyard.recommendation import to_json_text
from steelyard.requirements import RequestError, as_of_a_record, today
from steelyard.web.exchange import Exchange, the_exchange
from steelyard.web.keeping import Posted
from steelyard.web.noting import note_answer
from steelyard.web.problems import UNKNOWN_DECISION, ProblemError, sentences
from steelyard.web.reading import (
    JSON,
    MARKDOWN,
    SVG,
    acceptable,
    chosen,
    json_in,
    named_in,
    read_json_bytes,
    request_in,
)
from steelyard.web.replies import json_reply, line_reply, revalidated, text_reply, varying

if TYPE_CHECKING:
    from steelyard.web.service import Service

_FORMS_OF_STACKS = (JSON, MARKDOWN)
_FORMS = (*_FORMS_OF_STACKS, SVG)


def recommend(service: "Service") -> Response:
    """Answers the request that is posted."""
    content = read_json_bytes(service.settings.max_body_bytes)
    exchange = the_exchange()
    # What is posted again means the same as before, on the same day, and need not be read again.
    question = content, today()
    posted = exchange.loaded.posted.get(question)
    if posted is not None and _form(posted.asked) == JSON:
        exchange.asked = posted.asked
        return _written(service, exchange, posted)
    data = json_in(content)
    asked = chosen(exchange, data)
    form = _form(asked)
    if form != JSON:
        return _rendered(service, exchange, asked, data, form)
    posted = _posted(asked, data)
    exchange.loaded.posted.keep(question, posted, len(content) + len(posted.line))
    return _written(service, exchange, posted)


def recommend_by_query(service: "Service") -> Response:
    """Answers the request that the query holds, with a tag by which a client asks again whether it still holds."""
    return revalidated(answer_to_query(service))


def answer_to_query(service: "Service", form: str | None = None) -> Response:
    """The answer to the request that the query holds.

    Args:
        service: what answers.
        form: the form of the answer; the one that the client takes most gladly, if None.

    Raises:
        RequestError: the query is faulty.
    """
    exchange = the_exchange()
    asked = chosen(exchange, named_in(request.args))
    data, faults = request_in(request.args, asked.needs)
    try:
        form = form or _form(asked)
        if form == JSON:
            reply = _written(service, exchange, _posted(asked, data))
        else:
            reply = _rendered(service, exchange, asked, data, form)
    except RequestError as error:
        raise RequestError([*faults, *error.diagnostics]) from None
    if faults:
        raise RequestError(faults)
    return reply


def recall(service: "Service", id: str) -> Response:  # noqa: A002  the route calls it so
    """Gives a decision back that was kept, and, where what decided is still served, the whole recommendation.

    Raises:
        ProblemError: none of that id was kept.
    """
    record = service.decisions.find(id) if service.decisions is not None else None
    if record is None:
        reason = "no decision of this id is kept" if service.decisions is not None else "no decisions are kept here"
        raise ProblemError(UNKNOWN_DECISION, sentences(reason))
    exchange = the_exchange()
    served = (exchange.shelf.stacks if record.is_of_a_stack else exchange.shelf.rulesets).get(record.asked)
    again = None
    if served is not None and served.digest == record.digest and not record.masked:
        exchange.asked = served
        again = served.answer(_request_of(record)).to_dict()
    return json_reply(to_json_text({**record.to_dict(), "recommendation": again}))


def _request_of(record: DecisionRecord) -> dict[str, Any]:
    """The request that a decision was made on, as it would be posted."""
    request = {"as_of": record.as_of, "requirements": record.requirements, "candidates": record.candidates}
    return {key: value for key, value in request.items() if value is not None}


def _form(asked: Ruleset | Stack) -> str:
    """The form of the answer that the client takes most gladly."""
    return acceptable(_FORMS if isinstance(asked, Ruleset) else _FORMS_OF_STACKS)


def _posted(asked: Ruleset | Stack, data: Any) -> Posted:
    answer = asked.write(data)
    return Posted(asked, answer, answer.json + b"\n")


def _written(service: "Service", exchange: Exchange, posted: Posted) -> Response:
    """The answer as JSON."""
    note_answer(service, exchange, posted.asked, posted.answer)
    return varying(line_reply(posted.line))


def _rendered(service: "Service", exchange: Exchange, asked: Ruleset | Stack, data: Any, form: str) -> Response:
    """The answer in one of its other forms."""
    answer = asked.answer(as_of_a_record(data) if form == MARKDOWN else data)
    # What is noted is what decides: that is soon worked out again, but not what explains it.
    note_answer(service, exchange, asked, asked.write(_bare(data)))
    text = answer.to_svg() if form == SVG and isinstance(answer, Answer) else answer.to_markdown()
    return text_reply(text, form)


def _bare(data: Mapping[str, Any]) -> dict[str, Any]:
    """The request without what is to be explained beside the answer."""
    return {key: value for key, value in data.items() if key not in ("explain", "compare")}
