"""Metrics for Prometheus, of one process or of all worker processes together."""

import importlib.util
import os
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from steelyard.requirements import today

if TYPE_CHECKING:
    from prometheus_client import Counter, Histogram
    from prometheus_client.metrics_core import Metric

    from steelyard.decisions import DecisionLog
    from steelyard.web.exchange import Exchange
    from steelyard.web.keeping import Keeper, Reload

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable that names the folder through which worker processes share their metrics."""

_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)


class Metrics:
    """Counts what the service does. Where prometheus_client is not installed, it counts nothing."""

    def __init__(self, keeper: "Keeper") -> None:
        """Starts at nothing, in a registry of its own: that of an application around it is left alone."""
        self.installed = importlib.util.find_spec("prometheus_client") is not None
        if not self.installed:
            return
        import prometheus_client as prometheus  # noqa: PLC0415  an extra

        shared = SHARED_FOLDER in os.environ
        self._registry = prometheus.CollectorRegistry()
        own: dict[str, Any] = {"registry": None if shared else self._registry}
        self._requests = prometheus.Counter(
            "steelyard_requests", "Requests, by route, method and status.", ["route", "method", "status"], **own
        )
        self._seconds = prometheus.Histogram(
            "steelyard_request_duration_seconds", "How long requests took.", ["route"], buckets=_SECONDS, **own
        )
        self._outcomes = prometheus.Counter(
            "steelyard_outcomes", "Recommendations, by what came of them.", ["ruleset", "outcome"], **own
        )
        self._recommended = prometheus.Counter(
            "steelyard_recommended", "How often each candidate was recommended.", ["ruleset", "candidate"], **own
        )
        self._decisions = prometheus.Counter(
            "steelyard_decisions", "Decisions for the decision log, by what became of them.", ["result"], **own
        )
        self._kept = {"written": 0, "lost": 0}
        self._reloads = prometheus.Counter(
            "steelyard_reloads", "Tries to load anew, by their result.", ["result"], **own
        )
        self._failing = prometheus.Gauge(
            "steelyard_reload_failing",
            "1 while what is in the files is faulty, and what was loaded before is served.",
            multiprocess_mode="livemax",
            **own,
        )
        self._failing.set(0)
        self._of_route = lru_cache(maxsize=1024)(self._find_of_route)
        self._of_answer = lru_cache(maxsize=4096)(self._find_of_answer)
        if shared:
            from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415  as above

            MultiProcessCollector(self._registry)  # type: ignore[no-untyped-call]
        self._registry.register(_Served(keeper))

    def answered(self, exchange: "Exchange", route: str, method: str, status: int) -> None:
        """Counts a request that was answered."""
        if self.installed:
            requests, seconds = self._of_route(route, method, status)
            requests.inc()
            seconds.observe(exchange.seconds)

    def recommended(self, ruleset: str, outcome: str, candidate: str | None) -> None:
        """Counts a recommendation."""
        if self.installed:
            for counter in self._of_answer(ruleset, outcome, candidate):
                counter.inc()

    # Finding a metric by its labels takes longer than counting.

    def _find_of_route(self, route: str, method: str, status: int) -> "tuple[Counter, Histogram]":
        return self._requests.labels(route, method, str(status)), self._seconds.labels(route)

    def _find_of_answer(self, ruleset: str, outcome: str, candidate: str | None) -> "tuple[Counter, ...]":
        counters = (self._outcomes.labels(ruleset, outcome),)
        return counters if candidate is None else (*counters, self._recommended.labels(ruleset, candidate))

    def kept(self, log: "DecisionLog") -> None:
        """Counts what became of decisions since this was last asked for."""
        if self.installed:
            for result, number in (("written", log.written), ("lost", log.lost)):
                if number != self._kept[result]:
                    self._decisions.labels(result).inc(number - self._kept[result])
                    self._kept[result] = number

    def reloaded(self, latest: "Reload") -> None:
        """Counts a try to load anew."""
        if self.installed:
            self._reloads.labels("failed" if latest.failed else "ok").inc()
            self._failing.set(int(latest.failed))

    def exposition(self) -> tuple[bytes, str]:
        """All metrics as Prometheus reads them, and the content type of that.

        Raises:
            ModuleNotFoundError: prometheus_client is not installed.
        """
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest  # noqa: PLC0415  an extra

        return generate_latest(self._registry), CONTENT_TYPE_LATEST


class _Served:
    """What is served just now, worked out when it is asked for."""

    def __init__(self, keeper: "Keeper") -> None:
        self._keeper = keeper

    def collect(self) -> "Iterator[Metric]":
        """The metrics of every ruleset."""
        from prometheus_client.core import GaugeMetricFamily as Gauge  # noqa: PLC0415  an extra

        loaded, day = self._keeper.loaded, today()
        info = Gauge("steelyard_ruleset_info", "The rulesets served.", labels=["ruleset", "version", "digest"])
        age = Gauge("steelyard_ruleset_age_seconds", "Since the youngest evidence was published.", labels=["ruleset"])
        evidence = Gauge("steelyard_ruleset_evidence", "Pieces of evidence.", labels=["ruleset"])
        stale = Gauge("steelyard_ruleset_evidence_stale", "Those that are stale today.", labels=["ruleset"])
        at = Gauge("steelyard_loaded_timestamp_seconds", "When what is served was loaded.", value=loaded.at.timestamp())
        for ruleset in loaded.shelf.rulesets.values():
            pieces = ruleset.evidence.values()
            info.add_metric([ruleset.id, ruleset.version, ruleset.digest], 1)
            evidence.add_metric([ruleset.id], len(pieces))
            stale.add_metric([ruleset.id], sum(ruleset.model.is_stale(each, day) for each in pieces))
            if pieces:
                youngest = max(each.published for each in pieces)
                age.add_metric([ruleset.id], (day - youngest).days * 86_400)
        yield from (info, age, evidence, stale, at)
