"""What whoever runs the service asks it: is it alive, is it ready, how does it do. All of it accepts any form."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response

from steelyard.recommendation import to_json_text
from steelyard.web.documents import readiness
from steelyard.web.exchange import the_exchange
from steelyard.web.replies import json_reply
from steelyard.web.reply import Reply

if TYPE_CHECKING:
    from steelyard.web.service import Service


def tell_alive(_service: "Service") -> Response:
    """Tells that the process answers."""
    return json_reply(to_json_text({"status": "ok"}))


def tell_ready(service: "Service") -> Response:
    """Tells whether requests should be sent here, what they are answered from, and whether the last reload failed.

    Where keys are wanted, whoever shows none learns the first alone.
    """
    document = readiness(service.keeper, draining=service.draining)
    exchange = the_exchange()
    if exchange.loaded.keys is not None and exchange.client is None:
        document = {"status": document["status"]}
    reply = json_reply(to_json_text(document))
    if service.draining:
        reply.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return reply


def tell_metrics(service: "Service") -> Response:
    """Tells the metrics of all worker processes as Prometheus reads them."""
    if service.decisions is not None:
        service.metrics.kept(service.decisions)
    text, content_type = service.metrics.exposition()
    return Reply(text, content_type=content_type)
