"""A request that is read at once is read as the thorough readers read it; whatever is odd is left to them."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.library import check_data
from steelyard.model import Request
from steelyard.reader import PlainText
from steelyard.requirements import RequestError, RequestReader
from tests.property.conditions import Chooser, Data
from tests.property.strategies import request_to, ruleset

TODAY = date(2026, 11, 25)


class Text(str):
    """A text of another type."""

    __slots__ = ()


class Number(IntEnum):
    """Whole numbers of another type."""

    ZERO = 0
    ONE = 1


class Mapping(dict[Any, Any]):
    """A mapping of another type."""


ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, 2, -1, 10**15, 10**15 + 1, 10**60, Number.ZERO, Number.ONE),
    *(0.0, -0.0, 1.0, 2.5, 1e15, 1e16, 5e-324, float("nan"), float("inf"), Decimal(1), Decimal("0.25"), 1j),
    *("", "no", "web", "1", "true", "must", "value", PlainText("no"), PlainText("1"), PlainText("~"), Text("web")),
    *(b"web", date(2020, 2, 29), datetime(2020, 2, 29, 1, 1), "2020-02-29", "2020-2-29", "20200229", "2020-W09-6"),  # noqa: DTZ001
    *([], [None], ["web", "web"], ["web", Text("web")], [PlainText("no")], ["no", "web"], ("no", "web"), {"web"}),
    *({}, {"value": True}, {"value": 1, "importance": "must"}, {"value": ["no"], "importance": ["must"]}),
    *({"importance": "must"}, {"value": "web", "importance": Text("must")}, Mapping(value=True), {"value": {}}, {1: 2}),
    *({"value": True, "importance": None}, {"value": True, "weight": 1}, {"value": {"value": True}}),
)

WHOLE: dict[str, tuple[Any, ...]] = {
    "ruleset": ("deep-learning", "", " a  b ", None, Text("x"), "\x00"),
    "stack": ("deep-learning", None),
    "as_of": ("2020-02-29", "2021-02-29", PlainText("2020-02-29"), Text("2020-02-29"), TODAY, None, 2020, "2020-W09-6"),
    "candidates": ([], None, "tensorflow", ["tensorflow"], ("no", "7"), {"no"}, ["no", "no"], [Text("no")], ["7", 7]),
    "explain": ([], ["questions"], ["questions", "rules"], ["rules", "rules"], "rules", None, [Text("changes")]),
    "compare": (["tensorflow", "no"], ["no"], None),
    "requirements": (None, [], {}, Mapping(), "no"),
    "wieght": (1,),
    "": (None,),
}


def outcome(read: Callable[[Any, date], Request | None], data: Any) -> Any:
    """What was read, its answers in their order and with the types of their values; or that it was refused."""
    try:
        request = read(data, TODAY)
    except RequestError:
        return "refused"
    if request is None:
        return None
    answers = [(need, each, type(each.value)) for need, each in request.requirements.items()]
    texts = {type(part) for each in request.requirements.values() for part in _parts(each.value)}
    named = [type(each) for each in request.candidates or ()]
    return request, answers, texts, named, type(request.as_of), {type(each) for each in request.explain}


def _parts(value: Any) -> Any:
    return value if isinstance(value, frozenset) else (value,)


def agree(reader: RequestReader, data: Any) -> bool:
    """Holds the quick way against the thorough one, and tells whether it was taken."""
    at_once = outcome(reader._read_at_once, data)
    if at_once is not None:
        assert at_once == outcome(reader._read_thoroughly, data)
    assert outcome(reader.read, data) == outcome(reader._read_thoroughly, data)
    return at_once is not None


def spoilt(data: st.DataObject, request: Data) -> Any:
    """The request with one thing in it, or two, replaced by something odd."""
    request = {**request, "requirements": dict(request["requirements"])}
    for _ in range(data.draw(st.integers(1, 2))):
        if data.draw(st.booleans()) and isinstance(request["requirements"], dict):
            need = data.draw(st.sampled_from([*request["requirements"], "nothing", PlainText("a"), 2020]))
            request["requirements"][need] = data.draw(st.sampled_from(ODD))
        else:
            key = data.draw(st.sampled_from(list(WHOLE)))
            request[key] = data.draw(st.sampled_from(WHOLE[key]))
    return data.draw(st.sampled_from([request, request, request, Mapping(request)]))


@st.composite
def asked(draw: st.DrawFn) -> tuple[RequestReader, Data]:
    """A reader of requests to some ruleset, and a sound request."""
    chooser = Chooser(draw)
    document = ruleset(chooser)
    return RequestReader.of(check_data(document).required()), request_to(chooser, document)


@given(st.data())
def test_both_ways_agree(data: st.DataObject) -> None:
    """Sound, nearly sound and odd requests are read alike, and what is sound is read at once."""
    reader, request = data.draw(asked())
    assert agree(reader, request)
    agree(reader, spoilt(data, request))


@given(st.sampled_from(ODD), asked())
def test_odd_data(odd: Any, sound: tuple[RequestReader, Data]) -> None:
    """Data that is no request at all is left to the thorough readers."""
    reader, _ = sound
    assert not agree(reader, odd)


def test_needs_that_are_broken() -> None:
    """Where a need is broken, so that answers to it are passed over, nothing is read at once."""
    reader = RequestReader({}, {}, broken=frozenset(("size",)))
    assert not agree(reader, {"requirements": {"size": 3}})
    assert reader.read({"requirements": {"size": 3}}, TODAY).requirements == {}


def test_every_way_is_met() -> None:
    """Of the spoilt requests, some are refused, some are read thoroughly, and some are still read at once."""
    met: Counter[str] = Counter()

    @settings(max_examples=600, derandomize=True, database=None)
    @given(st.data())
    def look(data: st.DataObject) -> None:
        reader, sound = data.draw(asked())
        request = spoilt(data, sound)
        is_refused = outcome(reader._read_thoroughly, request) == "refused"
        met["at once" if agree(reader, request) else "refused" if is_refused else "thoroughly"] += 1

    look()
    assert all(met[way] for way in ("at once", "refused", "thoroughly"))
