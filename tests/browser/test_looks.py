"""How the pages look, and that everybody can use them: on any screen, in both schemes, by keyboard, on paper."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.chromium import ANSWERED, DAY, INFEASIBLE, STACK, Visits, title

pytestmark = pytest.mark.xdist_group("chromium-looks")

OPEN = f"{ANSWERED}&explain=changes&compare=tensorflow,pytorch&set-beside=2020-01-01"
ADDRESSES = {
    "empty": f"/?as_of={DAY}",
    "answered": ANSWERED,
    "open": OPEN,
    "infeasible": INFEASIBLE,
    "faulty": f"{ANSWERED}&targts=ios",
    "stack": STACK,
    "ruleset": f"/rulesets/deep-learning-frameworks?as_of={DAY}",
}
LARGE = ("ruleset",)
"""States with so much on them that looking at each takes its time."""
WIDTHS = (360, 820, 1440)
SCHEMES = ("light", "dark")

OPEN_EVERYTHING = """
for (const each of document.querySelectorAll("details:not(.menu)")) each.open = true;
const bar = document.getElementById("answer-opens");
if (bar) bar.checked = true;
"""
TOO_WIDE = """() => {
  const root = document.documentElement;
  return root.scrollWidth > root.clientWidth
    ? [...document.querySelectorAll("body *")]
      .filter((each) => each.getBoundingClientRect().right > root.clientWidth + 1 && !each.closest(".unseen, .wide"))
      .map((each) => each.outerHTML.slice(0, 90))
    : [];
}"""
FOCUSED = """() => {
  const found = document.activeElement;
  if (found === document.body) return null;
  // A date has stops within, which the browser marks itself.
  if (found.dataset.visited) return { what: found.dataset.visited, isSeen: true };
  const shown = [found, found.nextElementSibling, found.closest("label"), document.querySelector(".verdict")]
    .filter((each) => each && getComputedStyle(each).outlineStyle !== "none");
  const box = shown[0]?.getBoundingClientRect();
  const isSeen = box && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
  found.dataset.visited = found.outerHTML.slice(0, 120);
  return { what: found.dataset.visited, isSeen: Boolean(isSeen) };
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), pre[tabindex]")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.type !== "radio")
  .filter((each) => !each.dataset.visited)
  .map((each) => each.outerHTML.slice(0, 120))"""


@pytest.fixture(params=ADDRESSES)
def address(request: pytest.FixtureRequest) -> str:
    """The address of each state that a page can be in."""
    return ADDRESSES[request.param]


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    """Light, and dark."""
    return str(request.param)


@pytest.mark.parametrize("state", ADDRESSES)
def test_axe_finds_nothing(visits: Visits, state: str, scheme: str) -> None:
    """The checks of axe-core hold at every width, folded and opened; in the dark those of colour."""
    page = visits.open(ADDRESSES[state], color_scheme=scheme)
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if scheme == "dark":
        options["runOnly"] = ["color-contrast", "link-in-text-block"]
    for width in WIDTHS if state not in LARGE else WIDTHS[::2]:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options=options)
        assert not found.violations_count, f"{width}: {found.generate_report()}"
        if state not in LARGE:
            page.evaluate(OPEN_EVERYTHING)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_is_wider_than_the_screen(visits: Visits, address: str, direction: str) -> None:
    """A page scrolls in one direction only, in whichever direction its language is written."""
    page = visits.open(address)
    page.evaluate("direction => { document.documentElement.dir = direction; }", direction)
    for width in (320, *WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(TOO_WIDE) == [], width
        page.evaluate(OPEN_EVERYTHING)
        assert page.evaluate(TOO_WIDE) == [], width


def stops(page: Page) -> Iterator[dict[str, object]]:
    """Where the focus stops while one goes through the page with the Tab key."""
    page.evaluate("document.activeElement.blur()")
    while True:
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found is None:
            return
        yield found


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("state", ["empty", "answered", "stack"])
def test_everything_is_reached_by_keyboard(visits: Visits, state: str, width: int) -> None:
    """Tab comes by everything that can be used, and whatever has the focus is seen to have it."""
    page = visits.open(ADDRESSES[state], viewport={"width": width, "height": 900})
    if width < WIDTHS[1]:
        page.evaluate("document.getElementById('answer-opens')?.click()")
    unseen = [each["what"] for each in stops(page) if not each["isSeen"]]
    assert unseen == []
    assert page.evaluate(REACHABLE) == []


def test_nothing_moves_where_that_is_not_wanted(visits: Visits) -> None:
    """With reduced motion nothing has a transition or an animation; without, what moves takes half a second at most."""
    moving = """() => [...document.querySelectorAll("*")].map((each) => getComputedStyle(each))
      .map((each) => [each.transitionDuration, each.animationDuration].join(", ").split(", ").map(parseFloat))
      .reduce((most, each) => Math.max(most, ...each), 0)"""
    still = visits.open(ANSWERED, reduced_motion="reduce")
    assert still.evaluate(moving) == 0
    lively = visits.open(ANSWERED, reduced_motion="no-preference")
    assert 0 < lively.evaluate(moving) <= 0.5


def test_on_paper(visits: Visits, scheme: str) -> None:
    """What is printed is the answer with its reasons and what was said, on white, without anything to click."""
    page = visits.open(ANSWERED, color_scheme=scheme, viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print", color_scheme="dark" if scheme == "dark" else "light")
    expect(title(page)).to_be_visible()
    for seen in (".ranking", "#why .reasons", "#beam-words", "#need-stage", "#need-targets"):
        expect(page.locator(seen).first).to_be_visible()
    for unseen in ("#next", ".scheme", "#need-lifetime", "#take-along", "button >> nth=0"):
        expect(page.locator(unseen)).not_to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(TOO_WIDE) == []


def test_bars_are_seen_in_forced_colours(visits: Visits) -> None:
    """Where the system forces its colours, no bar and no weight has the colour of the ground."""
    page = visits.open(ANSWERED, forced_colors="active")
    fills = page.locator(".bar rect:not(.track), .weight circle").evaluate_all(
        "found => [...new Set(found.map(each => getComputedStyle(each).fill))]"
    )
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") not in fills
    assert "none" not in fills
