"""Many requests in one body: each is answered as it would be alone."""

import io
import json
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from steelyard.web import Settings, Shelf, create_app
from steelyard.web.keeping import Keeper, Source
from steelyard.web.mounting import application
from steelyard.web.observing import REQUESTS
from steelyard.web.reading import json_in
from steelyard.web.service import Service
from tests.web.batches import (
    GARDEN,
    JSON,
    LINES_OF_JSON,
    NDJSON,
    PATH,
    SINGLE,
    TEA,
    UNKNOWN_NEED,
    UNKNOWN_RULESET,
    alone,
    as_lines,
    documents,
    post,
    post_stream,
    problem_in,
)
from tests.web.problems import problem_of
from tests.web.rulesets import TEA_YAML, pets_and_tea
from tests.web.test_observing import metrics_of


def test_an_array(client: FlaskClient) -> None:
    """An array is answered by an array, in the same order, of the bytes that each request gets alone."""
    response = client.post(PATH, json=[GARDEN, TEA])
    assert response.content_type == JSON
    first, second = (client.post(SINGLE, json=each).data.removesuffix(b"\n") for each in (GARDEN, TEA))
    assert response.data == b"[" + first + b",\n" + second + b"]\n"


@pytest.mark.parametrize("content_type", [*LINES_OF_JSON, f"{NDJSON}; charset=utf-8"])
def test_lines(client: FlaskClient, content_type: str) -> None:
    """Lines are answered by lines, whatever their type is called, with or without an end of the last of them."""
    expected = b"".join(client.post(SINGLE, json=each).data for each in (GARDEN, TEA))
    for body in (as_lines(GARDEN, TEA), as_lines(GARDEN, TEA).removesuffix(b"\n")):
        response = post(client, body, content_type)
        assert response.content_type == NDJSON
        assert response.data == expected


@pytest.mark.parametrize("sent", [JSON, NDJSON])
@pytest.mark.parametrize(
    ("accept", "form"),
    [
        *((name, name) for name in (JSON, *LINES_OF_JSON)),
        (f"{JSON};q=0.5, {NDJSON}", NDJSON),
        (f"{JSON}, {NDJSON};q=0.5", JSON),
    ],
)
def test_the_client_chooses_the_form(client: FlaskClient, sent: str, accept: str, form: str) -> None:
    """Accept chooses the form of the answer, whatever the form of the requests."""
    body = json.dumps([GARDEN, UNKNOWN_NEED]).encode() if sent == JSON else as_lines(GARDEN, UNKNOWN_NEED)
    response = post(client, body, sent, Accept=accept)
    assert (response.content_type, response.headers["Vary"]) == (form, "Accept")
    assert documents(response) == documents(post(client, body, sent))


@pytest.mark.parametrize(("sent", "form"), [(JSON, JSON), (NDJSON, NDJSON)])
@pytest.mark.parametrize("accept", ["*/*", "application/*", ""])
def test_whoever_does_not_care_gets_what_it_sent(client: FlaskClient, sent: str, form: str, accept: str) -> None:
    """Where any form will do, the answer has that of the requests."""
    body = b"[]" if sent == JSON else b""
    assert post(client, body, sent, Accept=accept).content_type == form


@pytest.mark.parametrize("accept", ["text/markdown", "image/svg+xml", "application/json;q=0"])
def test_forms_that_it_has_not(client: FlaskClient, accept: str) -> None:
    """A client that takes neither form is refused, whatever it sends."""
    assert problem_of(post(client, b"nonsense", NDJSON, Accept=accept))["status"] == 406


@pytest.mark.parametrize("content_type", ["", "text/plain", "text/csv", f"{NDJSON}; charset=latin-1"])
def test_other_types(client: FlaskClient, content_type: str) -> None:
    """A body of another type is refused, and the client told what to send."""
    problem = problem_of(client.post(PATH, data=b"[]", headers={"Content-Type": content_type} if content_type else {}))
    assert problem["status"] == 415
    assert "Send" in problem["detail"]


@pytest.mark.parametrize("content_type", [JSON, NDJSON])
def test_a_packed_body(client: FlaskClient, content_type: str) -> None:
    """A body that is packed is refused."""
    response = post(client, b"[]", content_type, **{"Content-Encoding": "gzip"})
    assert problem_of(response)["status"] == 415


