"""Recommendations: for a request that is posted, and for one in the query of an address."""

from typing import TYPE_CHECKING, Any

from flask import Response, request

from steelyard.api import Answer, Ruleset, Stack
from steelyard.requirements import RequestError, as_of_a_record
from steelyard.web.exchange import the_exchange
from steelyard.web.noting import note_answer
from steelyard.web.reading import (
    JSON,
    MARKDOWN,
    SVG,
    acceptable,
    chosen,
    named_in,
    read_json_body,
    request_in,
)
from steelyard.web.replies import json_reply, revalidated, text_reply, varying

if TYPE_CHECKING:
    from steelyard.web.service import Service

_FORMS_OF_STACKS = (JSON, MARKDOWN)
_FORMS = (*_FORMS_OF_STACKS, SVG)


def recommend(service: "Service") -> Response:
    """Answers the request that is posted."""
    data = read_json_body(service.settings.max_body_bytes)
    return _recommendation(service, chosen(the_exchange(), data), data)


def recommend_by_query(service: "Service") -> Response:
    """Answers the request that the query holds, with a tag by which a client asks again whether it still holds."""
    asked = chosen(the_exchange(), named_in(request.args))
    data, faults = request_in(request.args, asked.needs)
    try:
        reply = _recommendation(service, asked, data)
    except RequestError as error:
        raise RequestError([*faults, *error.diagnostics]) from None
    if faults:
        raise RequestError(faults)
    return revalidated(reply)


def _recommendation(service: "Service", asked: Ruleset | Stack, data: Any) -> Response:
    """The answer in the form that the client takes most gladly."""
    form = acceptable(_FORMS if isinstance(asked, Ruleset) else _FORMS_OF_STACKS)
    answer = asked.answer(as_of_a_record(data) if form == MARKDOWN else data)
    note_answer(service, the_exchange(), answer)
    if form == MARKDOWN:
        return text_reply(answer.to_markdown(), MARKDOWN)
    if form == SVG and isinstance(answer, Answer):
        return text_reply(answer.to_svg(), SVG)
    return varying(json_reply(answer.to_json()))
