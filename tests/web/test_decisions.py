"""Decisions that the service keeps, and gives back."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from steelyard.decisions import read_decisions
from steelyard.web import Settings, Shelf, create_app
from steelyard.web.serving import server as serving_server
from steelyard.web.serving.options import ServerOptions
from tests.web.problems import problem_of
from tests.web.rulesets import TEA_YAML
from tests.web.serving import serving

PATH = "/v1/recommendations"
REQUEST: dict[str, Any] = {"requirements": {"garden": True, "hours": 7}, "as_of": "2026-03-01"}


@pytest.fixture(params=["decisions.ndjson", "decisions.db"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where decisions are kept."""
    return str(tmp_path / request.param)


def client_with(shelf: Shelf, **settings: Any) -> FlaskClient:
    """A client of a service with these settings."""
    return create_app(shelf, Settings(**settings)).test_client(use_cookies=False)


def test_a_decision_is_given_back(shelf: Shelf, log: str) -> None:
    """A decision that was kept is given back by its id, with the whole recommendation where it can be made again."""
    client = client_with(shelf, decision_log=log)
    answer = client.post(PATH, json=REQUEST, headers={"X-Request-Id": "mine"}).get_json()

    kept = client.get(f"{PATH}/{answer['id']}").get_json()

    assert kept["recommendation"] == answer
    assert (kept["id"], kept["request_id"], kept["outcome"]) == (answer["id"], "mine", "recommended")
    assert kept["ruleset"] == answer["ruleset"]
    assert kept["recommended"] == answer["recommended"]["candidate"]
    assert kept["requirements"]["hours"] == {"value": 7, "importance": "should"}
    assert kept["duration_ms"] > 0


@pytest.mark.parametrize("accept", ["application/json", "text/markdown", "image/svg+xml"])
def test_every_form_is_kept(shelf: Shelf, log: str, accept: str) -> None:
    """A decision is kept whatever form its answer is given in, be it posted or asked by query."""
    client = client_with(shelf, decision_log=log)
    client.get(f"{PATH}?garden=true&as_of=2026-03-01", headers={"Accept": accept})
    asked = shelf.default.answer({"requirements": {"garden": True}, "as_of": "2026-03-01"})
    assert client.get(f"{PATH}/{asked.id}").get_json()["id"] == asked.id


def test_a_stack_is_kept(log: str) -> None:
    """The decision of a stack tells what came of each part."""
    client = create_app(settings=Settings(decision_log=log)).test_client()
    request = {"stack": "deep-learning", "requirements": {"targets": ["android"]}, "as_of": "2026-03-01"}
    answer = client.post(PATH, json=request).get_json()

    kept = client.get(f"{PATH}/{answer['id']}").get_json()

    assert kept["recommendation"] == answer
    assert kept["outcome"].keys() == kept["recommended"].keys() == {part["part"] for part in answer["parts"]}


def test_masked_answers_are_kept_nowhere(shelf: Shelf, log: str) -> None:
    """What is masked is neither in the file nor given back; and then the recommendation cannot be made again."""
    client = client_with(shelf, decision_log=log, masked_needs=("hours",))
    answer = client.post(PATH, json={**REQUEST, "requirements": {"hours": 11.375}}).get_json()

    kept = client.get(f"{PATH}/{answer['id']}").get_json()
    client.application.extensions["steelyard"].close()

    assert (kept["requirements"], kept["masked"], kept["recommendation"]) == ({}, ["hours"], None)
    assert all(b"11.375" not in path.read_bytes() for path in Path(log).parent.iterdir())


def test_of_another_ruleset(shelf: Shelf, log: str) -> None:
    """A decision by a ruleset that is no longer served as it was comes without a recommendation."""
    answer = client_with(shelf, decision_log=log).post(PATH, json={**REQUEST, "requirements": {}}).get_json()
    other = create_app(settings=Settings(decision_log=log))
    kept = None
    while kept is None or kept.status_code == 404:
        kept = other.test_client().get(f"{PATH}/{answer['id']}")
    assert (kept.get_json()["recommended"], kept.get_json()["recommendation"]) == (None, None)


def test_unknown_decisions(shelf: Shelf, log: str) -> None:
    """What was not kept is not found, and where nothing is kept the problem says so."""
    told = problem_of(client_with(shelf, decision_log=log).get(f"{PATH}/{'0' * 32}"))
    assert (told["status"], told["detail"]) == (404, "No decision of this id is kept.")
    told = problem_of(client_with(shelf).get(f"{PATH}/{'0' * 32}"))
    assert (told["type"], told["detail"]) == ("urn:steelyard:problem:unknown-decision", "No decisions are kept here.")


def test_refused_requests_are_no_decisions(shelf: Shelf, log: str) -> None:
    """A request that is refused leaves nothing behind."""
    app = create_app(shelf, Settings(decision_log=log))
    app.test_client().post(PATH, json={"requirements": {"gardn": True}})
    app.extensions["steelyard"].close()
    assert not Path(log).exists()


def test_a_log_that_cannot_be_written_harms_no_request(shelf: Shelf, tmp_path: Path) -> None:
    """Where the log cannot be written, requests are answered all the same, and a metric counts what is lost."""
    app = create_app(shelf, Settings(decision_log=str(tmp_path / "missing" / "log.ndjson")))
    client = app.test_client()
    assert client.post(PATH, json=REQUEST).status_code == 200
    app.extensions["steelyard"].close()
    assert 'steelyard_decisions_total{result="lost"} 1.0' in client.get("/metrics").text


@pytest.mark.parametrize("address", ["mysql://u:secret@h/d", "x.txt"])
def test_an_address_of_no_kind(address: str) -> None:
    """A server with an address that is none does not start; what is told holds no password."""
    with pytest.raises(serving_server.ServerError) as caught:
        serving_server.serve(ServerOptions(), Settings(decision_log=address))
    assert "no kind of decision log" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.xdist_group("server")
def test_workers_keep_all_of_them(tmp_path: Path, log: str) -> None:
    """Several workers keep every decision, also those that were made just before the end; a metric counts them."""
    (tmp_path / "tea.yaml").write_text(TEA_YAML)
    options = ("--rules", tmp_path / "tea.yaml", "--workers", "2", "--decision-log", log)
    days = [f"2026-01-{day:02}" for day in range(1, 29)]
    with serving(tmp_path, *options) as server:
        for day in days:
            client = server.client()
            body = json.dumps({"requirements": {"sleep": True}, "as_of": day})
            client.request("POST", PATH, body, {"Content-Type": "application/json"})
            assert client.getresponse().read()
            client.close()
        server.process.terminate()
        assert server.exit_code() == 0, server.said()
    assert sorted(record.as_of.isoformat() for record in read_decisions(log)) == days
