"""A server and a browser that the tests of the pages share, and visits that must end without a complaint."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import Visits, launched
from tests.web.serving import HOST, Server, serving


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of what ships."""
    with serving(tmp_path_factory.mktemp("site")) as running:
        yield running


# It ends with the last of these tests: while it runs, Playwright holds the event loop of the whole process.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser."""
    with launched() as browser:
        if browser is None:
            pytest.skip("Chromium is not installed")
        yield browser


@pytest.fixture
def visits(site: Server, chromium: Browser) -> Iterator[Visits]:
    """Visits to the server, which fail the test at its end if the browser complained of anything."""
    made = Visits(chromium, f"http://{HOST}:{site.port}")
    try:
        yield made
    finally:
        troubles = made.end()
    assert not troubles


@pytest.fixture
def page(visits: Visits) -> Page:
    """A visit that has not begun, on a laptop."""
    return visits.open()
