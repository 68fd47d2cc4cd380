"""Pages of other origins: which of them a browser lets ask, and what it is told."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from steelyard.web import Settings, Shelf, create_app
from steelyard.web.guarding.keys import line_of, new_key
from tests.web.problems import problem_of

PAGE = "https://pages.example"
ELSEWHERE = "https://elsewhere.example"
PATH = "/v1/recommendations"
ALLOWED = "Access-Control-Allow-Origin"


def client_of(shelf: Shelf, *origins: str, **settings: object) -> FlaskClient:
    """A client of a service that lets pages of these origins ask."""
    return create_app(shelf, Settings(cors_origins=origins, **settings)).test_client()  # type: ignore[arg-type]


def preflight(client: FlaskClient, origin: str, method: str = "POST") -> TestResponse:
    """What a browser asks before a page's request with a body of JSON."""
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "content-type,x-api-key",
    }
    return client.options(PATH, headers=headers)


def of_cors(response: TestResponse) -> dict[str, str]:
    """The headers of a response that are meant for browsers."""
    return {name: value for name, value in response.headers if name.startswith("Access-Control-")}


def test_off_unless_wanted(client: FlaskClient) -> None:
    """Where no origin is named, no page of another one may ask, and nothing varies by it."""
    response = client.post(PATH, json={"requirements": {}}, headers={"Origin": PAGE})
    assert response.status_code == 200
    assert of_cors(response) == {}
    assert "Origin" not in response.headers["Vary"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert of_cors(preflight(client, PAGE)) == {}


def test_pages_of_an_origin(shelf: Shelf) -> None:
    """A page of an origin that is named may ask, read what a client needs to read, and never send cookies."""
    client = client_of(shelf, PAGE, "http://localhost:3000")
    response = client.post(PATH, json={"requirements": {}}, headers={"Origin": PAGE})
    assert of_cors(response) == {
        ALLOWED: PAGE,
        "Access-Control-Expose-Headers": (
            "ETag, RateLimit, RateLimit-Policy, Retry-After, Steelyard-Ruleset, X-Request-Id"
        ),
    }
    assert response.headers["Vary"] == "Accept, Origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert of_cors(client.get("/healthz", headers={"Origin": "http://localhost:3000"}))[ALLOWED] == (
        "http://localhost:3000"
    )


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", f"{PAGE}.evil.example", f"{PAGE}:8443", PAGE.upper(), "*"])
def test_pages_of_others(shelf: Shelf, origin: str) -> None:
    """Any other origin is told nothing, but that the reply might be another for another."""
    client = client_of(shelf, PAGE)
    for response in (client.get("/v1/rulesets", headers={"Origin": origin}), preflight(client, origin)):
        assert of_cors(response) == {}
        assert response.headers["Vary"] == "Origin"
    assert client.get("/v1/rulesets").headers["Vary"] == "Origin"


def test_preflights(shelf: Shelf) -> None:
    """A browser that asks whether it may ask is told which methods and headers it may use, for an hour."""
    response = preflight(client_of(shelf, PAGE), PAGE)
    assert (response.status_code, response.data) == (204, b"")
    assert of_cors(response) == {
        ALLOWED: PAGE,
        "Access-Control-Allow-Methods": "GET, HEAD, POST",
        "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match, X-Api-Key, X-Request-Id",
        "Access-Control-Max-Age": "3600",
        "Access-Control-Expose-Headers": (
            "ETag, RateLimit, RateLimit-Policy, Retry-After, Steelyard-Ruleset, X-Request-Id"
        ),
    }


def test_any_origin(shelf: Shelf) -> None:
    """With `*` every page may ask."""
    client = client_of(shelf, "*")
    for origin in (PAGE, ELSEWHERE, "null"):
        assert of_cors(client.get("/v1/rulesets", headers={"Origin": origin}))[ALLOWED] == "*"
        assert of_cors(preflight(client, origin))[ALLOWED] == "*"


def test_pages_read_refusals(shelf: Shelf) -> None:
    """A page may read a problem as well, be it of the service or of a path that leads nowhere."""
    client = client_of(shelf, PAGE)
    for path, status in (("/nothing", 404), (f"{PATH}?x=1", 422)):
        response = client.get(path, headers={"Origin": PAGE})
        assert problem_of(response)["status"] == status
        assert response.headers[ALLOWED] == PAGE


def test_preflights_need_no_key(shelf: Shelf, tmp_path: Path) -> None:
    """A browser shows no key when it asks whether it may ask; the request itself has to."""
    key = new_key()
    (tmp_path / "keys.txt").write_text(line_of("page", key))
    client = client_of(shelf, PAGE, api_keys_file=tmp_path / "keys.txt", rate_per_address="2/day")
    assert [preflight(client, PAGE).status_code for _ in range(5)] == [204] * 5
    refused = client.get("/v1/rulesets", headers={"Origin": PAGE})
    assert (refused.status_code, refused.headers[ALLOWED]) == (401, PAGE)
    assert client.get("/v1/rulesets", headers={"Origin": PAGE, "X-Api-Key": key}).status_code == 200
    assert client.options(PATH, headers={"Origin": PAGE}).status_code == 429


@pytest.mark.parametrize(
    "origin", ["", "example.org", "https://example.org/", "https://Example.org", "null", "https://*.org", "https://a b"]
)
def test_what_is_no_origin(origin: str) -> None:
    """What no browser sends as an origin would let nobody in, and is refused before anything is served."""
    with pytest.raises(ValueError, match="is no origin of a page; say scheme and host"):
        Settings(cors_origins=(PAGE, origin))
