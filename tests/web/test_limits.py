"""How often somebody may ask: counting, addresses behind proxies, and what a client is told."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from steelyard.web import Settings, Shelf, create_app
from steelyard.web.guarding import limits
from steelyard.web.guarding.addresses import address_of
from steelyard.web.guarding.keys import line_of, new_key
from steelyard.web.guarding.limits import Counter, Rate, rate_of
from tests.web.problems import problem_of, well_formed
from tests.web.rulesets import TEA_YAML
from tests.web.serving import HOST, serving, wait_until

PATH = "/v1/rulesets"
RATES = st.builds(Rate, st.integers(1, 20), st.sampled_from([1, 60, 3600]))


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The seconds since it was made."""
        return self.now


def client_of(shelf: Shelf, settings: Settings) -> FlaskClient:
    """A client of a service with these settings."""
    return create_app(shelf, settings).test_client(use_cookies=False)


def status_from(client: FlaskClient, address: str, **headers: str) -> int:
    """The status of a request from an address."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(PATH, headers=named, environ_base={"REMOTE_ADDR": address}).status_code


@pytest.mark.parametrize(
    ("text", "rate"), [("1/second", Rate(1, 1)), ("100/minute", Rate(100, 60)), ("5000/day", Rate(5000, 86_400))]
)
def test_rates(text: str, rate: Rate) -> None:
    """A rate is a number for each of a unit of time."""
    assert rate_of(text) == rate


@pytest.mark.parametrize(
    "text", ["", "often", "0/minute", "-1/minute", "1/fortnight", "1.5/hour", "1/minute\n", "٣/day"]
)
def test_what_is_no_rate(text: str) -> None:
    """Whatever else is no rate is refused before anything is served by it."""
    for settings in ({"rate_per_address": text}, {"rate_per_key": text, "api_keys_file": Path("keys")}):
        if text:
            with pytest.raises(ValueError, match=r"is no rate; say a number for each .*`100/minute`"):
                Settings(**settings)
    with pytest.raises(ValueError, match="is no rate"):
        rate_of(text)


def test_a_rate_for_keys_needs_keys() -> None:
    """A rate for each key without keys would limit nobody, and is refused."""
    with pytest.raises(ValueError, match="without a file of keys"):
        Settings(rate_per_key="1/minute")


@given(RATES, st.lists(st.floats(0, 100), max_size=200))
def test_a_full_minute_gives_nobody_twice_as_many(rate: Rate, pauses: list[float]) -> None:
    """Within a part of a window's length, wherever it begins, nobody gets more than the rate and that part of it."""
    clock = Clock()
    counter = Counter(rate, clock)
    admitted: list[float] = []
    for pause in pauses:
        clock.now += pause * rate.seconds / 100
        if not counter.count("x").is_refused:
            admitted.append(clock.now)
    for place, start in enumerate(admitted):
        for number, end in enumerate(admitted[place:], 1):
            part = (end - start) / rate.seconds
            assert part >= 1 or number <= rate.amount * (1 + part) + 1e-3


@given(RATES, st.lists(st.floats(0, 1), max_size=60), st.integers(1, 30))
def test_whoever_waits_is_let_in(rate: Rate, pauses: list[float], more: int) -> None:
    """A refused client that waits for as long as it was told is not refused; one that is told what is left gets it."""
    clock = Clock()
    counter = Counter(rate, clock)
    for pause in pauses:
        clock.now += pause * rate.seconds
        counter.count("x")
    standing = [counter.count("x") for _ in range(more)][-1]
    assert standing.seconds >= 1
    if standing.is_refused:
        assert standing.left == 0
        clock.now += standing.seconds
        standing = counter.count("x")
        assert not standing.is_refused
    for _ in range(standing.left):
        standing = counter.count("x")
        assert not standing.is_refused
    assert counter.count("x").is_refused


