"""Decision logs of every kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.decisions import missing_postgresql, postgresql


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    why = missing_postgresql()
    if why is not None:
        pytest.skip(why)
    with postgresql() as address:
        yield address


@pytest.fixture
def postgresql_log(postgresql_server: str) -> Iterator[str]:
    """The address of an empty database."""
    import psycopg  # noqa: PLC0415  only these tests need it

    def emptied() -> None:
        with psycopg.connect(postgresql_server, autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS steelyard_decisions, steelyard_schema")

    emptied()
    yield postgresql_server
    emptied()


@pytest.fixture(params=["ndjson", "sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a log that is not there yet, of each kind."""
    match request.param:
        case "ndjson":
            return f"ndjson:{tmp_path}/log.ndjson"
        case "sqlite":
            return f"sqlite:///{tmp_path}/log.db"
    found: str = request.getfixturevalue("postgresql_log")
    return found
