"""The decision log: what is kept, in which kinds of logs, and how it is found again."""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.decisions import DecisionLogError, DecisionRecord, open_decision_log, read_decisions, record_of
from steelyard.decisions.address import store_at
from steelyard.model import Importance, Request, Requirement
from steelyard.requirements import RequestReader
from tests.dated import pets
from tests.decisions import OF_A_STACK, TIME, record

DAY = date(2025, 2, 1)


def asked(**requirements: Any) -> Request:
    """A request to the pets."""
    return RequestReader.of(pets().model).read({"requirements": requirements, "explain": ["questions"]}, DAY)


def written(address: str, *records: DecisionRecord) -> None:
    """Writes the records."""
    log = open_decision_log(address)
    for each in records:
        log.record(each)
    log.close()
    assert (log.written, log.lost, log.last_failure) == (len(records), 0, None)


def test_what_is_kept() -> None:
    """A record says what was asked of which ruleset, what came of it, when, and how long it took."""
    ruleset = pets()
    request = asked(allergies=["hay", "fur"], garden={"value": True, "importance": "must"})
    made = record_of(
        ruleset, request, id="x", outcome="recommended", recommended="dog", seconds=0.0012345, request_id="r"
    )
    assert (made.id, made.asked, made.version, made.digest) == ("x", "pets", "1", ruleset.digest)
    assert (made.as_of, made.candidates, made.outcome, made.recommended) == (DAY, None, "recommended", "dog")
    assert made.requirements == {
        "garden": {"value": True, "importance": "must"},
        "allergies": {"value": ["fur", "hay"], "importance": "should"},
    }
    assert (made.duration_ms, made.request_id, made.masked) == (1.234, "r", ())
    assert abs(datetime.now(UTC) - made.time) < timedelta(minutes=1)


def test_an_identity_is_enough() -> None:
    """Whoever has no ruleset at hand, but an answer, gives the identity in it."""
    answer = pets().recommend({"garden": True}, as_of=DAY)
    made = record_of(
        answer.ruleset, asked(garden=True), id=answer.id, outcome="tied", recommended=None, seconds=1, request_id="r"
    )
    assert made.digest == pets().digest


def test_masked_needs() -> None:
    """Of a masked need, the name is kept and nothing else."""
    made = record_of(
        pets(),
        asked(allergies=["fur"], garden=True),
        id="x",
        outcome="undecided",
        recommended=None,
        seconds=1,
        request_id="r",
        masked={"allergies", "pool"},
    )
    assert (list(made.requirements), made.masked) == (["garden"], ("allergies",))
    assert "fur" not in json.dumps(made.to_dict())


ANSWERS = st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5)
RECORDS = st.builds(
    record,
    id=st.text(min_size=1, max_size=8),
    time=st.datetimes(timezones=st.just(UTC)),
    as_of=st.dates(),
    requirements=st.dictionaries(
        st.text(max_size=5),
        st.fixed_dictionaries({"value": ANSWERS, "importance": st.sampled_from(list(Importance))}),
        max_size=3,
    ),
    candidates=st.none() | st.lists(st.text(max_size=4), max_size=3).map(tuple),
    recommended=st.none() | st.text(max_size=4),
    masked=st.lists(st.text(max_size=4), max_size=2).map(tuple),
)


@given(RECORDS)
def test_a_record_as_json(made: DecisionRecord) -> None:
    """What is written is what is read, whatever texts it holds."""
    assert DecisionRecord.from_dict(json.loads(json.dumps(made.to_dict()))) == made


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        "text",
        {**record().to_dict(), "id": 1},
        {**record().to_dict(), "time": "noon"},
        {**record().to_dict(), "time": None},
        {**record().to_dict(), "ruleset": []},
        {**record().to_dict(), "as_of": "2026-13-01"},
        {**record().to_dict(), "requirements": {"garden": True}},
        {**record().to_dict(), "candidates": [1]},
        {**record().to_dict(), "outcome": {"pet": "tied"}},
        {**record().to_dict(), "recommended": 7},
        {**record(**OF_A_STACK).to_dict(), "outcome": "tied"},
        {**record(**OF_A_STACK).to_dict(), "recommended": {"pet": "dog"}},
        {**record().to_dict(), "masked": [None]},
    ],
)
def test_what_is_no_record(data: Any) -> None:
    """Whatever else a line may hold is told apart from a record."""
    with pytest.raises(ValueError, match=r"no record|isoformat|month must be"):
        DecisionRecord.from_dict(data)