def test_each_is_counted_alone() -> None:
    """What one uses up is nothing to another."""
    counter = Counter(Rate(1, 60), Clock())
    assert [counter.count(who).is_refused for who in ("a", "a", "b", "b")] == [False, True, False, True]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more clients than are told apart, those that came first are forgotten; windows that are over are too."""
    monkeypatch.setattr(limits, "MOST_COUNTED", 3)
    clock = Clock()
    counter = Counter(Rate(1, 60), clock)
    for who in range(100):
        assert not counter.count(str(who)).is_refused
    assert len(counter._now) == 3
    assert counter.count("99").is_refused
    assert not counter.count("0").is_refused
    clock.now = 60
    counter.count("x")
    assert (len(counter._before), len(counter._now)) == (3, 1)
    clock.now = 180
    counter.count("x")
    assert (len(counter._before), len(counter._now)) == (0, 1)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "192.0.2.1"),
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "10.9.9.9, 198.51.100.7", "198.51.100.7"),
        (2, "10.9.9.9, 198.51.100.7, 203.0.113.1", "198.51.100.7"),
        (2, "198.51.100.7,203.0.113.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, None, "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "unknown", "192.0.2.1"),
        (1, "198.51.100.7, ", "192.0.2.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "2001:db8:1:2::9", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "fe80::1%eth0", "fe80::/64"),
    ],
)
def test_addresses(proxies: int, forwarded: str | None, address: str) -> None:
    """Of what `X-Forwarded-For` says, that counts which the outermost trusted proxy wrote, if it is an address."""
    environ = {"REMOTE_ADDR": "192.0.2.1"} | ({} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded})
    assert address_of(environ, proxies) == address


@given(st.text(), st.text(), st.integers(0, 3))
def test_any_address(nearest: str, forwarded: str, proxies: int) -> None:
    """Whatever server and proxies say, it is taken as something by which clients are told apart."""
    assert isinstance(address_of({"REMOTE_ADDR": nearest, "HTTP_X_FORWARDED_FOR": forwarded}, proxies), str)


def test_one_too_many_is_told(shelf: Shelf) -> None:
    """A request too many is refused with the time to wait for; every answer before it tells how many are left."""
    client = client_of(shelf, Settings(rate_per_address="2/day"))
    first, second, third = (client.get(PATH) for _ in range(3))
    for response, left in ((first, 1), (second, 0), (third, 0)):
        assert response.headers["RateLimit-Policy"] == '"address";q=2;w=86400'
        assert re.fullmatch(rf'"address";r={left};t=\d+', response.headers["RateLimit"])
    assert [each.status_code for each in (first, second)] == [200, 200]
    problem = problem_of(third)
    assert (problem["type"], problem["status"]) == ("urn:steelyard:problem:too-many-requests", 429)
    wait = int(third.headers["Retry-After"])
    assert f"ask again after {wait:,} second" in problem["detail"]
    assert third.headers["RateLimit"] == f'"address";r=0;t={wait}'


def test_addresses_are_limited_alone(shelf: Shelf) -> None:
    """Each address has its own requests, and all of one network of IPv6 have them together."""
    client = client_of(shelf, Settings(rate_per_address="1/day"))
    asked = ["192.0.2.1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"]
    assert [status_from(client, each) for each in asked] == [200, 429, 200, 200, 429, 200]


def test_a_header_gives_nobody_another_address(shelf: Shelf) -> None:
    """Without trusted proxies `X-Forwarded-For` means nothing; with one, only what that one adds to it."""
    client = client_of(shelf, Settings(rate_per_address="1/day"))
    assert [status_from(client, "192.0.2.1", X_Forwarded_For=f"10.0.0.{each}") for each in (1, 2)] == [200, 429]
    client = client_of(shelf, Settings(rate_per_address="1/day", trusted_proxies=1))
    chains = ("10.0.0.1, 198.51.100.7", "10.0.0.2, 198.51.100.7", "198.51.100.8")
    assert [status_from(client, "192.0.2.1", X_Forwarded_For=each) for each in chains] == [200, 429, 200]


def test_whoever_runs_it_is_not_limited(shelf: Shelf) -> None:
    """A check of the service's health is never one too many, nor counted."""
    client = client_of(shelf, Settings(rate_per_address="1/day"))
    asked = ["/healthz", "/readyz", "/healthz", PATH, "/readyz", "/nothing"]
    assert [client.get(each).status_code for each in asked] == [200, 200, 200, 200, 200, 429]
    assert "RateLimit" not in client.get("/healthz").headers


@pytest.fixture
def keys(tmp_path: Path) -> Mapping[str, str]:
    """The keys of some clients by name, one of whom has two; they are in a file."""
    made = {"a": new_key(), "also a": new_key(), "b": new_key()}
    (tmp_path / "keys.txt").write_text("".join(f"{line_of(name[-1], key)}\n" for name, key in made.items()))
    return made


def test_keys_are_limited_by_name(shelf: Shelf, keys: Mapping[str, str], tmp_path: Path) -> None:
    """All keys of one name share one rate, from whichever address they are shown."""
    client = client_of(shelf, Settings(api_keys_file=tmp_path / "keys.txt", rate_per_key="1/day"))
    asked = [("a", "192.0.2.1"), ("also a", "192.0.2.2"), ("b", "192.0.2.1"), ("b", "192.0.2.1")]
    found = [status_from(client, address, X_Api_Key=keys[name]) for name, address in asked]
    assert found == [200, 429, 200, 429]


def test_wrong_keys_count_for_their_address(shelf: Shelf, keys: Mapping[str, str], tmp_path: Path) -> None:
    """Whoever tries keys uses up the requests of its address, and then not even the right one is looked at."""
    settings = Settings(api_keys_file=tmp_path / "keys.txt", rate_per_address="2/day", rate_per_key="9/day")
    client = client_of(shelf, settings)
    shown = ["wrong", "wrong", keys["a"]]
    assert [status_from(client, "192.0.2.1", X_Api_Key=each) for each in shown] == [401, 401, 429]
    response = client.get(PATH, headers={"X-Api-Key": keys["a"]}, environ_base={"REMOTE_ADDR": "192.0.2.2"})
    assert response.status_code == 200
    assert response.headers["RateLimit-Policy"] == '"address";q=2;w=86400, "key";q=9;w=86400'
    assert re.fullmatch(r'"address";r=1;t=\d+, "key";r=8;t=\d+', response.headers["RateLimit"])


@pytest.mark.xdist_group("server")
def test_a_server_counts(tmp_path: Path) -> None:
    """A real server counts by the address of the connection, whatever a client claims, and refuses a body unread."""
    (tmp_path / "tea.yaml").write_text(TEA_YAML)
    with serving(tmp_path, "--rules", tmp_path / "tea.yaml", "--rate-per-address", "2/day") as server:
        answers = []
        for number in range(3):
            client = server.client()
            headers = {"Content-Type": "application/json", "X-Forwarded-For": f"10.0.0.{number}"}
            client.request("POST", "/v1/recommendations", json.dumps({"requirements": {}}).ljust(500_000), headers)
            response = client.getresponse()
            answers.append((response.status, response.read()))
            client.close()
        assert [status for status, _ in answers] == [200, 200, 429]
        assert well_formed(*answers[-1])["title"] == "Too many requests"
        wait_until(server.messages, server)
        assert server.messages() == [f"Serving tea on http://{HOST}:{server.port}"]
