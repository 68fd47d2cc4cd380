"""Traces by OpenTelemetry, an extra: where they go, and which of them, its own environment variables say."""

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from steelyard.web.exchange import Exchange

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def traced(application: Application, at_the_end: ExitStack) -> Application:
    """The application, with a span for each request, sent by OTLP over HTTP.

    Args:
        application: what is traced.
        at_the_end: has what was not sent yet be sent, when it is closed.

    Raises:
        ModuleNotFoundError: OpenTelemetry is not installed.
    """
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415  an extra
    from opentelemetry.instrumentation.wsgi import OpenTelemetryMiddleware  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    name = os.environ.get("OTEL_SERVICE_NAME", "steelyard")
    provider = TracerProvider(resource=Resource.create({"service.name": name}), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    at_the_end.callback(provider.shutdown)
    return OpenTelemetryMiddleware(application, tracer_provider=provider)


def tell_span(exchange: "Exchange", route: str, method: str) -> None:
    """Tells the span of the request at hand, if there is one, what was asked; the exchange learns the trace's id."""
    # Whoever traces has imported it; nobody else need wait for it.
    trace = sys.modules.get("opentelemetry.trace")
    span = trace and trace.get_current_span()
    if not span or not span.is_recording():
        return
    span.update_name(f"{method} {route}")
    span.set_attribute("http.route", route)
    span.set_attribute("steelyard.request_id", exchange.request_id)
    if exchange.asked is not None:
        span.set_attribute("steelyard.ruleset", exchange.asked.id)
        span.set_attribute("steelyard.digest", exchange.asked.digest)
    exchange.told["trace_id"] = f"{span.get_span_context().trace_id:032x}"
