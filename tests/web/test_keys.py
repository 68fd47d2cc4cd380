"""API keys: who is answered, what the file may hold, and how a key is taken away while the service runs."""

import json
import logging
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from steelyard.diagnostics import FaultsError, render_all
from steelyard.requirements import today
from steelyard.web import Settings, Shelf, blueprint, create_app
from steelyard.web.guarding.keys import Keys, key_shown, line_of, new_key, read_keys
from steelyard.web.keeping import Keeper, Source
from steelyard.web.mounting import application
from steelyard.web.observing import REQUESTS
from steelyard.web.routes import ROUTES
from steelyard.web.service import Service
from tests.web.problems import problem_of, well_formed
from tests.web.rulesets import TEA_YAML
from tests.web.serving import Server, serving, wait_until

# Made by `new_key`, and written down so that tests have the same names in every process.
KEY = "steelyard_2r0UZMQ7qRPOviMsToTxRfrGj6vP9abLyR2FA-grQOs"
OTHER = "steelyard_zk1AfWfe6BNY3hCcOZ8NPT6TJM1U7_R-l0X83gE-hXw"
PATH = "/v1/rulesets"


def bearer(key: str) -> dict[str, str]:
    """The headers that show a key."""
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture
def keys_file(tmp_path: Path) -> Path:
    """A file with the keys of two clients."""
    path = tmp_path / "keys.txt"
    path.write_text(f"# Who may ask.\n\n{line_of('ci', KEY)}  # the build\n{line_of('desk', OTHER)}\n")
    return path


@pytest.fixture
def guarded(shelf: Shelf, keys_file: Path) -> FlaskClient:
    """A client of a service that wants keys."""
    return create_app(shelf, Settings(api_keys_file=keys_file)).test_client(use_cookies=False)


@pytest.mark.parametrize(
    "headers",
    [bearer(KEY), {"Authorization": f"bearer  {OTHER} "}, {"X-Api-Key": KEY}, {"X-Api-Key": KEY, "Authorization": "x"}],
)
def test_a_key_lets_in(guarded: FlaskClient, headers: Mapping[str, str]) -> None:
    """A key is shown as a bearer token or in a header of its own, beside which another kind of token may stand."""
    assert guarded.get(PATH, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("headers", "challenge"),
    [
        ({}, "Bearer"),
        ({"Authorization": "Bearer "}, "Bearer"),
        ({"Authorization": f"Basic {KEY}"}, "Bearer"),
        ({"X-Api-Key": ""}, "Bearer"),
        (bearer(KEY[:-1]), 'Bearer error="invalid_token"'),
        (bearer(f"{KEY}x"), 'Bearer error="invalid_token"'),
        (bearer("\u00e9"), 'Bearer error="invalid_token"'),
        ({**bearer("wrong"), "X-Api-Key": KEY}, 'Bearer error="invalid_token"'),
    ],
)
def test_without_a_key_nothing_is_told(guarded: FlaskClient, headers: Mapping[str, str], challenge: str) -> None:
    """Without a key, or with a wrong one, every route is refused alike, and so is a path that leads nowhere."""
    wanted = [route for route in ROUTES if not (route.is_open or route.is_page)]
    asked = [(route.method, route.path.replace("<id>", "pets")) for route in wanted]
    for method, path in [*asked, ("GET", "/nothing"), ("BREW", "/v1/rulesets"), ("OPTIONS", "/v1/rulesets")]:
        response = guarded.open(path, method=method, headers=headers)
        assert problem_of(response)["type"] == "urn:steelyard:problem:unauthorized"
        assert response.headers["WWW-Authenticate"] == challenge
        assert KEY not in response.text


def test_browsers_ask_people_for_a_key(guarded: FlaskClient) -> None:
    """A browser that opens a page is challenged so that it asks for a key as a password, whatever name stands by it."""
    response = guarded.get("/", headers={"Accept": "text/html"})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == (
        'Basic realm="Steelyard: the key as password", charset="UTF-8", Bearer'
    )
    assert "A key is wanted" in response.text
    for path in ("/", "/rulesets/pets", "/downloads/decision.md", PATH):
        assert guarded.get(path, auth=("anybody", KEY)).status_code == 200
        assert guarded.get(path, auth=("anybody", f"{KEY}x")).status_code == 401
    for path in ("/assets/x/page.css", "/healthz"):
        assert guarded.get(path).status_code == 200


