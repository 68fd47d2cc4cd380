"""Rulesets that are replaced while they are served."""

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from steelyard.api import Ruleset
from steelyard.library import RulesetError
from steelyard.web.keeping import Keeper, Loaded, Shelf, Source
from steelyard.web.mounting import application
from steelyard.web.service import Service
from steelyard.web.settings import Settings
from tests.web.rulesets import FAULTY_YAML, NEWER_YAML, TEA_YAML
from tests.web.serving import Server, serving, wait_until

FAULT = "unknown need `slep`"
REQUEST = json.dumps({"requirements": {"sleep": True}, "as_of": "2026-01-01"})
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    """The file of a ruleset, in a folder of its own."""
    folder = tmp_path / "rules" / "tea"
    folder.mkdir(parents=True)
    path = folder / "tea.yaml"
    path.write_text(TEA_YAML)
    return path


def add_another(folder: Path) -> None:
    """Adds a ruleset to a folder of them."""
    (folder / "other").mkdir()
    (folder / "other" / "other.yaml").write_text(TEA_YAML.replace("id: tea", "id: other"))


def version_of(keeper: Keeper) -> str:
    """The version of the ruleset that is served."""
    return keeper.loaded.shelf.default.version


def test_what_is_sound_replaces_everything(tea: Path) -> None:
    """What is in the files is served once it was loaded anew; what was taken before stays as it was."""
    keeper = Keeper.of(Source(rules=(tea.parent.parent,)))
    before = keeper.loaded
    tea.write_text(NEWER_YAML)

    latest = keeper.reload()

    assert (latest.failed, latest.faults, version_of(keeper)) == (False, (), "2")
    assert before.shelf.default.version == "1"
    assert keeper.loaded.at >= before.at


def test_what_is_faulty_replaces_nothing(tea: Path) -> None:
    """With a fault in any file, all that was loaded before stays, and the fault is kept with its place."""
    keeper = Keeper.of(Source(rules=(tea.parent.parent,)))
    before = keeper.loaded
    add_another(tea.parent.parent)
    tea.write_text(FAULTY_YAML)

    latest = keeper.reload()

    assert latest.failed
    assert [each.message for each in latest.faults] == [FAULT]
    assert keeper.loaded is before


def test_faults_are_forgotten_once_they_are_mended(tea: Path) -> None:
    """After a faulty state, the next sound one is served."""
    keeper = Keeper.of(Source(rules=(tea.parent.parent,)))
    tea.write_text(FAULTY_YAML)
    keeper.reload()
    tea.write_text(NEWER_YAML)

    assert not keeper.reload().failed
    assert version_of(keeper) == "2"


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"\xff\xfe\x00")])
def test_files_that_cannot_be_read_replace_nothing(tea: Path, spoil: Callable[[Path], object]) -> None:
    """A file that is gone, or is no text, is a fault like any other."""
    keeper = Keeper.of(Source(rules=(tea,)))
    spoil(tea)

    assert keeper.reload().failed
    assert version_of(keeper) == "1"


