"""A live service that wants keys and keeps decisions, and its description."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from steelyard.web.guarding.keys import line_of, new_key
from tests.web.serving import HOST, serving


@dataclass(frozen=True)
class Described:
    """Where the service is, a key to it, and the file of its description."""

    url: str
    key: str
    description: Path


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Described]:
    """The service."""
    folder = tmp_path_factory.mktemp("served")
    key = new_key()
    keys = folder / "keys.txt"
    keys.write_text(line_of("tests", key) + "\n", encoding="utf-8")
    log = f"sqlite:///{folder / 'decisions.db'}"
    with serving(folder, "--api-keys-file", keys, "--decision-log", log) as server:
        description = folder / "openapi.json"
        with closing(server.client()) as client:
            client.request("GET", "/openapi.json", headers={"Authorization": f"Bearer {key}"})
            description.write_bytes(client.getresponse().read())
        assert json.loads(description.read_text(encoding="utf-8"))["openapi"] == "3.1.0"
        yield Described(f"http://{HOST}:{server.port}", key, description)
