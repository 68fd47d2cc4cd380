"""The tables of a log in a database."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, cast

import sqlalchemy as sa

from steelyard.decisions.record import DecisionRecord

VERSION = 1
"""Counts up when the tables change."""

_METADATA = sa.MetaData()
# Not JSONB, where PostgreSQL has it: that forgets the order of parts and needs.
_JSON = sa.JSON(none_as_null=True)

SCHEMA = sa.Table("steelyard_schema", _METADATA, sa.Column("version", sa.Integer, primary_key=True))
DECISIONS = sa.Table(
    "steelyard_decisions",
    _METADATA,
    # SQLite counts up by itself in a column of just this type.
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("time", sa.DateTime(timezone=True), nullable=False),
    sa.Column("is_of_a_stack", sa.Boolean, nullable=False),
    sa.Column("asked", sa.Text, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("as_of", sa.Date, nullable=False),
    sa.Column("requirements", _JSON, nullable=False),
    sa.Column("candidates", _JSON),
    sa.Column("outcome", sa.Text),
    sa.Column("recommended", sa.Text),
    # Of a stack, in place of the two before: by part.
    sa.Column("parts", _JSON),
    sa.Column("duration_ms", sa.Float, nullable=False),
    sa.Column("request_id", sa.Text, nullable=False),
    sa.Column("masked", _JSON, nullable=False),
)
INDEXES = (
    sa.Index("steelyard_decisions_by_id", DECISIONS.c.id),
    sa.Index("steelyard_decisions_by_time", DECISIONS.c.time, DECISIONS.c.number),
)


def row_of(record: DecisionRecord) -> dict[str, Any]:
    """The row of a record."""
    outcome, recommended = record.outcome, record.recommended
    parts = None
    if isinstance(outcome, Mapping):
        of_part = cast("Mapping[str, str | None]", recommended)
        parts = {part: {"outcome": each, "recommended": of_part[part]} for part, each in outcome.items()}
    return {
        "id": record.id,
        "time": record.time,
        "is_of_a_stack": record.is_of_a_stack,
        "asked": record.asked,
        "version": record.version,
        "digest": record.digest,
        "as_of": record.as_of,
        "requirements": record.requirements,
        "candidates": record.candidates,
        "outcome": None if parts else outcome,
        "recommended": None if parts else recommended,
        "parts": parts,
        "duration_ms": record.duration_ms,
        "request_id": record.request_id,
        "masked": record.masked,
    }


def record_of_row(row: Mapping[Any, Any]) -> DecisionRecord:
    """The record of a row."""
    time: datetime = row["time"]
    as_of: date = row["as_of"]
    parts: Mapping[str, Mapping[str, Any]] | None = row["parts"]
    by_part = {key: {part: each[key] for part, each in (parts or {}).items()} for key in ("outcome", "recommended")}
    return DecisionRecord(
        id=row["id"],
        # SQLite knows no time zones; what is written is in UTC.
        time=time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC),
        asked=row["asked"],
        version=row["version"],
        digest=row["digest"],
        as_of=as_of,
        requirements=row["requirements"],
        candidates=None if row["candidates"] is None else tuple(row["candidates"]),
        outcome=by_part["outcome"] if row["is_of_a_stack"] else row["outcome"],
        recommended=by_part["recommended"] if row["is_of_a_stack"] else row["recommended"],
        duration_ms=row["duration_ms"],
        request_id=row["request_id"],
        masked=tuple(row["masked"]),
    )
