"""The same way without JavaScript, by plain forms and links."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import ANSWERED, DAY, INFEASIBLE, Visits, names, question, title, unfold

pytestmark = pytest.mark.xdist_group("chromium")


@pytest.fixture
def plain(visits: Visits) -> Page:
    """A visit whose browser runs no script."""
    return visits.open(java_script_enabled=False)


def test_nothing_is_offered_that_needs_a_script(plain: Page) -> None:
    """No colours to choose, no slider, no button to copy; each form has a button to send it."""
    plain.goto(ANSWERED)
    unfold(plain, "then")
    unfold(plain, "take-along")
    for unseen in (".scheme", ".slide", "[data-copy] >> nth=0"):
        expect(plain.locator(unseen)).not_to_be_visible()
    for button in ("Show", "Weigh", "Answer", "Set beside"):
        expect(plain.get_by_role("button", name=button, exact=True)).to_be_visible()


def test_the_whole_way_to_a_decision(plain: Page) -> None:
    """From an empty page through the box and the topics to a decision record; addresses stay short."""
    plain.goto(f"/?as_of={DAY}")
    expect(title(plain)).to_have_text("Nothing is said yet")
    asked = plain.locator("#next legend").inner_text()
    plain.locator("#next .choices input").first.check()
    plain.get_by_role("button", name="Answer").click()
    expect(plain.locator("#next legend")).not_to_have_text(asked)
    plain.goto(f"/?as_of={DAY}")
    question(plain, "stage").get_by_label("A product or service").check()
    question(plain, "targets").get_by_label("Android").check()
    question(plain, "targets").get_by_label("iPhones").check()
    question(plain, "lifetime").locator("input[type=number]").fill("5")
    plain.get_by_role("button", name="Weigh").click()
    assert plain.url.endswith(f"/?as_of={DAY}&stage=production&targets=android,ios&lifetime=5")
    # How much an answer matters is shown where there is one.
    question(plain, "targets").get_by_role("radiogroup").get_by_text("must", exact=True).click()
    plain.get_by_role("button", name="Weigh").click()
    assert plain.url.endswith("&must=targets")
    expect(title(plain)).to_contain_text("fits best")
    expect(plain.locator(".ranking .is-out").first).to_contain_text("Excluded.")
    leader = title(plain).inner_text().removesuffix(" fits best")
    unfold(plain, "take-along")
    with plain.expect_download() as begun:
        plain.get_by_role("link", name="Decision record").click()
    assert f"{leader} fits best" in begun.value.path().read_text(encoding="utf-8")


def test_what_is_not_known_and_what_is_withdrawn(plain: Page) -> None:
    """A button and a link do it."""
    plain.goto(ANSWERED)
    plain.get_by_role("button", name=re.compile("I don.t know")).click()
    assert "not-known=" in plain.url
    question(plain, "targets").get_by_role("link", name="Withdraw").click()
    assert "targets" not in plain.url
    expect(plain.locator("#need-targets")).to_have_class("question")


def test_a_closer_look(plain: Page) -> None:
    """A candidate, two beside each other, and what would change the answer are links, and open where they lead."""
    plain.goto(ANSWERED)
    plain.locator("#rank-pytorch a").click()
    expect(plain.locator("#why .reasons").first).to_be_visible()
    expect(plain.locator("#why > summary")).to_have_text("Why PyTorch")
    unfold(plain, "beside").locator(".rivals").get_by_role("link", name="Keras").click()
    expect(plain.locator("#beside table")).to_be_visible()
    unfold(plain, "changes").get_by_role("link", name="Look for the smallest").click()
    expect(plain.locator("#changes .ways")).to_be_visible()
    plain.locator("#changes .ways a", has_text="PyTorch").first.click()
    expect(title(plain)).to_have_text("PyTorch fits best")


def test_musts_can_be_given_up(plain: Page) -> None:
    """A link gives one up."""
    plain.goto(INFEASIBLE)
    plain.locator(".relax a").first.click()
    expect(title(plain)).to_contain_text("fits best")


def test_another_day_and_what_moved_since(plain: Page) -> None:
    """The date has a button; what was known on another day is set beside by a link or a form."""
    plain.goto(ANSWERED)
    plain.get_by_label("as of").fill("2021-05-01")
    plain.get_by_role("button", name="Show").click()
    assert re.search("as_of=2021-05-01", plain.url)
    assert "mxnet" in names(plain)
    unfold(plain, "then").get_by_label("or on").fill("2018-01-01")
    plain.get_by_role("button", name="Set beside").click()
    expect(plain.locator("#compared")).to_contain_text("2018-01-01")
