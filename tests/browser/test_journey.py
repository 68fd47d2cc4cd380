"""From an empty page to a decision: answers move what is recommended, and nothing else."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import (
    DAY,
    INFEASIBLE,
    PLACE,
    Visits,
    names,
    question,
    settled,
    shown,
    tick,
    title,
    topic_of,
)

pytestmark = pytest.mark.xdist_group("chromium")

NOT_KNOWN = re.compile("I don.t know")


def test_nothing_is_recommended_where_nothing_is_said(page: Page) -> None:
    """The page says so, names the candidates without an order, and asks what tells most."""
    page.goto("/")
    expect(title(page)).to_have_text("Nothing is said yet")
    expect(page.locator(".verdict-rest")).to_contain_text("nothing is recommended")
    expect(page.locator(".names li", has_text="PyTorch")).to_be_visible()
    expect(page.locator(".ranking, .beam, #why, #changes")).to_have_count(0)
    expect(page.locator("#next legend")).to_contain_text("Best answered first")
    expect(page.locator("#next .effect")).not_to_be_empty()


def test_the_whole_way_to_a_decision(page: Page) -> None:
    """Whoever answers what is asked, and some more, leaves with a decision record that says what the page says."""
    page.goto("/")
    for _ in range(3):
        asked = page.locator("#next legend").inner_text()
        page.locator("#next .choices input").first.click()
        page.get_by_role("button", name="Answer").click()
        expect(page.locator("#next legend")).not_to_have_text(asked)
        settled(page)
    tick(page, "targets", "Android")
    settled(page)
    expect(title(page)).to_contain_text("fits best")
    leader = title(page).inner_text().removesuffix(" fits best")
    page.locator("#take-along > summary").click()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Decision record").click()
    record = begun.value.path().read_text(encoding="utf-8")
    assert begun.value.suggested_filename == "decision.md"
    assert record.startswith("# ")
    assert f"{leader} fits best" in record


def test_an_answer_in_the_box_leads_to_the_next_question(page: Page) -> None:
    """It counts with the importance that was given to it, and stands in its topic, too."""
    page.goto(f"/?as_of={DAY}")
    need = page.locator("#next form").get_attribute("id")
    assert need is not None
    need = need.removeprefix("next-")
    page.locator("#next .choices input").first.click()
    page.locator("#next .importance label", has_text="could").click()
    page.get_by_role("button", name="Answer").click()
    settled(page)
    expect(page.locator("#next legend")).to_contain_text("Best answered next")
    expect(page.locator(f"#next-{need}")).to_have_count(0)
    assert f"could={need}" in page.url
    expect(question(page, need).locator(".choices input").first).to_be_checked()
    expect(question(page, need).get_by_role("radio", name="could")).to_be_checked()


def test_the_box_is_left_where_one_answered(page: Page) -> None:
    """Whoever answers by keyboard goes on in the box with the next question."""
    page.goto(f"/?as_of={DAY}")
    page.locator("#next .choices input").first.press("Space")
    page.get_by_role("button", name="Answer").press("Enter")
    settled(page)
    assert page.evaluate("document.activeElement.closest('#next') !== null")


@pytest.mark.parametrize(
    "order",
    [("targets", "stage", "lifetime"), ("lifetime", "targets", "stage"), ("stage", "lifetime", "targets")],
    ids=", ".join,
)
def test_questions_can_be_answered_in_any_order(page: Page, order: tuple[str, ...]) -> None:
    """The same answers lead to the same address, in whatever order they are given."""
    page.goto(f"/?as_of={DAY}")
    for need in order:
        if need == "lifetime":
            field = question(page, need).locator("input[type=number]")
            field.fill("10")
            field.press("Tab")
        else:
            tick(page, need, {"targets": "Servers", "stage": "product or service"}[need])
        expect(page.locator(f"#need-{need}")).to_have_class("question is-answered")
        settled(page)
    assert page.url.endswith(f"/?as_of={DAY}&stage=production&targets=server&lifetime=10")
    expect(topic_of(page, "lifetime").locator(".count")).to_contain_text("1 of ")


def test_an_answer_moves_the_ranking_and_nothing_else(page: Page) -> None:
    """The page is not loaded again, does not scroll, and keeps the focus and what is folded."""
    page.goto(f"/?as_of={DAY}&stage=production&model_kinds=recurrent")
    expect(title(page)).to_have_text("PyTorch fits best")
    question(page, "targets")
    topic_of(page, "stage").locator("> summary").click()
    page.evaluate("window.isTheSame = true; scrollTo(0, 240)")
    before = names(page)
    label = page.locator("#need-targets label", has_text="Android")
    label.scroll_into_view_if_needed()
    place = label.evaluate(PLACE)
    label.click()
    expect(title(page)).to_have_text("TensorFlow fits best")
    settled(page)
    assert page.evaluate("[window.isTheSame, document.activeElement.value]") == [True, "android"]
    assert label.evaluate(PLACE) == pytest.approx(place, abs=1)
    assert names(page)[0] == "tensorflow" != before[0]
    assert topic_of(page, "stage").get_attribute("open") is None


def test_how_much_an_answer_matters_moves_the_ranking(page: Page) -> None:
    """A must outweighs, and excludes whoever does not support it, saying why."""
    page.goto(f"/?as_of={DAY}&stage=production&targets=android&training_hardware=apple")
    assert "mlx" in names(page)
    expect(page.locator("#rank-mlx")).not_to_contain_text("Excluded")
    question(page, "targets").get_by_text("must", exact=True).click()
    expect(page.locator("#rank-mlx .why")).to_contain_text("Excluded.")
    expect(page.locator("#rank-mlx .why")).to_contain_text("Android")
    settled(page)
    assert "must=targets" in page.url
    page.locator("#rank-mlx a").click()
    expect(page.locator("#why > summary")).to_have_text("Why not MLX")
    expect(page.locator("#why")).to_contain_text("What excludes it")


def test_what_is_not_known_is_not_asked_again(page: Page) -> None:
    """It stays unanswered, the next question comes, and its own place says that it is not known."""
    page.goto(f"/?as_of={DAY}&stage=production")
    asked = page.locator("#next legend").inner_text()
    form = page.locator("#next form").get_attribute("id")
    assert form is not None
    page.get_by_role("button", name=NOT_KNOWN).click()
    expect(page.locator("#next legend")).not_to_have_text(asked)
    need = form.removeprefix("next-")
    settled(page)
    assert f"not-known={need}" in page.url
    expect(question(page, need)).to_contain_text("not known")
    expect(question(page, need)).to_have_class("question")


def test_an_answer_can_be_withdrawn(page: Page) -> None:
    """It is then as if it had never been said; the keyboard stays at the question."""
    page.goto(f"/?as_of={DAY}&stage=production&targets=android")
    question(page, "targets").get_by_role("link", name="Withdraw").press("Enter")
    expect(page.locator("#need-targets")).to_have_class("question")
    settled(page)
    assert page.url.endswith(f"/?as_of={DAY}&stage=production")
    expect(page.locator("#need-targets :checked:not([value=should])")).to_have_count(0)
    assert page.evaluate("document.activeElement.closest('#need-targets') !== null")


def test_none_of_them_is_an_answer_of_its_own(page: Page) -> None:
    """It unticks the others, and they untick it."""
    page.goto(f"/?as_of={DAY}&targets=android,ios")
    tick(page, "targets", "None of these")
    settled(page)
    assert page.url.endswith(f"/?as_of={DAY}&targets=")
    expect(page.locator("#need-targets .choices :checked")).to_have_count(1)
    tick(page, "targets", "Servers")
    settled(page)
    assert page.url.endswith(f"/?as_of={DAY}&targets=server")


def test_a_number_out_of_bounds_is_said_at_once(page: Page) -> None:
    """The browser says what is wrong, and nothing is asked of the server."""
    page.goto(f"/?as_of={DAY}&stage=production")
    field = question(page, "lifetime").locator("input[type=number]")
    field.fill("1000")
    field.press("Tab")
    assert field.evaluate("field => field.matches(':user-invalid')")
    assert page.url.endswith(f"/?as_of={DAY}&stage=production")


def test_musts_that_exclude_everything_can_be_given_up(page: Page) -> None:
    """Nothing is recommended, and a click gives up a must."""
    page.goto(INFEASIBLE)
    expect(title(page)).to_contain_text("none is recommended")
    expect(page.locator(".ranking li:not(.is-out)")).to_have_count(0)
    page.locator(".relax a").first.click()
    expect(title(page)).to_contain_text("fits best")
    expect(page.locator(".relax")).to_have_count(0)


def test_an_example_of_the_author_can_be_started_from(page: Page) -> None:
    """It answers the questions as a case of the ruleset does."""
    page.goto(f"/?as_of={DAY}")
    page.locator(".examples a").nth(1).click()
    expect(page.locator(".ranking")).to_be_visible()
    expect(page.locator(".question.is-answered").first).to_be_attached()


def test_whatever_was_clicked_the_address_shows_the_same(visits: Visits) -> None:
    """After each step of a long way, a new tab with the address shows what the page shows."""
    page = visits.open(f"/?as_of={DAY}")
    fresh = page.context.new_page()
    steps: tuple[Callable[[], object], ...] = (
        page.locator(".examples a").first.click,
        lambda: tick(page, "targets", "Android"),
        lambda: question(page, "targets").get_by_text("must", exact=True).click(),
        page.locator(".ranking a").nth(1).click,
        page.get_by_role("button", name=NOT_KNOWN).click,
        lambda: tick(page, "training_hardware", "NVIDIA"),
        page.go_back,
        page.go_back,
        page.go_back,
        page.go_forward,
    )
    for step in steps:
        was = page.url
        step()
        page.wait_for_function("was => location.href !== was", arg=was)
        settled(page)
        fresh.goto(page.url)
        assert shown(page) == shown(fresh)
