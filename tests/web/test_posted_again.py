"""What is posted again is answered without being read again, and as it was the first time as long as that is right."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from steelyard.api import Ruleset
from steelyard.web import Settings, Shelf, create_app
from steelyard.web.keeping import Keeper, Source
from steelyard.web.mounting import application
from steelyard.web.reading import json_in
from steelyard.web.service import Service
from tests.web.rulesets import PETS, TEA_YAML

PATH = "/v1/recommendations"
BODY: dict[str, Any] = {"requirements": {"garden": True}}


@pytest.fixture
def client() -> FlaskClient:
    """A client of a service with one ruleset."""
    return create_app(Shelf.holding(Ruleset.from_dict(PETS))).test_client(use_cookies=False)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The bodies that were read as JSON so far."""
    found: list[bytes] = []

    def noting(content: bytes) -> Any:
        found.append(content)
        return json_in(content)

    monkeypatch.setattr("steelyard.web.routes.recommendations.json_in", noting)
    return found


def test_it_is_read_twice_at_most(client: FlaskClient, reads: list[bytes]) -> None:
    """From the third time on a body is not read, and every answer is the same; whoever writes it otherwise is read."""
    answers = {client.post(PATH, json=BODY).data for _ in range(5)}
    assert len(answers) == 1
    assert len(reads) == 2
    assert client.post(PATH, data=b' {"requirements":{"garden":true}}', content_type="application/json").data in answers
    assert len(reads) == 3


def test_each_form_is_given(client: FlaskClient) -> None:
    """The form is chosen anew each time, whatever was sent before."""
    for _ in range(3):
        assert client.post(PATH, json=BODY).content_type == "application/json"
        assert client.post(PATH, json=BODY, headers={"Accept": "text/markdown"}).text.startswith("# ")
    assert client.post(PATH, json=BODY, headers={"Accept": "text/plain"}).status_code == 406


def test_what_is_faulty_is_told_each_time(client: FlaskClient, reads: list[bytes]) -> None:
    """Nothing is kept of what is refused."""
    for _ in range(3):
        assert client.post(PATH, json={"requirements": {"gardn": True}}).status_code == 422
    assert len(reads) == 3


def test_the_next_day_is_another(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request without a day is about the day on which it is posted."""
    days = []
    for day in (date(2026, 1, 1), date(2026, 1, 2)):
        for module in ("steelyard.api.ruleset", "steelyard.web.routes.recommendations"):
            monkeypatch.setattr(f"{module}.today", lambda day=day: day)
        days += [client.post(PATH, json=BODY).get_json()["as_of"] for _ in range(3)]
    assert days == ["2026-01-01"] * 3 + ["2026-01-02"] * 3


def test_other_rulesets_answer_anew(tmp_path: Path) -> None:
    """What was answered is forgotten with the rulesets that answered it."""
    file = tmp_path / "tea.yaml"
    file.write_text(TEA_YAML)
    keeper = Keeper.of(Source(rules=(file,)))
    client = application(Service(keeper, Settings())).test_client()
    before = [client.post(PATH, json={"requirements": {}}).get_json()["ruleset"] for _ in range(3)]
    file.write_text(TEA_YAML.replace('version: "1"', 'version: "2"'))
    keeper.reload()
    after = client.post(PATH, json={"requirements": {}})
    assert [each["version"] for each in before] == ["1"] * 3
    assert after.get_json()["ruleset"]["version"] == "2"
    assert 'version="2"' in after.headers["Steelyard-Ruleset"]


def test_it_is_noted_each_time(tmp_path: Path) -> None:
    """An answer that is kept is logged as a decision, and counted, like any other."""
    log = tmp_path / "decisions.ndjson"
    app = create_app(Shelf.holding(Ruleset.from_dict(PETS)), Settings(decision_log=f"ndjson:{log}"))
    client = app.test_client()
    for _ in range(4):
        client.post(PATH, json=BODY)
    app.extensions["steelyard"].close()
    assert len(log.read_text().splitlines()) == 4
    counted = [line for line in client.get("/metrics").text.splitlines() if line.startswith("steelyard_outcomes_total")]
    assert [line.rpartition(" ")[2] for line in counted] == ["4.0"]