BAD_LINES = {
    "no JSON": b"{",
    "no UTF-8": b'{"requirements": {"home": "\xff"}}',
    "a key twice": b'{"requirements": {}, "requirements": {}}',
    "too deep": b"[" * 1000,
    "no request": b"3",
    "an unknown need": json.dumps(UNKNOWN_NEED).encode(),
    "an unknown ruleset": json.dumps(UNKNOWN_RULESET).encode(),
    "several faults": b'{"requirements": {"gardn": true, "hom": 3}, "as_of": "soon"}',
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line(client: FlaskClient, line: bytes) -> None:
    """A bad line is the problem that it would be alone, with the number of the line, and ends nothing."""
    first, second, third = documents(post(client, as_lines(GARDEN, b" \t", line, b"", TEA)))
    assert first == alone(client, json.dumps(GARDEN).encode())
    assert second["position"] == 3
    assert problem_in(second) == alone(client, line)
    assert third == alone(client, json.dumps(TEA).encode())


@pytest.mark.parametrize("item", [each for name, each in BAD_LINES.items() if name not in ("no JSON", "too deep")])
def test_a_bad_item_of_an_array(client: FlaskClient, item: bytes) -> None:
    """A bad item of an array is the problem that it would be alone, with its place in the array."""
    body = b" [" + json.dumps(GARDEN).encode() + b" , " + item + b"\r\n]\t"
    _, second = documents(post(client, body, JSON))
    assert second["position"] == 2
    assert problem_in(second) == alone(client, item)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        *((body, 400) for body in (b"", b"[", b"[1", b"[1,]", b"[,1]", b"[1}", b"[] 1", b"nil", b'["', b"[1,\n, 2]")),
        *((body, 422) for body in (b"{}", b"null", b'"x"', b'{"requirements": {}}')),
    ],
)
def test_what_is_no_array(client: FlaskClient, body: bytes, status: int) -> None:
    """A body that is no JSON is refused as a whole; one that is, and no array, is told what was expected."""
    problem = problem_of(post(client, body, JSON))
    assert problem["status"] == status
    if status == 422:
        assert problem["detail"].startswith("Expected an array of requests, got ")


def test_nothing_at_all(client: FlaskClient) -> None:
    """No requests, no answers."""
    assert post(client, b"[]", JSON).data == b"[]\n"
    assert post(client, b" [ \n ]", JSON).data == b"[]\n"
    assert post(client, b"").data == b""
    assert post(client, b"\n \r\n", Accept=JSON).data == b"[]\n"


def limited(**limits: Any) -> FlaskClient:
    """A client of a service with limits."""
    return create_app(pets_and_tea(), Settings(**limits)).test_client(use_cookies=False)


def test_a_large_item() -> None:
    """An item that is larger than a request may be is a problem in its place."""
    client = limited(max_body_bytes=1024)
    for large in (1024, 1025, 500_000):
        line = json.dumps(GARDEN).encode().ljust(large)
        for response in (post(client, as_lines(line, GARDEN)), post(client, b'["' + b"x" * (large - 2) + b'"]', JSON)):
            first = documents(response)[0]
            assert (first.get("status") == 413) == (large > 1024)
            if large > 1024:
                assert problem_in(first)["detail"] == "The request is larger than 1,024 bytes."
                assert first["position"] == 1
    assert documents(post(client, as_lines(b"x" * 500_000, GARDEN)))[1]["outcome"] == "recommended"


def test_too_many_items() -> None:
    """An array of too many is refused; lines are answered up to the limit, and then told that they are too many."""
    client = limited(max_batch_items=2)
    assert len(documents(client.post(PATH, json=[GARDEN, TEA]))) == 2
    assert problem_of(client.post(PATH, json=[GARDEN, TEA, GARDEN]))["detail"] == "The batch has more than 2 requests."
    assert len(documents(post(client, as_lines(GARDEN, TEA, b"")))) == 2
    for accept in (NDJSON, JSON):
        *answers, last = documents(post(client, as_lines(GARDEN, b"", TEA, GARDEN, GARDEN), Accept=accept))
        assert len(answers) == 2
        assert last["position"] == 4
        assert problem_in(last)["detail"] == "The batch has more than 2 requests. It is cut off here."
        assert last["status"] == 422


@pytest.mark.parametrize("content_type", [JSON, NDJSON])
def test_too_many_bytes_announced(content_type: str) -> None:
    """A batch that is announced to be too large is refused before it is read."""
    client = limited(max_batch_bytes=2000)
    problem = problem_of(post(client, b" " * 2001, content_type))
    assert (problem["status"], problem["detail"]) == (413, "The body is larger than 2,000 bytes.")
    assert post(client, b"[]".ljust(2000), JSON).status_code == 200


def test_too_many_bytes_in_a_stream() -> None:
    """Of a body of unknown length, an array is refused, and lines are answered as far as they came whole."""
    line = as_lines(GARDEN)
    client = limited(max_batch_bytes=len(line) * 2 + 5)
    body = line * 2 + line.rjust(1_000_000)
    response = post_stream(client, io.BytesIO(body))
    *answers, last = documents(response)
    assert len(answers) == 2
    assert (last["status"], last["position"]) == (413, 3)
    assert problem_in(last)["detail"].endswith(" bytes. It is cut off here.")
    refused = post_stream(client, io.BytesIO(b" " * 1000 + b"[]"), JSON)
    assert problem_of(refused)["status"] == 413


def test_larger_than_is_held_in_memory(client: FlaskClient) -> None:
    """What is too much for memory is answered all the same, in both forms."""
    line = json.dumps(GARDEN).encode()
    padded = line.ljust(300_000)
    expected = alone(client, line)
    for response in (
        post(client, as_lines(*[padded] * 8)),
        post(client, b"[" + b",".join([padded] * 8) + b"]", JSON),
    ):
        assert documents(response) == [expected] * 8


