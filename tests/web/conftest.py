"""The application over the rulesets of these tests, and a client of it."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from steelyard.web import Shelf, create_app
from tests.web.rulesets import pets_and_tea


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The rulesets."""
    return pets_and_tea()


@pytest.fixture(scope="session")
def client(shelf: Shelf) -> FlaskClient:
    """A client without cookies or other memory."""
    return create_app(shelf).test_client(use_cookies=False)


@pytest.fixture(scope="session", autouse=True)
def logging_is_left_alone() -> Iterator[None]:
    """A server sets logging up for its whole process, which here is that of the tests."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("granian.server.common.configure_logging", lambda *_arguments: None)
        yield
