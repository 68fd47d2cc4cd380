"""The headers that every reply has, so that what is opened in a browser can do no harm there."""

import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from steelyard.api import Ruleset
from steelyard.web import Settings, Shelf, create_app
from steelyard.web.serving import server
from tests.web.rulesets import TEA_YAML
from tests.web.serving import serving

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "BREW"])
@pytest.mark.parametrize("path", ["/healthz", "/v1/rulesets", "/v1/rulesets/pets", "/v1/recommendations", "/nothing"])
def test_every_reply(client: FlaskClient, path: str, method: str) -> None:
    """Whatever is asked, and whether or not it is answered, the reply runs nothing, and nothing frames it."""
    headers = client.open(path, method=method).headers
    assert {name: headers.getlist(name) for name in ALWAYS} == {name: [value] for name, value in ALWAYS.items()}
    assert headers.getlist("Content-Security-Policy") == [POLICY]
    assert headers.getlist("Cache-Control")


def test_what_is_not_modified(client: FlaskClient) -> None:
    """A reply without a body has the headers too."""
    path = "/v1/recommendations?garden=true"
    tag = client.get(path).headers["ETag"]
    response = client.get(path, headers={"If-None-Match": tag})
    assert response.status_code == 304
    assert response.headers["Content-Security-Policy"] == POLICY


def test_a_fault_of_ours(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reply to what failed has them too."""

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Ruleset, "write", fail)
    response = create_app(shelf).test_client().post("/v1/recommendations", json={"requirements": {}})
    assert response.status_code == 500
    assert response.headers["X-Frame-Options"] == "DENY"


def test_a_chart_has_its_own_policy(client: FlaskClient) -> None:
    """A chart may be styled, by itself alone; it runs nothing either."""
    response = client.get("/v1/recommendations?garden=true", headers={"Accept": "image/svg+xml"})
    (policy,) = response.headers.getlist("Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.1", "fe80::1%eth0"])  # noqa: S104  nothing listens
def test_an_open_service_is_warned_of(address: str, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    """Where others than this machine reach a service that wants no keys, the log warns of it; with keys it does not."""
    with caplog.at_level(logging.WARNING):
        server._warn_of_no_keys(address, Settings(api_keys_file=tmp_path / "keys.txt"))
        assert caplog.messages == []
        server._warn_of_no_keys(address, Settings())
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert record.getMessage().startswith(f"No keys are wanted: whoever reaches {address} may ask;")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1"])
def test_this_machine_is_not_warned_of(address: str, caplog: pytest.LogCaptureFixture) -> None:
    """A service that only this machine reaches needs no keys."""
    with caplog.at_level(logging.WARNING):
        server._warn_of_no_keys(address, Settings())
    assert caplog.messages == []


@pytest.mark.xdist_group("server")
def test_a_server(tmp_path: Path) -> None:
    """A real server sends them as they are, each once."""
    (tmp_path / "tea.yaml").write_text(TEA_YAML)
    with serving(tmp_path, "--rules", tmp_path / "tea.yaml") as running:
        client = running.client()
        client.request("GET", "/v1/rulesets")
        headers = client.getresponse().headers
        client.close()
    for name, value in {**ALWAYS, "Content-Security-Policy": POLICY}.items():
        assert headers.get_all(name) == [value]
