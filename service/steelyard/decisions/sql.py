"""A log in a database: SQLite or PostgreSQL."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from steelyard.decisions.record import DecisionRecord
from steelyard.decisions.schema import DECISIONS, INDEXES, SCHEMA, VERSION, record_of_row, row_of
from steelyard.decisions.store import DecisionLogError, Told, nobody

_BUSY_MILLISECONDS = 5000
_PAGE = 1000
# PostgreSQL: whoever makes the tables takes this lock, since two who make the same one at once disturb each other.
_LOCK = sa.text("SELECT pg_advisory_xact_lock(8369713510)")
# Of several processes that make the tables of SQLite at once, all but one find it there.
_VERSION = sa.text(f"INSERT INTO {SCHEMA.name} (version) VALUES (:version) ON CONFLICT DO NOTHING")  # noqa: S608  ours
_POSTGRESQL = {"connect_timeout": 5, "tcp_user_timeout": 10_000, "application_name": "steelyard"}
_LONGEST_WORDS = 200


class SqlStore:
    """Records in a table, which is made when the first are written."""

    deletes = True

    def __init__(self, url: sa.URL, file: Path | None = None) -> None:
        """Takes the address; nothing is opened yet.

        Args:
            url: where the database is.
            file: the file that the database is, if it is one; it is made for its owner alone.
        """
        self._url = url
        self._file = file
        self._preparing = threading.Lock()
        self._is_prepared = False
        self._engine = self._new_engine()

    def exists(self) -> bool:
        """Whether the table is there."""
        # To connect would make the file.
        if self._file is not None and not self._file.is_file():
            return False
        with self._transaction() as connection:
            return sa.inspect(connection).has_table(DECISIONS.name) and self._has_version(connection)

    def write(self, records: Sequence[DecisionRecord]) -> None:
        """Writes all records in one transaction."""
        self._prepare()
        with self._transaction() as connection:
            connection.execute(sa.insert(DECISIONS), [row_of(record) for record in records])

    def find(self, id_: str) -> DecisionRecord | None:
        """The latest record with this id."""
        latest = (DECISIONS.c.time.desc(), DECISIONS.c.number.desc())
        rows = self._rows(sa.select(DECISIONS).where(DECISIONS.c.id == id_).order_by(*latest).limit(1))
        return record_of_row(rows[0]) if rows else None

    def records(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        told: Told = nobody,  # noqa: ARG002  a database holds no faulty lines
    ) -> Iterator[DecisionRecord]:
        """The records in order of time, page by page."""
        time, number = DECISIONS.c.time, DECISIONS.c.number
        page = sa.select(DECISIONS).order_by(time, number).limit(_PAGE)
        if since is not None:
            page = page.where(time >= since)
        if until is not None:
            page = page.where(time < until)
        rows = self._rows(page)
        while rows:
            yield from map(record_of_row, rows)
            last = rows[-1]
            later = sa.or_(time > last["time"], sa.and_(time == last["time"], number > last["number"]))
            rows = self._rows(page.where(later)) if len(rows) == _PAGE else []

    def delete_before(self, moment: datetime) -> int:
        """Deletes what is older, piece by piece, so that nobody waits for long."""
        self._prepare()
        old = sa.select(DECISIONS.c.number).where(DECISIONS.c.time < moment).limit(_PAGE)
        total, deleted = 0, _PAGE
        while deleted == _PAGE:
            with self._transaction() as connection:
                deleted = connection.execute(sa.delete(DECISIONS).where(DECISIONS.c.number.in_(old))).rowcount
            total += deleted
        return total

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()

    def forget(self) -> None:
        """Leaves the connections to the process that opened them."""
        self._preparing = threading.Lock()
        self._engine.dispose(close=False)

    def _new_engine(self) -> sa.Engine:
        is_sqlite = self._url.get_backend_name() == "sqlite"
        settings = {"timeout": _BUSY_MILLISECONDS / 1000} if is_sqlite else _POSTGRESQL
        engine = sa.create_engine(self._url, connect_args=settings, hide_parameters=True)
        if is_sqlite:
            sa.event.listen(engine, "connect", _tune)
        return engine

    def _rows(self, select: sa.Select[Any]) -> Sequence[sa.RowMapping]:
        if not self._is_prepared and not self.exists():
            return ()
        with self._transaction() as connection:
            return connection.execute(select).mappings().all()

    def _prepare(self) -> None:
        with self._preparing:
            if not self._is_prepared:
                self._make_file()
                with self._transaction() as connection:
                    _make_tables(connection)
                    self._is_prepared = self._has_version(connection)

    def _make_file(self) -> None:
        if self._file is not None:
            try:
                self._file.touch(mode=0o600)
            except OSError as error:
                why = (error.strerror or type(error).__name__).lower()
                raise DecisionLogError(f"the file cannot be used: {why}") from None

    def _has_version(self, connection: sa.Connection) -> bool:
        version = connection.execute(sa.select(sa.func.max(SCHEMA.c.version))).scalar()
        if version != VERSION:
            raise DecisionLogError(f"the database holds a log of version {version}, not {VERSION}")
        return True

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            # A connection that failed may be broken, and others with it.
            self._engine.dispose()
            raise DecisionLogError(f"the database cannot be used: {self._words(error)}") from None

    def _words(self, error: SQLAlchemyError) -> str:
        """What happened, in short words: nothing of what was to be written, and no password."""
        if not isinstance(error, DBAPIError) or error.orig is None:
            return type(error).__name__
        if not isinstance(error, OperationalError):
            return type(error.orig).__name__
        words = (str(error.orig).splitlines() or [""])[0][:_LONGEST_WORDS]
        for secret in (self._url.password, self._url.query.get("password")):
            words = words.replace(str(secret), "***") if secret else words
        return words


def _tune(connection: Any, _: Any) -> None:
    """Lets readers and writers of SQLite not wait for each other; what is written survives the end of any process."""
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _make_tables(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)
    has_version = sa.select(SCHEMA.c.version)
    # The version comes last: where it is, everything is, and who may make no tables need not.
    if sa.inspect(connection).has_table(SCHEMA.name) and connection.execute(has_version).first() is not None:
        return
    for table in (SCHEMA, DECISIONS):
        connection.execute(CreateTable(table, if_not_exists=True))
    for index in INDEXES:
        connection.execute(CreateIndex(index, if_not_exists=True))
    connection.execute(_VERSION, {"version": VERSION})
