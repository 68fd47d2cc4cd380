"""Traces of requests, sent to a collector."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from steelyard.web import Settings
from steelyard.web.serving import server as serving_server
from steelyard.web.serving.options import ServerOptions
from tests.web.rulesets import TEA_YAML
from tests.web.serving import HOST, serving, wait_until

TRACE = "0af7651916cd43dd8448eb211c80319c"


class Collector:
    """A collector of spans that keeps what it is sent."""

    def __init__(self) -> None:
        self.spans: list[Any] = []
        self.services: set[str] = set()
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                collector.take(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_arguments: Any) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer((HOST, 0), Handler)

    def take(self, body: bytes) -> None:
        """Takes what an exporter sends."""
        request = ExportTraceServiceRequest()
        request.ParseFromString(body)
        for resource in request.resource_spans:
            self.services |= {
                each.value.string_value for each in resource.resource.attributes if each.key == "service.name"
            }
            self.spans += [span for scope in resource.scope_spans for span in scope.spans]


@pytest.fixture
def collector() -> Iterator[Collector]:
    """A collector that listens."""
    collector = Collector()
    threading.Thread(target=collector.server.serve_forever, daemon=True).start()
    yield collector
    collector.server.shutdown()
    collector.server.server_close()


@pytest.mark.xdist_group("server")
def test_a_request_is_a_span(collector: Collector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request is traced with its route and its ruleset, as part of the trace that it comes with; none is lost."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://{HOST}:{collector.server.server_port}")
    (tmp_path / "tea.yaml").write_text(TEA_YAML)
    with serving(tmp_path, "--rules", tmp_path / "tea.yaml", "--tracing") as server:
        client = server.client()
        headers = {"Content-Type": "application/json", "traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
        client.request("POST", "/v1/recommendations", json.dumps({"requirements": {"sleep": True}}), headers)
        assert client.getresponse().read().startswith(b'{"id":')
        client.close()
        wait_until(server.requests, server)
        (line,) = server.requests()
        server.process.terminate()
        assert server.exit_code() == 0, server.said()
    (span,) = collector.spans
    told = {each.key: each.value.string_value for each in span.attributes}
    assert span.name == "POST /v1/recommendations"
    assert (span.trace_id.hex(), line["trace_id"]) == (TRACE, TRACE)
    assert (told["steelyard.ruleset"], told["steelyard.request_id"]) == ("tea", line["request_id"])
    assert collector.services == {"steelyard"}


def test_without_opentelemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where OpenTelemetry is not installed, the error says how to install it."""
    monkeypatch.setattr(serving_server, "find_spec", lambda _name: None)
    with pytest.raises(serving_server.ServerError, match=r'`pip install "steelyard\[tracing\]"` installs it'):
        serving_server.serve(ServerOptions(tracing=True), Settings())