def test_the_digest_is_no_key(guarded: FlaskClient) -> None:
    """Whoever reads the file has no key by that."""
    digest = line_of("ci", KEY).split()[1]
    for shown in (digest, digest.partition(":")[2]):
        assert guarded.get(PATH, headers=bearer(shown)).status_code == 401


def test_open_routes(guarded: FlaskClient) -> None:
    """Whether it is alive and ready is told to everybody; what it serves, to those who show a key."""
    for headers in ({}, bearer("wrong")):
        assert guarded.get("/healthz", headers=headers).get_json() == {"status": "ok"}
        assert guarded.get("/readyz", headers=headers).get_json() == {"status": "ready"}
    assert len(guarded.get("/readyz", headers=bearer(KEY)).get_json()["rulesets"]) == 2


def test_the_log_tells_who_asked(guarded: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """The line of a request has the name of the key, and never the key."""
    caplog.set_level(logging.INFO, REQUESTS.name)
    found: list[dict[str, Any]] = []
    handler = logging.Handler()
    handler.emit = lambda record: found.append(record.__dict__["fields"])  # type: ignore[method-assign]
    REQUESTS.addHandler(handler)
    guarded.get(PATH, headers=bearer(KEY))
    guarded.get(PATH, headers=bearer("wrong"))
    REQUESTS.removeHandler(handler)
    assert [(line["status"], line.get("client")) for line in found] == [(200, "ci"), (401, None)]
    assert KEY not in json.dumps(found)


def test_a_file_without_keys_lets_nobody_in(shelf: Shelf, tmp_path: Path) -> None:
    """An empty list of keys is not the same as none."""
    path = tmp_path / "keys.txt"
    path.write_text("# nobody yet\n")
    client = create_app(shelf, Settings(api_keys_file=path)).test_client()
    assert client.get(PATH).status_code == 401
    assert client.get(PATH, headers=bearer(KEY)).status_code == 401


def test_a_blueprint_wants_keys_too(keys_file: Path, tmp_path: Path) -> None:
    """A service in somebody else's application wants keys for its own paths alone."""
    (tmp_path / "tea.yaml").write_text(TEA_YAML)
    app = Flask("host")
    app.add_url_rule("/own", "own", lambda: "the host's own")
    settings = Settings(api_keys_file=keys_file)
    app.register_blueprint(blueprint(rules=[tmp_path / "tea.yaml"], settings=settings), url_prefix="/advice")
    client = app.test_client()
    assert client.get("/own").status_code == 200
    assert problem_of(client.get("/advice/v1/rulesets"))["status"] == 401
    assert client.get("/advice/v1/rulesets", headers=bearer(KEY)).status_code == 200
    assert client.get("/advice/healthz").status_code == 200


def test_several_keys_of_one_name(tmp_path: Path) -> None:
    """Old and new key of a client are both valid, until the line of the old one is deleted."""
    path = tmp_path / "keys.txt"
    path.write_text(f"{line_of('ci', KEY)}\n{line_of('ci', OTHER)}\n")
    keys = read_keys(path)
    assert [keys.holder_of(each) for each in (KEY, OTHER, "x")] == ["ci", "ci", None]


@pytest.mark.parametrize(("days", "holder"), [(-1, None), (0, None), (1, "ci")])
def test_a_key_ends(tmp_path: Path, days: int, holder: str | None) -> None:
    """From its day on, in UTC, a key is no longer valid."""
    path = tmp_path / "keys.txt"
    path.write_text(line_of("ci", KEY, today() + timedelta(days=days)))
    assert read_keys(path).holder_of(KEY) == holder


@given(st.lists(st.tuples(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", fullmatch=True), st.dates()), max_size=5))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str, date]]) -> None:
    """Every line that is made for a key names its holder, and no line tells the key."""
    keys = [new_key() for _ in made]
    text = "\n".join(line_of(name, key, until) for (name, until), key in zip(made, keys, strict=True))
    path = tmp_path_factory.mktemp("keys") / "keys.txt"
    path.write_text(text)
    read = read_keys(path)
    assert [(each.name, each.until) for each in read.entries] == made
    assert not any(key in text for key in keys)


@given(st.text(), st.text())
def test_whatever_is_shown(authorization: str, key: str) -> None:
    """No header of a request is more than a wrong key."""
    shown = key_shown({"HTTP_AUTHORIZATION": authorization, "HTTP_X_API_KEY": key})
    assert shown is None or Keys(()).holder_of(shown) is None


DIGEST = "sha256:" + "0a" * 32


@pytest.mark.parametrize(
    ("line", "code", "column", "message"),
    [
        ("ci", "key/missing", 1, "the digest of the key is missing"),
        (KEY, "key/missing", 1, "the digest of the key is missing"),
        (f"ci {KEY}", "value/wrong-type", 4, "the digest of a key is written `sha256:` and 64 hexadecimal digits"),
        (f"ci {DIGEST}0", "value/wrong-type", 4, "the digest of a key is written `sha256:` and 64 hexadecimal digits"),
        (f"-ci {DIGEST}", "value/bad-id", 1, "this is no name of a key"),
        (f"{KEY}" * 2 + f" {DIGEST}", "value/bad-id", 1, "this is no name of a key"),
        (f"ci {DIGEST} 2026-01-01", "key/unknown", 76, "this means nothing here"),
        (f"ci {DIGEST} until=2026-01-01 x", "key/unknown", 93, "this means nothing here"),
        (
            f"ci {DIGEST} until=2026-02-30",
            "value/bad-date",
            76,
            "`until` is not a day of the calendar written YYYY-MM-DD",
        ),
        (
            f"ci {DIGEST} until=20260101",
            "value/bad-date",
            76,
            "`until` is not a day of the calendar written YYYY-MM-DD",
        ),
        (line_of("again", OTHER), "value/repeated", 7, "the same key stands here twice"),
    ],
)
def test_faulty_lines(tmp_path: Path, line: str, code: str, column: int, message: str) -> None:
    """A faulty line is told with its place and never with its text, which may be a key in the wrong place."""
    path = tmp_path / "keys.txt"
    path.write_text(f"# keys\n{line_of('other', OTHER)}\n{line}\n")
    with pytest.raises(FaultsError) as caught:
        read_keys(path)
    (found,) = caught.value.diagnostics
    told = render_all([found])
    assert told.startswith(f"{path}:3:{column}: error[{code}]: {message}\n")
    assert "•••" in told or line == "ci"
    for part in (KEY, DIGEST, line_of("again", OTHER)):
        assert part not in told


def test_every_fault_is_told(tmp_path: Path) -> None:
    """All faulty lines are told at once, and those of the rulesets with them."""
    (tmp_path / "keys.txt").write_text(f"a\nb c\n{line_of('ci', KEY)}\n- d until=x\n")
    (tmp_path / "tea.yaml").write_text(TEA_YAML.replace("sleep: true", "slep: true"))
    with pytest.raises(FaultsError) as caught:
        Source(rules=(tmp_path / "tea.yaml",), api_keys_file=tmp_path / "keys.txt").load()
    codes = [each.code.value for each in caught.value.diagnostics if each.severity == "error"]
    assert codes == [
        "key/missing",
        "value/wrong-type",
        "value/bad-id",
        "value/wrong-type",
        "value/bad-date",
        "rule/unknown-need",
    ]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that is missing, or no text, is told; of what is in it, nothing is."""
    missing, binary = tmp_path / "missing", tmp_path / "binary"
    binary.write_bytes(KEY.encode() + b"\xff")
    for path, expected in ((missing, "file/not-found"), (tmp_path, "file/unreadable"), (binary, "file/not-utf8")):
        with pytest.raises(FaultsError) as caught:
            read_keys(path)
        told = render_all(caught.value.diagnostics)
        assert f"[{expected}]" in told
        assert KEY not in told


def test_keys_are_exchanged_with_the_rulesets(keys_file: Path, tmp_path: Path) -> None:
    """A sound file of keys replaces the old keys; a faulty one replaces nothing, and its fault is told."""
    tea = tmp_path / "tea.yaml"
    tea.write_text(TEA_YAML)
    keeper = Keeper.of(Source(rules=(tea,), api_keys_file=keys_file))
    client = application(Service(keeper, Settings(api_keys_file=keys_file))).test_client()

    keys_file.write_text(f"{line_of('ci', KEY)}\n{KEY}\n")
    assert keeper.reload().failed
    assert client.get(PATH, headers=bearer(OTHER)).status_code == 200
    ready = client.get("/readyz", headers=bearer(OTHER)).get_json()
    assert [each["code"] for each in ready["reload"]["errors"]] == ["key/missing"]
    assert KEY not in json.dumps(ready)

    keys_file.write_text(line_of("ci", KEY))
    assert not keeper.reload().failed
    assert client.get(PATH, headers=bearer(OTHER)).status_code == 401
    assert client.get(PATH, headers=bearer(KEY)).status_code == 200


def test_a_key_is_revoked_whatever_else_is_faulty(keys_file: Path, tmp_path: Path) -> None:
    """A fault in a ruleset keeps no revoked key valid; what is served stays as it was."""
    tea = tmp_path / "tea.yaml"
    tea.write_text(TEA_YAML)
    keeper = Keeper.of(Source(rules=(tea,), api_keys_file=keys_file))
    before = keeper.loaded.shelf
    tea.write_text("{")
    keys_file.write_text(line_of("ci", KEY))
    assert keeper.reload().failed
    assert keeper.loaded.shelf is before
    assert keeper.loaded.keys == read_keys(keys_file)


def test_a_change_of_the_file_is_seen(shelf: Shelf, keys_file: Path) -> None:
    """The keys of a service over rulesets that no file holds are looked at for changes too."""
    source = Source(shelf=shelf, api_keys_file=keys_file)
    before = source.fingerprint()
    assert source.fingerprint() == before
    keys_file.write_text(line_of("ci", KEY))
    assert source.fingerprint() != before
    assert source.load().shelf is shelf


def status(server: Server, headers: Mapping[str, str], path: str = PATH) -> int:
    """The status of a request on a connection of its own, whose problem, if it is one, is seen to be well formed."""
    client = server.client()
    client.request("GET", path, headers=dict(headers))
    response = client.getresponse()
    body = response.read()
    client.close()
    if response.status >= 400:
        well_formed(response.status, body)
    return response.status


@pytest.mark.xdist_group("server")
class TestServer:
    """A real server that wants keys."""

    def test_a_key_is_revoked_while_it_serves(self, keys_file: Path, tmp_path: Path) -> None:
        """Deleting the line of a key shuts its holder out, in every worker; a faulty file changes nothing."""
        (tmp_path / "tea.yaml").write_text(TEA_YAML)
        options = ("--workers", "2", "--reload-seconds", "0.05")
        with serving(tmp_path, "--rules", tmp_path / "tea.yaml", "--api-keys-file", keys_file, *options) as server:
            assert [status(server, bearer(each)) for each in (KEY, OTHER, "x")] == [200, 200, 401]
            keys_file.write_text(line_of("ci", KEY))
            wait_until(lambda: {status(server, bearer(OTHER)) for _ in range(16)} == {401}, server)
            assert status(server, bearer(KEY)) == 200

            keys_file.write_text(f"{line_of('ci', OTHER)}\n{KEY}\n")
            wait_until(lambda: "key/missing" in server.said(), server)
            assert {status(server, bearer(KEY)) for _ in range(8)} == {200}
            assert {status(server, bearer(OTHER)) for _ in range(8)} == {401}
            assert status(server, {}, "/readyz") == 200

    def test_nothing_secret_is_in_the_log(self, keys_file: Path, tmp_path: Path) -> None:
        """Neither keys nor the password of a decision log are told, whatever happens; the names of keys are."""
        (tmp_path / "tea.yaml").write_text(TEA_YAML)
        password = "open-sesame"  # noqa: S105  of a server that is not there
        address = f"postgresql://asker:{password}@127.0.0.1:1/none"
        options = ("--decision-log", address, "--reload-seconds", "0.05", "--log-requirements")
        with serving(tmp_path, "--rules", tmp_path / "tea.yaml", "--api-keys-file", keys_file, *options) as server:
            for headers in (bearer(KEY), {"X-Api-Key": OTHER}, bearer("wrong-key")):
                status(server, headers)
                status(server, headers, "/nothing")
            ask_for_a_recommendation(server)
            keys_file.write_text(f"ci {KEY}\n")
            wait_until(lambda: "value/wrong-type" in server.said(), server)
        said = server.said()
        for secret in (KEY, OTHER, "wrong-key", password):
            assert secret not in said
        wait_until(lambda: {"ci", "desk"} <= {line.get("client") for line in server.requests()}, server)


def ask_for_a_recommendation(server: Server) -> None:
    """A decision for the log, which cannot be reached."""
    client = server.client()
    headers = {**bearer(KEY), "Content-Type": "application/json"}
    client.request("POST", "/v1/recommendations", json.dumps({"requirements": {"sleep": True}}), headers)
    assert client.getresponse().status == 200
    client.close()
