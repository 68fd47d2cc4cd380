"""Many recommendations at once."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from flask import Response

from steelyard.web.batching import Batch, Inflow, as_array, as_lines, items_of_lines, read_array
from steelyard.web.exchange import Exchange, the_exchange
from steelyard.web.reading import (
    JSON,
    NDJSON_NAMES,
    acceptable,
    batch_body_is_lines,
    body_blocks,
    demand_announced_size,
)
from steelyard.web.replies import varying
from steelyard.web.reply import Reply

if TYPE_CHECKING:
    from steelyard.web.service import Service

FORMS = (JSON, *NDJSON_NAMES)

_Form = Callable[[Iterable[bytes]], Iterator[bytes]]


def recommend_batch(service: "Service") -> Response:
    """Answers every request that is posted, in a JSON array or in lines of JSON; the answer is sent as it is made."""
    are_lines = batch_body_is_lines()
    media_type = acceptable((*NDJSON_NAMES, JSON) if are_lines else FORMS)
    demand_announced_size(service.settings.max_batch_bytes)
    form = as_array if media_type == JSON else as_lines
    answer = _answer_to_lines if are_lines else _answer_to_array
    reply = varying(Reply(answer(service, the_exchange(), form), content_type=media_type))
    # Proxies that collect an answer before they pass it on are asked not to.
    reply.headers["X-Accel-Buffering"] = "no"
    return reply


def _answer_to_array(service: "Service", exchange: Exchange, form: _Form) -> Iterator[bytes]:
    sent = read_array(body_blocks(as_lines_come=False), service.settings)
    return form(Batch(service, exchange).answers(sent.items()))


def _answer_to_lines(service: "Service", exchange: Exchange, form: _Form) -> Iterator[bytes]:
    inflow = Inflow(body_blocks(as_lines_come=True), service.settings.max_batch_bytes)
    return _while_it_comes(inflow, service, exchange, form)


def _while_it_comes(inflow: Inflow, service: "Service", exchange: Exchange, form: _Form) -> Iterator[bytes]:
    with closing(inflow):
        items = items_of_lines(inflow.blocks(), service.settings.max_body_bytes)
        yield from form(Batch(service, exchange).answers(items))
        inflow.let_end()
