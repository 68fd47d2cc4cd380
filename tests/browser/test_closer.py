"""A closer look: one candidate, two beside each other, what would change the answer, other days and other rulesets."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import ANSWERED, DAY, settled, title, unfold

pytestmark = pytest.mark.xdist_group("chromium")


@pytest.fixture
def answered(page: Page) -> Page:
    """A visit to a project of which enough is said that TensorFlow leads."""
    page.goto(ANSWERED)
    expect(title(page)).to_have_text("TensorFlow fits best")
    page.evaluate("window.isTheSame = true")
    return page


def test_a_candidate_opens_with_its_reasons(answered: Page) -> None:
    """Each reason has its points before it and its sources, with their dates, after it."""
    expect(answered.locator("#why > summary")).to_have_text("Why TensorFlow")
    answered.locator("#rank-pytorch a").click()
    expect(answered.locator("#why > summary")).to_have_text("Why PyTorch")
    expect(answered.locator("#rank-pytorch a")).to_have_attribute("aria-current", "true")
    expect(answered.locator("#rank-tensorflow a")).not_to_have_attribute("aria-current", "true")
    reason = answered.locator("#why .reasons li").first
    expect(reason.locator(".points")).to_have_text(re.compile(r"^\+\d+\.\d$"))
    expect(reason.locator(".source").first).to_be_visible()
    assert answered.evaluate("window.isTheSame && document.activeElement.closest('#rank-pytorch') !== null")
    settled(answered)
    assert "look-at=pytorch" in answered.url


def test_two_candidates_beside_each_other(answered: Page) -> None:
    """They are set apart rule by rule, and hang on the beam, whose words say what its picture shows."""
    beside = unfold(answered, "beside")
    expect(beside.locator("> summary")).to_have_text("TensorFlow beside PyTorch")
    expect(answered.locator(".beam-ends")).to_contain_text("PyTorch")
    beside.locator(".rivals").get_by_role("link", name="Keras").click()
    expect(answered.locator("#beside > summary")).to_have_text("TensorFlow beside Keras")
    expect(answered.locator(".beam-ends")).to_have_text("TensorFlowKeras")
    expect(answered.locator("#beam-words")).to_contain_text("ahead of Keras")
    expect(answered.locator("#beside tbody tr").first).to_be_visible()
    assert answered.evaluate("window.isTheSame")


def test_the_beam_leans_to_whoever_leads(answered: Page) -> None:
    """Of two candidates the one that is set first hangs on the left; where it is behind, the right side sinks."""
    lean = "found => new DOMMatrix(getComputedStyle(found).transform).b || found.transform.baseVal[0].matrix.b"
    assert answered.locator(".swing").evaluate(lean) < 0
    answered.goto(f"{ANSWERED}&compare=pytorch,tensorflow")
    assert answered.locator(".swing").evaluate(lean) > 0


def test_what_would_change_the_answer(answered: Page) -> None:
    """It is looked for when asked; a click makes the change."""
    changes = unfold(answered, "changes")
    changes.get_by_role("link", name="Look for the smallest changes").click()
    expect(changes.locator(".ways a").first).to_be_visible()
    changes.locator(".ways a", has_text="PyTorch").first.click()
    expect(title(answered)).to_have_text("PyTorch fits best")
    assert answered.evaluate("window.isTheSame")


def test_another_day_by_its_date(answered: Page) -> None:
    """The project is answered with what was known then, and the address says so."""
    answered.get_by_label("as of").fill("2020-04-11")
    answered.wait_for_url(re.compile("as_of=2020-04-11"))
    settled(answered)
    expect(title(answered)).to_have_text("TensorFlow fits best")
    expect(answered.locator(".verdict-rest")).not_to_contain_text("PyTorch, 1.9")
    expect(answered.locator("#rank-mxnet .score")).to_be_visible()
    assert answered.evaluate("window.isTheSame")
    answered.go_back()
    expect(answered.locator("#rank-mxnet .why")).to_be_visible()
    expect(answered.get_by_label("as of")).to_have_value(DAY)


def test_another_day_by_the_slider(answered: Page) -> None:
    """It tells the day it stands at, moves by a day with an arrow, and agrees with the date."""
    unfold(answered, "then")
    slide = answered.get_by_role("slider")
    expect(slide).to_have_attribute("aria-valuetext", DAY)
    slide.press("ArrowLeft")
    answered.wait_for_url(re.compile("as_of=2026-11-24"))
    settled(answered)
    expect(answered.get_by_label("as of")).to_have_value("2026-11-24")
    expect(slide).to_have_attribute("aria-valuetext", "2026-11-24")
    expect(slide).to_be_focused()
    slide.press("Home")
    answered.wait_for_url(re.compile("as_of=20[01]"))
    settled(answered)
    assert slide.get_attribute("aria-valuetext") == answered.get_by_label("as of").input_value()


def test_who_led_when(answered: Page) -> None:
    """The days on which one candidate led are in a row, and a click goes to the first of them."""
    then = unfold(answered, "then")
    expect(then.locator(".spans .is-here")).to_have_count(1)
    then.locator(".spans a").first.click()
    expect(then.locator(".spans li").first).to_have_class("is-here")
    settled(answered)
    assert f"as_of={DAY}" not in answered.url


def test_beside_what_was_known_on_another_day(answered: Page) -> None:
    """What moved since is told, whether the day is chosen or typed."""
    then = unfold(answered, "then")
    then.get_by_role("link", name="in 2020").click()
    expect(answered.locator("#compared")).to_contain_text("2020-01-01")
    then.get_by_label("or on").fill("2024-03-01")
    then.get_by_role("button", name="Set beside").click()
    expect(answered.locator("#compared")).to_contain_text("2024-03-01")
    settled(answered)
    assert "set-beside=2024-03-01" in answered.url
    answered.get_by_role("link", name="Take it away").click()
    expect(answered.locator("#compared")).to_have_count(0)
    assert answered.evaluate("window.isTheSame")


def test_beside_the_ruleset_of_2020(answered: Page) -> None:
    """The same project as the article of 2020 would have it, with what it was not asked about."""
    then = unfold(answered, "then")
    then.get_by_role("link", name="PyTorch or TensorFlow, as a 2020 article weighs them").click()
    expect(answered.locator("#compared")).to_be_visible()
    answered.get_by_role("link", name="Look at the other answer by itself").click()
    expect(answered.locator("#asked > summary")).to_have_text("PyTorch or TensorFlow, as a 2020 article weighs them")


def test_another_ruleset_and_the_stack(page: Page) -> None:
    """They are chosen from the menu, which Escape closes; answers that both take are kept."""
    page.goto(f"/?as_of={DAY}&stage=production&targets=android")
    menu = page.locator("#asked")
    menu.locator("> summary").click()
    expect(menu.get_by_role("link")).to_have_count(5)
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link").first).not_to_be_visible()
    expect(menu.locator("> summary")).to_be_focused()
    menu.locator("> summary").click()
    menu.get_by_role("link", name="the runtime that serves it").click()
    expect(page.locator(".part")).to_have_count(3)
    expect(page.locator("#part-framework h3")).to_contain_text("TensorFlow")
    expect(page.locator("#need-stage")).to_have_class("question is-answered")
    expect(menu.get_by_role("link").first).not_to_be_visible()


def test_on_a_phone_the_answer_stays_open_while_one_looks_around(page: Page) -> None:
    """The bar at the bottom says who leads; it opens, and no click in it closes it."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(ANSWERED)
    expect(title(page)).to_be_in_viewport()
    expect(page.locator(".ranking")).not_to_be_visible()
    title(page).click()
    expect(page.locator(".ranking")).to_be_visible()
    page.locator("#rank-pytorch a").click()
    expect(page.locator("#why > summary")).to_have_text("Why PyTorch")
    settled(page)
    expect(page.locator(".ranking")).to_be_visible()
    title(page).click()
    expect(page.locator(".ranking")).not_to_be_visible()


def test_colours_are_chosen_and_kept(page: Page) -> None:
    """The choice outlives an answer and the visit; at first the system's counts."""
    page.goto(ANSWERED)
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_text("dark", exact=True).click()
    dark = page.evaluate(paper)
    assert dark != light
    page.locator("#rank-pytorch a").click()
    expect(page.locator("#why > summary")).to_have_text("Why PyTorch")
    settled(page)
    expect(page.get_by_role("radio", name="dark")).to_be_checked()
    page.goto(f"/?as_of={DAY}")
    assert page.evaluate(paper) == dark
    page.get_by_text("auto", exact=True).click()
    assert page.evaluate(paper) == light