def test_every_kind_keeps_records(address: str) -> None:
    """What is written to a log is found in it by id, the latest first, and as a whole, the oldest first."""
    later = TIME + timedelta(hours=1)
    first, again = record(), record(time=later, recommended=None, outcome="undecided", candidates=None)
    of_a_stack = record(id="b", time=later, masked=("pool",), **OF_A_STACK)
    written(address, of_a_stack, first, again)
    log = open_decision_log(address)
    assert (log.find("a"), log.find("b"), log.find("c")) == (again, of_a_stack, None)
    assert list(log.records()) == list(read_decisions(address)) == [first, of_a_stack, again]
    assert list(log.records(since=later)) == [of_a_stack, again]
    assert list(log.records(until=later)) == [first]
    log.close()


def test_a_log_that_is_not_there(address: str) -> None:
    """Nothing is found in it, nothing is made of it; whoever wants to read it is told."""
    log = open_decision_log(address)
    assert (log.find("a"), list(log.records())) == (None, [])
    log.close()
    with pytest.raises(DecisionLogError, match="there is no decision log"):
        list(read_decisions(address))


def test_more_than_a_page(address: str) -> None:
    """Many records are read in order, also those of the same moment."""
    records = [record(id=str(number), time=TIME + timedelta(seconds=number // 900)) for number in range(2500)]
    written(address, *records)
    assert [each.id for each in read_decisions(address)] == [each.id for each in records]


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("ndjson:/x/log.ndjson", "NdjsonStore"),
        ("/x/log.ndjson", "NdjsonStore"),
        ("log.JSONL", "NdjsonStore"),
        ("sqlite:////x/log.db", "SqlStore"),
        ("log.db", "SqlStore"),
        ("/x/log.sqlite", "SqlStore"),
        ("postgresql://u:p@127.0.0.1/x", "SqlStore"),
    ],
)
def test_addresses(address: str, kind: str) -> None:
    """An address says which kind of log it is, and nothing is opened by that."""
    assert type(store_at(address)).__name__ == kind


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("", "the address names no kind of decision log; say ndjson:PATH"),
        ("log.txt", "the address names no kind of decision log"),
        ("mysql://root:geheim@db/log", "`mysql` is no kind of decision log"),
        ("ndjson:", "names no file; say ndjson:PATH"),
        ("sqlite://", "names no file; say sqlite:///PATH"),
        ("sqlite:///:memory:", "names no file"),
        ("postgresql://u:geheim@host:port/x", "is not written postgresql://USER:PASSWORD@HOST:PORT/NAME"),
    ],
)
def test_addresses_of_nothing(address: str, message: str) -> None:
    """What is no address is refused in one line, which holds no password."""
    with pytest.raises(DecisionLogError) as caught:
        open_decision_log(address)
    assert message in str(caught.value)
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "module", "extra"),
    [
        ("log.db", "sqlalchemy", "log"),
        ("postgresql://h/x", "psycopg", "postgresql"),
        ("postgresql://h/x", "sqlalchemy", "postgresql"),
    ],
)
def test_missing_extras(address: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where something is not installed, what to install is said."""
    monkeypatch.setitem(sys.modules, module, None)
    for name in [
        each for each in sys.modules if each.startswith("steelyard.decisions.s") and each.endswith(("sql", "schema"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(DecisionLogError, match=rf'pip install "steelyard\[{extra}\]"'):
        open_decision_log(address)


def test_a_log_of_another_version(tmp_path: Path) -> None:
    """A database of another release is neither read nor written as if it were this one's."""
    import sqlite3  # noqa: PLC0415  only here

    address = f"sqlite:///{tmp_path}/log.db"
    written(address, record())
    with sqlite3.connect(tmp_path / "log.db") as connection:
        connection.execute("UPDATE steelyard_schema SET version = 99")
    connection.close()
    with pytest.raises(DecisionLogError, match="a log of version 99, not 1"):
        list(read_decisions(address))
    with pytest.raises(DecisionLogError, match="a log of version 99, not 1"):
        store_at(address).write([record()])


def test_an_unanswered_importance_is_plain() -> None:
    """Records hold plain data, also of a request that was made by hand."""
    request = Request(as_of=DAY, requirements={"hours": Requirement(3, Importance.COULD)}, candidates=("dog",))
    made = record_of(pets(), request, id="x", outcome="tied", recommended="dog", seconds=0, request_id="r")
    assert (made.requirements, made.candidates) == ({"hours": {"value": 3, "importance": "could"}}, ("dog",))
    assert type(made.requirements["hours"]["importance"]) is str
