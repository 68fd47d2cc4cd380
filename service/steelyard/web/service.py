"""One mounted service: what it answers from, how it behaves, and what it does before and after each request."""

import threading
from collections.abc import Sequence
from contextlib import ExitStack

from flask import Response, request
from flask.sansio.scaffold import Scaffold

from steelyard.decisions import DecisionLog, open_decision_log
from steelyard.web.exchange import Exchange, begin_exchange, the_exchange
from steelyard.web.guarding.guard import Guard
from steelyard.web.keeping import Keeper
from steelyard.web.observing import Metrics, log_exchange, log_reload, tell_span
from steelyard.web.problems import tell_problems
from steelyard.web.replies import finish_reply
from steelyard.web.routes import ROUTES, Route, written
from steelyard.web.settings import Settings


class Service:
    """What all routes of one mounted service share. An application may mount several.

    Attributes:
        keeper: holds what is served.
        routes: what can be asked.
        settings: how it behaves.
        metrics: counts what it does.
        guard: lets requests in.
        draining: whether the process is to end, so that no more requests should be sent here.
        decisions: keeps what was recommended, if it is to be kept.
        at_the_end: what is to be closed with it.
    """

    def __init__(self, keeper: Keeper, settings: Settings, routes: Sequence[Route] = ROUTES) -> None:
        """Serves what the keeper holds.

        Raises:
            DecisionLogError: decisions are to be kept where they cannot be.
        """
        self.keeper = keeper
        self.routes = tuple(routes)
        self.settings = settings
        self.metrics = Metrics(keeper)
        self.guard = Guard(settings)
        self.draining = False
        self.at_the_end = ExitStack()
        self.decisions = self._opened_log()
        self._closing = threading.Lock()
        keeper.tell(self._reloaded)

    def _opened_log(self) -> DecisionLog | None:
        settings = self.settings
        if settings.decision_log is None:
            return None
        log = open_decision_log(settings.decision_log, settings.masked_needs, settings.decision_log_days)
        self.at_the_end.callback(log.close)
        return log

    def close(self) -> None:
        """Closes what is to be closed at the end, once, and does not return before that is done."""
        with self._closing:
            self.at_the_end.close()

    def attach(self, to: Scaffold) -> None:
        """Has every request to an application, or to a blueprint, begin and end here, and every error be a problem."""
        to.before_request(self._begin)
        to.after_request(self._finish)
        tell_problems(to)

    def _begin(self) -> Response | None:
        self.keeper.watch(self.settings.reload_seconds)
        return self.guard.admit(begin_exchange(self.keeper.loaded))

    def _finish(self, response: Response) -> Response:
        exchange = the_exchange()
        finish_reply(response, exchange)
        self.guard.finish(response)
        if self.draining:
            # Whoever keeps a connection open is to open the next one elsewhere.
            response.headers["Connection"] = "close"
        if response.is_streamed:
            route, method = _route(), request.method
            response.call_on_close(lambda: self._observe(exchange, route, method, response.status_code))
        else:
            self._observe(exchange, _route(), request.method, response.status_code)
        return response

    def _reloaded(self) -> None:
        self.metrics.reloaded(self.keeper.latest)
        log_reload(self.keeper)

    def _observe(self, exchange: Exchange, route: str, method: str, status: int) -> None:
        self.metrics.answered(exchange, route, method, status)
        tell_span(exchange, route, method)
        log_exchange(exchange, route, method, status)


def _route() -> str:
    """The route of the request at hand as documents write it; one word for all that lead nowhere."""
    rule = request.url_rule
    return "nowhere" if rule is None or rule.endpoint.endswith("nowhere") else written(rule.rule)
