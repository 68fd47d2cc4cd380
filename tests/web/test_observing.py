"""What whoever runs the service can see: ids, one line a request, metrics, and whether it is ready."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from steelyard.requirements import today
from steelyard.web import Settings, Shelf, create_app
from steelyard.web.observing import REQUESTS
from steelyard.web.replies import _named
from steelyard.web.serving.logs import GatheredLines, JsonFormatter
from tests.web.rulesets import PETS
from tests.web.serving import Server, serving, wait_until

PATH = "/v1/recommendations"
REQUEST: dict[str, Any] = {"requirements": {"garden": True}, "as_of": "2026-03-01"}


@pytest.mark.parametrize("given", ["a", "7f3c2b1a-0000-4000-8000-000000000000", "trace/1:2.3_x=+", "x" * 128])
def test_the_id_that_is_given_is_kept(client: FlaskClient, given: str) -> None:
    """A request that comes with an id keeps it, whatever becomes of it."""
    for path in ("/v1/rulesets", "/nothing"):
        assert client.get(path, headers={"X-Request-Id": given}).headers["X-Request-Id"] == given


@pytest.mark.parametrize("given", ["", " ", "x" * 129, "<script>", "a b", "\u00e9", '"', "-x"])
def test_an_id_that_is_none_is_not_taken(client: FlaskClient, given: str) -> None:
    """What could do harm in a log is no id; a request without one is given one that no other has."""
    ids = [client.get("/v1/rulesets", headers={"X-Request-Id": given}).headers["X-Request-Id"] for _ in range(2)]
    assert given not in ids
    assert len(set(ids)) == 2


@pytest.mark.parametrize(
    ("path", "served"), [("/v1/rulesets/tea", "tea"), ("/v1/rulesets/pets/rules", "pets"), ("/nothing", "pets")]
)
def test_the_ruleset_is_told(client: FlaskClient, shelf: Shelf, path: str, served: str) -> None:
    """Every response tells the ruleset that was asked, or else the default, with its version and digest."""
    ruleset = shelf.rulesets[served]
    expected = f'{served};version="{ruleset.version}";digest="{ruleset.digest}"'
    assert client.get(path).headers["Steelyard-Ruleset"] == expected


@pytest.mark.parametrize(
    ("version", "written"),
    [("1", '"1"'), ('a"b\\', r'"a\"b\\"'), ("1.0 β", '%"1.0 %ce%b2"'), ('ü"%', '%"%c3%bc%22%25"')],
)
def test_any_version_can_stand_in_a_header(version: str, written: str) -> None:
    """A version is any text; a header holds ASCII, so the rest is escaped as RFC 9651 has it."""
    assert _named("x", version, "00") == f'x;version={written};digest="00"'


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[dict[str, Any]]]:
    """The lines about requests, as they come."""
    caplog.set_level(logging.INFO, REQUESTS.name)
    found: list[dict[str, Any]] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.__dict__["fields"])

    handler = Collect()
    REQUESTS.addHandler(handler)
    yield found
    REQUESTS.removeHandler(handler)


def test_a_line_for_each_request(client: FlaskClient, shelf: Shelf, lines: list[dict[str, Any]]) -> None:
    """A line tells id, method, route, status, duration and ruleset, and nothing of what was required."""
    client.post(PATH, json=REQUEST, headers={"X-Request-Id": "mine"})
    client.get("/v1/rulesets/tea")
    client.get("/nothing/at/all")
    first, second, third = lines
    assert first.pop("duration_ms") > 0
    assert first == {
        "request_id": "mine",
        "method": "POST",
        "route": PATH,
        "status": 200,
        "ruleset": "pets",
        "digest": shelf.default.digest,
        "outcome": "recommended",
    }
    assert (second["route"], second["ruleset"]) == ("/v1/rulesets/{id}", "tea")
    assert (third["route"], third["status"], third["ruleset"]) == ("nowhere", 404, None)


def test_requirements_are_told_where_that_is_wanted(shelf: Shelf, lines: list[dict[str, Any]]) -> None:
    """Requirements are in the line if they are asked for, without the answers to needs that are masked."""
    settings = Settings(log_requirements=True, masked_needs=("hours",))
    client = create_app(shelf, settings).test_client()
    client.post(PATH, json={"requirements": {"garden": True, "hours": 7}})
    (line,) = lines
    assert line["requirements"] == {"garden": {"value": True, "importance": "should"}, "hours": "masked"}


def metrics_of(text: str) -> dict[str, float]:
    """The samples of an exposition by name and labels."""
    samples = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in samples}


def test_metrics_count(shelf: Shelf) -> None:
    """Requests are counted by route, method and status; recommendations by outcome and by who was recommended."""
    client = create_app(shelf).test_client()
    winner = client.post(PATH, json=REQUEST).get_json()["recommended"]["candidate"]
    client.post(PATH, json={"requirements": {}, "ruleset": "tea"})
    client.post(PATH, json={"requirements": {"gardn": True}})
    client.get("/nothing/1")
    client.get("/nothing/2")
    found = metrics_of(client.get("/metrics").text)
    counted = "steelyard_requests_total{method=%s,route=%s,status=%s}"
    assert found[counted % ('"POST"', f'"{PATH}"', '"200"')] == 2
    assert found[counted % ('"POST"', f'"{PATH}"', '"422"')] == 1
    assert found[counted % ('"GET"', '"nowhere"', '"404"')] == 2
    assert found[f'steelyard_request_duration_seconds_count{{route="{PATH}"}}'] == 3
    assert found['steelyard_outcomes_total{outcome="recommended",ruleset="pets"}'] == 1
    assert found[f'steelyard_recommended_total{{candidate="{winner}",ruleset="pets"}}'] == 1


def test_a_stack_counts_by_its_parts() -> None:
    """The recommendations of a stack are those of the rulesets that it joins."""
    client = create_app().test_client()
    client.post(PATH, json={"stack": "deep-learning", "requirements": {"targets": ["android"]}})
    found = metrics_of(client.get("/metrics").text)
    outcomes = {name for name in found if name.startswith("steelyard_outcomes_total")}
    assert len(outcomes) == 3


def test_metrics_of_what_is_served(shelf: Shelf) -> None:
    """The age of each ruleset's evidence and how much of it is stale follow the day."""
    found = metrics_of(create_app(shelf).test_client().get("/metrics").text)
    published = [date.fromisoformat(each["published"]) for each in PETS["evidence"].values()]
    old = timedelta(days=PETS["ruleset"]["stale_after_days"])
    assert found['steelyard_ruleset_evidence{ruleset="pets"}'] == len(published)
    assert found['steelyard_ruleset_evidence_stale{ruleset="pets"}'] == sum(today() - each > old for each in published)
    assert found['steelyard_ruleset_age_seconds{ruleset="pets"}'] == (today() - max(published)).days * 86_400
    info = f'steelyard_ruleset_info{{digest="{shelf.default.digest}",ruleset="pets",version="{shelf.default.version}"}}'
    assert found[info] == 1


