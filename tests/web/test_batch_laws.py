"""What holds of every batch: each of its requests gets what it would get alone, and nothing of it is lost."""

import collections
import io
import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from steelyard.web import create_app
from steelyard.web.batching import Inflow
from steelyard.web.batching.places import ArrayError, places_of_items
from tests.web.batches import GARDEN, JSON, NDJSON, TEA, alone, documents, post, post_stream
from tests.web.problems import problem_of
from tests.web.rulesets import pets_and_tea
from tests.web.test_anything import JSON_VALUES, NEARLY_REQUESTS

CLIENT: FlaskClient = create_app(pets_and_tea()).test_client(use_cookies=False)


LINES = st.lists(
    st.one_of(
        NEARLY_REQUESTS.map(lambda request: json.dumps(request).encode()),
        JSON_VALUES.map(lambda value: json.dumps(value).encode()),
        st.binary(max_size=30).filter(lambda line: b"\n" not in line),
        st.sampled_from([json.dumps(GARDEN).encode(), json.dumps(TEA).encode(), b"", b"  "]),
    ),
    max_size=6,
)


def expected_of(numbered: list[tuple[int, bytes]]) -> list[Any]:
    """What each request gets alone, the problems with a position."""
    answers = [(position, alone(CLIENT, each)) for position, each in numbered]
    return [{**each, "position": position} if "status" in each else each for position, each in answers]


@given(LINES, st.booleans())
def test_lines_get_what_each_would_get_alone(sent: list[bytes], streamed: bool) -> None:
    """Whatever the lines, and however they come, each gets what it would get alone."""
    body = b"\n".join(sent)
    numbered = [(position, line) for position, line in enumerate(sent, 1) if line.strip(b" \t\r")]
    response = post_stream(CLIENT, io.BytesIO(body)) if streamed else post(CLIENT, body)
    assert documents(response) == expected_of(numbered)


@given(st.lists(NEARLY_REQUESTS | JSON_VALUES, max_size=5), st.sampled_from([None, 1]))
def test_items_get_what_each_would_get_alone(sent: list[Any], indent: int | None) -> None:
    """Whatever the items of an array, and however it is laid out, each gets what it would get alone."""
    body = json.dumps(sent, indent=indent).encode()
    places = iter(places_of_items(body, 100))
    numbered = [
        (position, body[slice(*place)].strip()) for position, place in enumerate(zip(places, places, strict=True), 1)
    ]
    assert documents(post(CLIENT, body, JSON)) == expected_of(numbered)


@given(st.lists(JSON_VALUES, max_size=5), st.sampled_from([None, 0, 2]))
def test_places_of_items(sent: list[Any], indent: int | None) -> None:
    """The places of the items of an array are where each of them stands."""
    text = json.dumps(sent, indent=indent).encode()
    places = iter(places_of_items(text, len(sent)))
    found = [json.loads(text[start:end]) for start, end in zip(places, places, strict=True)]
    assert json.dumps(found) == json.dumps(sent)


@given(st.text('[]{},":\\ 1', max_size=12))
def test_no_array_is_overlooked(text: str) -> None:
    """Every array of JSON is found to be one."""
    try:
        is_array = isinstance(json.loads(text), list)
    except ValueError:
        return
    try:
        places_of_items(text.encode(), 100)
    except ArrayError:
        assert not is_array


@given(st.binary(max_size=200), st.sampled_from([JSON, NDJSON]))
def test_any_bytes(body: bytes, content_type: str) -> None:
    """Any bytes make an answer, or a problem that is not ours."""
    response = post(CLIENT, body, content_type)
    if response.status_code != 200:
        assert problem_of(response)["status"] < 500
    else:
        assert all(each.get("status", 200) < 500 for each in documents(response))


def test_no_room_while_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be kept, while nobody asks for it, is told to whoever asks next, after what could be."""

    def nowhere(*_: Any, **__: Any) -> Any:
        raise FileNotFoundError("a secret place")

    monkeypatch.setattr(tempfile, "TemporaryFile", nowhere)
    asked_for_more = threading.Event()

    def sent() -> Iterator[bytes]:
        yield b"first"
        yield b" " * 2_000_000
        asked_for_more.set()
        yield b"last"

    with closing(Inflow(sent(), 10_000_000)) as inflow:
        blocks = inflow.blocks()
        assert next(blocks) == b"first"
        assert inflow._ended.wait(60)
        with pytest.raises(FileNotFoundError):
            collections.deque(blocks, maxlen=0)
    assert not asked_for_more.is_set()


def test_what_nobody_asks_for_is_read_and_kept() -> None:
    """While nobody asks, all that is sent is read; it comes in its order, however much it is."""
    sent = [bytes([number]) * 70_000 for number in range(40)]
    with closing(Inflow(iter(sent), 10_000_000)) as inflow:
        blocks = inflow.blocks()
        first = next(blocks)
        assert inflow._ended.wait(60)
        assert first + b"".join(blocks) == b"".join(sent)
