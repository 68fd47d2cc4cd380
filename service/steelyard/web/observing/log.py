"""What the log tells: a line for each request, and what came of each try to load anew."""

import logging
from typing import TYPE_CHECKING

from steelyard.diagnostics import render_all

if TYPE_CHECKING:
    from steelyard.web.exchange import Exchange
    from steelyard.web.keeping import Keeper

_LOG = logging.getLogger(__name__)

REQUESTS = logging.getLogger("steelyard.requests")
"""The log of requests. Each record has `fields`: what it tells, as plain data."""


def log_exchange(exchange: "Exchange", route: str, method: str, status: int) -> None:
    """Tells what became of a request: nothing of what was required, unless the exchange was told to."""
    if not REQUESTS.isEnabledFor(logging.INFO):
        return
    asked = exchange.asked
    fields = {
        "request_id": exchange.request_id,
        "method": method,
        "route": route,
        "status": status,
        "duration_ms": round(exchange.seconds * 1000, 3),
        "ruleset": asked and asked.id,
        "digest": asked and asked.digest,
        **exchange.told,
    }
    if exchange.client is not None:
        fields["client"] = exchange.client
    # Made here: that of `Logger.info` looks for the line of code that it was called from, which is always this one.
    record = logging.LogRecord(REQUESTS.name, logging.INFO, __file__, 0, "%s %s: %s", (method, route, status), None)
    record.fields = fields
    REQUESTS.handle(record)


def log_reload(keeper: "Keeper") -> None:
    """Tells what came of the latest try to load anew, and every fault that stood against it."""
    if keeper.latest.failed:
        faults = render_all(keeper.latest.faults) or "the fault is not in the files"
        _LOG.error("Not loaded anew, what was served before stays: %s", faults)
    else:
        served = [f"{each.id} {each.version}" for each in keeper.loaded.shelf.rulesets.values()]
        _LOG.info("Loaded anew: %s", ", ".join(served))
