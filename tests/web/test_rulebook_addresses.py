"""The page of a ruleset: what its address can say, where it is mounted, and texts that mean no good."""

import gzip
from html import escape
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from steelyard.api import Ruleset, load
from steelyard.web import blueprint
from steelyard.web.pages.rulebook.browsing import KEYS
from tests.web.problems import problem_of
from tests.web.rulebook import DAY, cells, client_of, client_of_pets, faults, heads, many, page, rules

SCRIPT = "<script>alert('\"&1')</script>"


@pytest.fixture(scope="module")
def pets() -> FlaskClient:
    """A client of a service with a ruleset whose knowledge changes with the days."""
    return client_of_pets()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("as_of=soon", "soon is not a date: write it as YYYY-MM-DD"),
        ("as_of=2025-02-30", "2025-02-30 is not a day of the calendar."),
        ("as_of=2025-02-01&as_of=2025-02-02", "as_of is given 2 times."),
        (f"{DAY}&since=2025-03-01", "2025-03-01 is after 2025-02-01, the day that is shown."),
        ("criterion=hom", "Unknown criterion hom: did you mean home?"),
        ("candidate=dog,kat", "Unknown candidate kat: did you mean cat?"),
        ("cell=outdoor.dog", "Unknown rule outdoor: did you mean outdoors?"),
        ("cell=outdoors.dgo", "Unknown candidate dgo: did you mean dog?"),
        ("cell=x", "Unknown rule x: one of outdoors, alone or friendly"),
        ("candidat=dog", "Unknown key candidat: did you mean candidate?"),
        ("criterion=%3Cscript%3E", "Unknown criterion <script>: one of home or care"),
        ("since=%00", "\\x00 is not a date: write it as YYYY-MM-DD"),
    ],
)
def test_faults(pets: FlaskClient, query: str, told: str) -> None:
    """What is faulty in an address is told, and what is sound is shown."""
    read = page(pets, query)
    assert told in faults(read)
    assert read.one("h1").text == "Which pet fits?"


def test_all_faults_at_once(pets: FlaskClient) -> None:
    """Every fault is told, and the sound part of a list is kept."""
    read = page(pets, "as_of=x&criterion=y&candidate=dog,z&cell=a.b&since=c&more=d")
    assert len(faults(read)) == 7
    assert heads(read) == ["Dog"]


VALUES = st.sampled_from(
    ["2025-02-01", "0001-01-01", "9999-12-31", "home", "dog", "dog,cat", "outdoors.cat", "alone.alpaca", ".", "now"]
)


@given(st.lists(st.tuples(st.sampled_from([*KEYS, "other"]), VALUES | st.text(max_size=8)), max_size=6))
def test_whatever_is_said(pets: FlaskClient, query: list[tuple[str, str]]) -> None:
    """Every address is answered with a page that needs no loose policy, and links from it lead to others."""
    read = page(pets, urlencode(query, errors="replace"))
    for each in cells(read, rules(read)[0])[:1] if rules(read) else []:
        page(pets, each.attributes["href"][1:].partition("#")[0])


@pytest.mark.parametrize("day", ["0001-01-01", "0001-12-31", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar(pets: FlaskClient, day: str) -> None:
    """The first and the last days of the calendar are days like others."""
    assert page(pets, f"as_of={day}").one("input", id="as-of").attributes["value"] == day


def test_a_day_on_which_nothing_stands(pets: FlaskClient) -> None:
    """Where no rule stands, that is said in place of rows and shares."""
    read = page(pets, "as_of=2019-01-01&criterion=care&since=2019-01-01")
    assert rules(read) == ["friendly"]
    read = page(pets, "as_of=2023-01-01&criterion=care")
    assert rules(read) == ["alone"]
    empty = page(client_of(Ruleset.from_dict(many(rules=1, since="2020-01-01"))), "as_of=2019-01-01", "/rulesets/many")
    assert not rules(empty)
    assert "No such rule stands on that day." in empty.text
    assert not empty.all("tfoot")


def test_an_unknown_ruleset(pets: FlaskClient) -> None:
    """What is not served is refused as everywhere else."""
    problem = problem_of(pets.get("/rulesets/pet", headers={"Accept": "application/json, text/html;q=0.5"}))
    assert problem["type"] == "urn:steelyard:problem:unknown-ruleset"
    assert problem["detail"] == "No ruleset `pet` is served. Did you mean `pets`?"


def test_other_rulesets(pets: FlaskClient) -> None:
    """The page leads to those of the other rulesets."""
    read = page(pets)
    assert read.link("Which tea?") == "/rulesets/tea"


def test_the_reply(pets: FlaskClient) -> None:
    """The page is packed where that is taken, may be kept and asked for again, and forbids whatever is not its own."""
    response = pets.get(f"/rulesets/pets?{DAY}", headers={"Accept-Encoding": "gzip"})
    assert response.content_type == "text/html; charset=utf-8"
    assert gzip.decompress(response.data).decode() == pets.get(f"/rulesets/pets?{DAY}").text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Steelyard-Ruleset"].startswith("pets;")
    kept = {"Accept-Encoding": "gzip", "If-None-Match": response.headers["ETag"]}
    assert pets.get(f"/rulesets/pets?{DAY}", headers=kept).status_code == 304
    assert pets.head(f"/rulesets/pets?{DAY}").status_code == 200


def test_below_a_prefix() -> None:
    """Every link and file is found where the service is mounted."""
    app = Flask("host")
    app.register_blueprint(blueprint(), url_prefix="/advice")
    client = app.test_client(use_cookies=False)
    path = f"/advice/rulesets/{load().id}"
    read = page(client, "criterion=devices&cell=android.pytorch", path)
    inner = [each.attributes["href"] for each in read.all("a") if each.attributes["href"].startswith("/")]
    assert inner
    assert all(each.startswith("/advice/") for each in inner)
    styles = [each.attributes["href"] for each in read.all("link", rel="stylesheet")]
    assert [client.get(each).status_code for each in styles] == [200, 200]
    assert {each.attributes["action"].partition("#")[0] for each in read.all("form")} == {path}


def test_texts_are_only_texts() -> None:
    """Whatever the texts of a ruleset hold, nothing of it becomes markup."""
    data: dict[str, Any] = {
        "ruleset": {"id": "bad", "title": SCRIPT, "version": SCRIPT},
        "needs": {"need": {"question": SCRIPT, "type": "number", "minimum": 0, "maximum": 9, "unit": SCRIPT}},
        "candidates": {"one": {"name": SCRIPT}, "two": {"name": SCRIPT, "since": "2020-01-01"}},
        "criteria": {"kind": SCRIPT},
        "evidence": {"book": {"title": SCRIPT, "source": SCRIPT, "published": "2020-01-01"}},
        "rules": {
            "rule": {
                "criterion": "kind",
                "title": SCRIPT,
                "when": {"need": {"at_least": 3}},
                "ratings": {"one": {"2020-01-01": {"rating": "good", "because": SCRIPT, "evidence": ["book"]}}},
            },
            "old": {"criterion": "kind", "title": SCRIPT, "until": "2020-06-01", "ratings": {"one": "good"}},
        },
    }
    client = client_of(Ruleset.from_dict(data))
    read = page(client, f"as_of=2021-01-01&since=2019-01-01&cell=rule.one&criterion={SCRIPT}", "/rulesets/bad")
    assert [each.attributes.get("type") for each in read.all("script")] == ["module"]
    assert read.one("h1").text == SCRIPT
    html = client.get("/rulesets/bad?as_of=2021-01-01&cell=rule.one").text
    assert SCRIPT not in html
    assert escape("<script>") in html