def test_readiness(client: FlaskClient, shelf: Shelf) -> None:
    """Readiness tells what is served, whatever form the client takes."""
    told = client.get("/readyz", headers={"Accept": "text/html"}).get_json()
    assert told["status"] == "ready"
    assert told["rulesets"] == [
        {"id": each.id, "version": each.version, "digest": each.digest} for each in shelf.rulesets.values()
    ]
    assert told["reload"]["status"] == "ok"


def test_a_service_that_ends_is_not_ready(shelf: Shelf) -> None:
    """Once it is to end, no more requests should be sent here; it is still alive."""
    app = create_app(shelf)
    app.extensions["steelyard"].draining = True
    response = app.test_client().get("/readyz")
    assert (response.status_code, response.get_json()["status"]) == (503, "draining")
    assert app.test_client().get("/healthz").status_code == 200


@pytest.mark.xdist_group("server")
def test_the_metrics_of_all_workers_are_counted_together(tmp_path: Any) -> None:
    """Whichever worker is asked, it tells what all of them did; and every line of the log is JSON."""
    with serving(tmp_path, "--workers", "2") as server:
        for _ in range(20):
            ask(server, "/v1/rulesets")
        name = 'steelyard_requests_total{method="GET",route="/v1/rulesets",status="200"}'
        assert {metrics_of(ask(server, "/metrics"))[name] for _ in range(8)} == {20.0}
        wait_until(lambda: len([line for line in server.requests() if line["route"] == "/v1/rulesets"]) == 20, server)


def ask(server: Server, path: str) -> str:
    """What is at a path, over a connection of its own."""
    client = server.client()
    client.request("GET", path)
    text = client.getresponse().read().decode()
    client.close()
    return text


def test_json_stays_on_one_line() -> None:
    """A message of several lines, and a failure with its trace, are one line of JSON all the same."""
    error = RuntimeError("a\nb")
    record = logging.LogRecord("x", logging.ERROR, "", 0, "one\ntwo", None, (type(error), error, None))
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == "one\ntwo"
    assert "RuntimeError: a\nb" in json.loads(line)["error"]


def test_a_log_that_nobody_reads_harms_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard error cannot be written any more, lines are dropped, and neither pile up nor fail a request."""

    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    handler = GatheredLines()
    handler.setFormatter(JsonFormatter())
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", Gone())
        for level in (logging.INFO, logging.ERROR):
            handler.handle(logging.LogRecord("x", level, "", 0, "lost", None, None))
    heard = io.StringIO()
    monkeypatch.setattr(sys, "stderr", heard)
    handler.handle(logging.LogRecord("x", logging.ERROR, "", 0, "heard", None, None))
    assert [json.loads(line)["message"] for line in heard.getvalue().splitlines()] == ["heard"]