def logged(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """The lines about requests."""
    return [record.__dict__["fields"] for record in caplog.records if record.name == REQUESTS.name]


class _ToldError(Exception):
    """Says something that nobody outside should read."""


def test_a_fault_of_ours(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A failure in one answer is a problem in its place that tells an id and nothing else; the log has the rest."""

    def failing(content: bytes) -> Any:
        if content == b"fail":
            raise _ToldError("a secret")
        return json_in(content)

    monkeypatch.setattr("steelyard.web.batching.answering.json_in", failing)
    response = post(client, as_lines(GARDEN, b"fail", TEA), **{"X-Request-Id": "mine"})
    first, second, third = documents(response)
    assert "outcome" in first
    assert "outcome" in third
    assert (second["status"], second["position"]) == (500, 2)
    assert problem_in(second)["instance"] == "urn:steelyard:request:mine"
    assert "secret" not in response.text
    assert "urn:steelyard:request:mine" in caplog.text
    assert "a secret" in caplog.text


def test_no_room_for_what_comes(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Without a folder for temporary files, an array that needs one is a failure, and a small one is answered."""

    def nowhere(*_: Any, **__: Any) -> Any:
        raise FileNotFoundError("a secret place")

    monkeypatch.setattr(tempfile, "TemporaryFile", nowhere)
    assert problem_of(post(client, b"[" + b" " * 3_000_000 + b"]", JSON))["status"] == 500
    assert "a secret place" in caplog.text
    assert len(documents(client.post(PATH, json=[GARDEN]))) == 1


def test_a_line_in_the_log(client: FlaskClient, shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    """The log has one line for a batch: how many requests there were, and how many problems."""
    caplog.set_level(logging.INFO, REQUESTS.name)
    for response in (
        post(client, as_lines(GARDEN, b"x", TEA)),
        post(client, json.dumps([GARDEN, 1, 2]).encode(), JSON),
    ):
        ruleset = response.headers["Steelyard-Ruleset"]
        assert ruleset.startswith("pets;")
        assert response.data
        response.close()
    found = [(each["route"], each["status"], each["requests"], each["problems"]) for each in logged(caplog)]
    assert found == [(PATH, 200, 3, 1), (PATH, 200, 3, 2)]
    assert [each["ruleset"] for each in logged(caplog)] == [None, None]
    assert all("outcome" not in each for each in logged(caplog))
    assert shelf.default.id == "pets"


def test_a_client_that_goes_away(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """When nobody fetches the rest of an answer, the batch ends there, and the log tells how far it came."""
    caplog.set_level(logging.INFO, REQUESTS.name)
    response = client.post(PATH, data=as_lines(*[GARDEN] * 100), content_type=NDJSON, buffered=False)
    fetched = iter(response.response)
    next(fetched)
    response.close()
    (line,) = logged(caplog)
    assert 0 < line["requests"] < 100


def test_each_answer_is_counted(shelf: Shelf) -> None:
    """The metrics count every recommendation of a batch, and the batch as one request."""
    client = create_app(shelf).test_client()
    response = post(client, as_lines(GARDEN, TEA, GARDEN, b"x"))
    assert len(documents(response)) == 4
    response.close()
    found = metrics_of(client.get("/metrics").text)
    assert found[f'steelyard_requests_total{{method="POST",route="{PATH}",status="200"}}'] == 1
    assert found['steelyard_outcomes_total{outcome="recommended",ruleset="pets"}'] == 2


class Reloading(io.BytesIO):
    """A body during which the rulesets change."""

    def __init__(self, body: bytes, change: Callable[[], object]) -> None:
        super().__init__(body)
        self._change = change

    def read(self, size: int | None = -1) -> bytes:
        """As of a file."""
        self._change()
        return super().read(size)


def test_one_batch_one_ruleset(tmp_path: Path) -> None:
    """A batch is answered from what was served when it began, though something else is loaded meanwhile."""
    path = tmp_path / "tea.yaml"
    path.write_text(TEA_YAML)
    keeper = Keeper.of(Source(rules=(tmp_path,)))
    client = application(Service(keeper, Settings(reload_seconds=0))).test_client()
    before = keeper.loaded.shelf.default.digest

    def change() -> None:
        path.write_text(TEA_YAML.replace("sleep: true", "sleep: false"))
        keeper.reload()

    stream = Reloading(as_lines({"requirements": {}}, {"requirements": {}}), change)
    digests = {each["ruleset"]["digest"] for each in documents(post_stream(client, stream))}
    assert digests == {before}
    assert keeper.loaded.shelf.default.digest != before


def test_the_log_is_quiet(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """Problems of the client's making are no news."""
    caplog.set_level(logging.INFO, "steelyard.web")
    assert post(client, as_lines(b"x", UNKNOWN_NEED)).data
    assert not caplog.records
