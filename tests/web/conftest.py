"""The application over the rulesets of these tests, and a client of it."""

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
