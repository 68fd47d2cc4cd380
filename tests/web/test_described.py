"""The service is what its description says: asked by schemathesis, and looked at as a page."""

import json
import os
import re
from html.parser import HTMLParser
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from steelyard.web import create_app
from steelyard.web.openapi.page import POLICY
from steelyard.web.routes import ROUTES

APP = create_app()
DESCRIPTION = schemathesis.openapi.from_wsgi("/openapi.json", APP)
# Which needs and candidates there are depends on the ruleset that is asked; `tests/property/test_schemas.py` holds its
# own schema to what it takes, both ways.
NOT_CHECKED = schemathesis.checks.CHECKS.get_by_names(["positive_data_acceptance"])
# A batch is answered whatever is wrong with its requests.
NOT_OF_BATCHES = schemathesis.checks.CHECKS.get_by_names(["negative_data_rejection"])
EXAMPLES = 60 if os.environ.get("STEELYARD_SOAK") == "long" else 12


@schemathesis.serializer("application/x-ndjson")
def as_lines(_context: Any, value: Any) -> bytes:
    """Any text as lines."""
    return str(value).encode(errors="replace")


@DESCRIPTION.parametrize()
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
def test_whatever_is_described_holds(case: Any) -> None:
    """Requests that the description allows, and those that it does not, get what it says; nothing is a 500."""
    is_batch = case.path.endswith("/batch")
    case.call_and_validate(excluded_checks=[*NOT_CHECKED, *(NOT_OF_BATCHES if is_batch else ())])


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """A client of the service."""
    return APP.test_client(use_cookies=False)


class Page(HTMLParser):
    """What is in a page: its ids, its links, and what it would fetch or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes note of a tag."""
        told = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told["href"]] if tag == "a" and "href" in told else []
        self.fetched += [told[name] for name in ("src", "srcset", "action") if name in told]
        self.fetched += [told["href"]] if tag == "link" else []
        assert not [name for name in told if name.startswith("on") or name == "style"]


def test_the_page_stands_alone(client: FlaskClient) -> None:
    """The page runs nothing and fetches nothing, from this host or another, and its policy allows no more."""
    response = client.get("/docs", headers={"Accept": "text/html,*/*;q=0.8"})
    page = Page(response.text)
    assert (response.status_code, response.content_type) == (200, "text/html; charset=utf-8")
    assert page.fetched == []
    assert "script" not in page.tags
    assert response.headers["Content-Security-Policy"] == POLICY
    assert "'unsafe" not in POLICY


def test_the_page_is_whole(client: FlaskClient) -> None:
    """Every operation and schema is on the page, every id is there once, and every link within it leads somewhere."""
    text = client.get("/docs").text
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert [link for link in page.links if not link.startswith("#")] == ["openapi.json"]
    for route in ROUTES:
        assert route.is_page or f"<code>{route.written}</code>" in text
    assert page.tags.count("h1") == 1
    assert {"header", "nav", "main"} <= set(page.tags)


def test_commands_on_the_page_are_those_of_the_service(client: FlaskClient) -> None:
    """A command on the page names the host that the page was asked from, and posts what the service takes."""
    text = client.get("/docs", base_url="https://advice.example/").text
    assert "curl https://advice.example/v1/recommendations" in text
    posted = re.search(r"--json &#39;(.*?)&#39;", text)
    assert posted is not None
    request = json.loads(posted[1].replace("&#34;", '"'))
    assert client.post("/v1/recommendations", json=request).status_code == 200


def test_whoever_takes_no_page_is_told(client: FlaskClient) -> None:
    """A client that takes only JSON gets no page."""
    assert client.get("/docs", headers={"Accept": "application/json"}).status_code == 406
