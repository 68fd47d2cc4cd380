"""What the page weighs: bytes and requests of a first and a second visit, and that nothing jumps."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import ANSWERED, PLACE, question, settled

pytestmark = pytest.mark.xdist_group("chromium")

MOST_BYTES = 100_000
MOST_REQUESTS = 8


@dataclass
class Transfers:
    """What crosses the network: the bytes of each response as they came, with its head, by address."""

    addresses: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)

    def note_request(self, event: dict[str, Any]) -> None:
        """Takes note of a request."""
        self.addresses[event["requestId"]] = event["request"]["url"]

    def note_end(self, event: dict[str, Any]) -> None:
        """Takes note of a response that has come whole; what comes from a cache has no size."""
        if event["encodedDataLength"]:
            self.sizes[self.addresses[event["requestId"]]] = event["encodedDataLength"]


def watched(page: Page) -> Transfers:
    """The transfers of a page from now on."""
    transfers = Transfers()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", transfers.note_request)
    session.on("Network.loadingFinished", transfers.note_end)
    return transfers


@pytest.mark.parametrize("address", ["/", ANSWERED, f"{ANSWERED}&explain=changes&set-beside=2020-01-01"])
def test_a_first_visit_is_light(page: Page, address: str) -> None:
    """The page with its style, script and pictures is below 100 kB as it is sent, in few requests."""
    transfers = watched(page)
    page.goto(address, wait_until="networkidle")
    assert sum(transfers.sizes.values()) < MOST_BYTES, transfers.sizes
    assert len(transfers.sizes) <= MOST_REQUESTS, transfers.sizes


def test_a_second_visit_transfers_the_page_alone(page: Page) -> None:
    """What the page is made of is kept; where nothing has changed, the page itself is only confirmed."""
    page.goto(ANSWERED, wait_until="networkidle")
    page.goto("about:blank")
    transfers = watched(page)
    page.goto(ANSWERED, wait_until="networkidle")
    [(address, size)] = transfers.sizes.items()
    assert address.endswith(ANSWERED)
    assert size < 2000


def test_nothing_jumps_while_the_page_loads(page: Page) -> None:
    """No layout shift at all, at either end of the widths."""
    page.add_init_script(SHIFTS)
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(ANSWERED, wait_until="networkidle")
        assert page.evaluate("window.shifts") == []


@pytest.mark.parametrize("scrolled", [0, 300])
def test_an_answer_moves_nothing_that_is_looked_at(page: Page, scrolled: int) -> None:
    """What is answered in its topic stays where it is, though the box above it asks something else now."""
    page.goto(ANSWERED, wait_until="networkidle")
    height = "found => found.offsetHeight"
    heights = {page.locator("#next > *").evaluate(height)}
    for need, label in (
        ("team_experience", "New to it"),
        ("stage", "Research"),
        ("team_experience", "inside out"),
        ("api_level", "Close to arrays"),
        ("stage", "product or service"),
    ):
        answer = question(page, need).locator(".choices label", has_text=label).locator("input")
        page.evaluate("top => scrollTo(0, top)", scrolled)
        before = answer.evaluate(PLACE)
        # A real click would scroll to what is not in sight.
        answer.evaluate("found => { found.focus({ preventScroll: true }); found.click(); }")
        settled(page)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert answer.evaluate(PLACE) == pytest.approx(before, abs=1), need
        heights.add(page.locator("#next > *").evaluate(height))
    assert len(heights) > 1


SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) {
    window.shifts.push([each.value, ...each.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? "")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