def test_a_fault_of_ours_replaces_nothing(
    tea: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong while loading, what is served goes on being served, and the log has the rest."""

    def fail(_source: Source) -> Loaded:
        raise RuntimeError("inside")

    keeper = Keeper.of(Source(rules=(tea,)))
    monkeypatch.setattr(Source, "load", fail)

    latest = keeper.reload()

    assert (latest.failed, list(latest.faults), version_of(keeper)) == (True, [], "1")
    assert "RuntimeError: inside" in caplog.text


def test_nothing_starts_with_a_fault(tea: Path) -> None:
    """At the start there is nothing sound to fall back on."""
    tea.write_text(FAULTY_YAML)
    with pytest.raises(RulesetError):
        Keeper.of(Source(rules=(tea,)))


def test_what_came_from_no_file_stays() -> None:
    """Rulesets that a program handed over are not loaded again."""
    loaded = Loaded(shelf=Shelf.holding(Ruleset.from_yaml(TEA_YAML)))
    keeper = Keeper(loaded)
    keeper.watch(0.001)

    assert not keeper.reload().failed
    assert keeper.loaded is loaded


def test_a_change_is_seen(tea: Path) -> None:
    """A change of a file is loaded without being asked to, once, and so is a file that is added."""
    keeper = Keeper.of(Source(rules=(tea.parent.parent,)))
    loaded = threading.Event()
    keeper.tell(loaded.set)
    keeper.watch(0.01)
    keeper.watch(0.01)
    tea.write_text(NEWER_YAML)
    assert loaded.wait(60)
    assert version_of(keeper) == "2"

    loaded.clear()
    add_another(tea.parent.parent)
    assert loaded.wait(60)
    assert set(keeper.loaded.shelf.rulesets) == {"tea", "other"}


def test_a_change_while_it_was_loaded_is_seen(tea: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What changes between the look at the files and their reading is loaded again."""
    load = Source.load

    def slowly(source: Source) -> Loaded:
        loaded = load(source)
        tea.write_text(NEWER_YAML)
        return loaded

    with monkeypatch.context() as patched:
        patched.setattr(Source, "load", slowly)
        keeper = Keeper.of(Source(rules=(tea,)))
    assert version_of(keeper) == "1"
    loaded = threading.Event()
    keeper.tell(loaded.set)
    keeper.watch(0.01)
    assert loaded.wait(60)
    assert version_of(keeper) == "2"


def test_a_folder_exchanged_by_a_link_is_seen(tea: Path, tmp_path: Path) -> None:
    """Kubernetes mounts a link to a folder, and exchanges the link."""
    newer = tmp_path / "newer"
    newer.mkdir()
    (newer / "tea.yaml").write_text(NEWER_YAML)
    link = tmp_path / "mounted"
    link.symlink_to(tea.parent)
    source = Source(rules=(link,))
    before = source.fingerprint()
    assert source.fingerprint() == before

    (tmp_path / "next").symlink_to(newer)
    (tmp_path / "next").rename(link)

    assert source.fingerprint() != before
    assert source.load().shelf.default.version == "2"


def test_an_heir_holds_the_same_and_goes_its_own_way(tea: Path) -> None:
    """What a forked process inherits is served at once, and kept up to date by itself."""
    keeper = Keeper.of(Source(rules=(tea,)))
    tea.write_text(FAULTY_YAML)
    keeper.reload()

    heir = keeper.heir()
    assert (heir.loaded, heir.latest) == (keeper.loaded, keeper.latest)

    tea.write_text(NEWER_YAML)
    heir.reload()
    assert (version_of(heir), version_of(keeper)) == ("2", "1")


def test_a_failed_reload_is_told(tea: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Readiness tells the fault with its place, a metric counts it, the log shows it; and all is well after mending."""
    keeper = Keeper.of(Source(rules=(tea,)))
    client = application(Service(keeper, Settings())).test_client()
    tea.write_text(FAULTY_YAML)
    keeper.reload()

    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["status"]) == (200, "ready")
    assert ready.get_json()["reload"]["status"] == "failed"
    (error,) = ready.get_json()["reload"]["errors"]
    assert (error["code"], error["detail"]) == ("rule/unknown-need", FAULT)
    assert "steelyard_reload_failing 1.0" in client.get("/metrics").text
    assert 'steelyard_reloads_total{result="failed"} 1.0' in client.get("/metrics").text
    assert "tea.yaml:9:12: error[rule/unknown-need]" in caplog.text

    tea.write_text(NEWER_YAML)
    keeper.reload()
    assert client.get("/readyz").get_json()["reload"] == {
        "status": "ok",
        "at": keeper.latest.at.isoformat(timespec="seconds"),
        "errors": [],
    }
    assert "steelyard_reload_failing 0.0" in client.get("/metrics").text


def test_a_request_goes_on_with_what_it_began_with(tea: Path) -> None:
    """A request in flight is answered wholly from what was served when it came."""
    keeper = Keeper.of(Source(rules=(tea,)))
    app = application(Service(keeper, Settings()))

    class Slow:
        """A body during which the rulesets are replaced."""

        def __init__(self) -> None:
            self._parts = [REQUEST.encode()]

        def read(self, _size: int = -1) -> bytes:
            tea.write_text(NEWER_YAML)
            keeper.reload()
            return self._parts.pop() if self._parts else b""

    environ = {"wsgi.input": Slow(), "wsgi.input_terminated": True, "CONTENT_TYPE": "application/json"}
    response = app.test_client().post("/v1/recommendations", environ_overrides=environ)

    assert response.get_json()["ruleset"]["version"] == "1"
    assert 'version="1"' in response.headers["Steelyard-Ruleset"]
    assert version_of(keeper) == "2"


def versions(server: Server) -> set[str]:
    """The versions that the workers serve, as far as a number of new connections reach them."""
    found = set()
    for _ in range(16):
        client = server.client()
        client.request("GET", "/v1/rulesets/tea")
        found.add(json.loads(client.getresponse().read())["version"])
        client.close()
    return found


@pytest.mark.xdist_group("server")
class TestServer:
    """A real server with two workers."""

    def test_every_worker_sees_a_change(self, tea: Path, tmp_path: Path) -> None:
        """A change of a file reaches every worker."""
        with serving(tmp_path, "--rules", tea, "--workers", "2", "--reload-seconds", "0.05") as server:
            assert versions(server) == {"1"}
            tea.write_text(NEWER_YAML)
            wait_until(lambda: versions(server) == {"2"}, server)
            wait_until(lambda: server.messages().count("Loaded anew: tea 2") == 2, server)

    def test_a_signal_reloads_every_worker(self, tea: Path, tmp_path: Path) -> None:
        """SIGHUP to the main process loads anew in every worker, also where nobody looks for changes."""
        with serving(tmp_path, "--rules", tea, "--workers", "2", "--reload-seconds", "0") as server:
            tea.write_text(NEWER_YAML)
            server.signal(signal.SIGHUP)
            wait_until(lambda: versions(server) == {"2"}, server)
            tea.write_text(TEA_YAML)
            server.signal(signal.SIGHUP)
            wait_until(lambda: versions(server) == {"1"}, server)

    def test_a_new_worker_serves_what_was_sound_last(self, tea: Path, tmp_path: Path) -> None:
        """A worker that takes the place of a killed one answers, though the files are faulty by then."""
        with serving(tmp_path, "--rules", tea, "--reload-seconds", "0") as server:
            tea.write_text(NEWER_YAML)
            server.signal(signal.SIGHUP)
            wait_until(lambda: versions(server) == {"2"}, server)
            tea.write_text(FAULTY_YAML)
            server.signal(signal.SIGHUP)
            wait_until(lambda: any(FAULT in each for each in server.messages()), server)
            (worker,) = server.workers()
            subprocess.run(["kill", "-KILL", str(worker)], check=True)
            wait_until(lambda: server.workers() not in ([], [worker]), server)
            wait_until(server.listens, server)
            assert versions(server) == {"2"}
            assert reload_told(server)["status"] == "failed"
            os.kill(server.process.pid, 0)


def reload_told(server: Server) -> dict[str, Any]:
    """What readiness tells of the latest try."""
    client = server.client()
    client.request("GET", "/readyz")
    told: dict[str, Any] = json.loads(client.getresponse().read())["reload"]
    client.close()
    return told
