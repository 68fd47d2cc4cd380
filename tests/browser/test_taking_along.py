"""What is taken along: the address, texts to copy, files; and what is said where something goes wrong."""

import json
import re
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import ANSWERED, DAY, Visits, settled, shown, tick, title, unfold
from tests.web.serving import Server

pytestmark = pytest.mark.xdist_group("chromium")

FILES = {
    "Decision record": ("decision.md", "text/markdown"),
    "Chart": ("ranking.svg", "image/svg+xml"),
    "JSON": ("recommendation.json", "application/json"),
}
REQUEST = {
    "as_of": DAY,
    "requirements": {
        "stage": "production",
        "targets": {"value": ["android"], "importance": "must"},
        "training_hardware": ["nvidia"],
        "model_kinds": ["recurrent"],
    },
}
"""What `ANSWERED` says, as it is posted."""


def asked(site: Server, method: str, path: str, accept: str, body: object = None) -> bytes:
    """What the API answers."""
    content = None if body is None else json.dumps(body)
    with closing(site.client()) as client:
        client.request(method, path, content, {"Accept": accept, "Content-Type": "application/json"})
        response = client.getresponse()
        assert response.status == 200
        return response.read()


@pytest.mark.parametrize("label", FILES)
def test_files_are_what_the_api_answers(page: Page, site: Server, label: str) -> None:
    """A file has the bytes of the answer to the same request, asked by its address or posted."""
    name, accept = FILES[label]
    page.goto(ANSWERED)
    link = unfold(page, "take-along").get_by_role("link", name=label)
    address = link.get_attribute("href")
    assert address is not None
    with page.expect_download() as begun:
        link.click()
    assert begun.value.suggested_filename == name
    content = begun.value.path().read_bytes()
    query = address.partition("?")[2]
    assert content == asked(site, "GET", f"/v1/recommendations?{query}", accept)
    assert content == asked(site, "POST", "/v1/recommendations", accept, REQUEST)


def test_texts_are_copied(visits: Visits) -> None:
    """A click copies a text as it stands, and says so."""
    page = visits.open(ANSWERED, permissions=["clipboard-read", "clipboard-write"])
    buttons = unfold(page, "take-along").locator("[data-copy]")
    expect(buttons).to_have_count(5)
    for button in buttons.all():
        button.click()
        expect(button).to_have_text("Copied")
        told = page.locator(f"#{button.get_attribute('data-copy')}").text_content()
        assert told
        assert page.evaluate("navigator.clipboard.readText()") == told


def test_the_address_shows_the_same_in_a_new_tab(visits: Visits) -> None:
    """Whoever is sent the address of the page, or the link to copy, sees what the sender saw."""
    page = visits.open(f"/?as_of={DAY}&stage=production&training_hardware=nvidia&model_kinds=recurrent")
    tick(page, "targets", "Android")
    settled(page)
    page.locator("#need-targets").get_by_text("must", exact=True).click()
    page.wait_for_url(re.compile("must=targets"))
    settled(page)
    page.locator("#rank-keras a").click()
    expect(page.locator("#why > summary")).to_have_text("Why Keras")
    settled(page)
    other = visits.open(page.url)
    assert shown(other) == shown(page)
    other.goto(unfold(page, "take-along").locator("#copy-link").inner_text())
    assert shown(other) == shown(page)


def test_back_and_forward(page: Page) -> None:
    """They lead through what was looked at, without loading anything."""
    page.goto(ANSWERED)
    page.evaluate("window.isTheSame = true")
    for name in ("PyTorch", "Keras"):
        page.locator(".ranking a", has_text=name).first.click()
        expect(page.locator("#why > summary")).to_have_text(f"Why {name}")
        settled(page)
    page.go_back()
    expect(page.locator("#why > summary")).to_have_text("Why PyTorch")
    page.go_back()
    expect(page.locator("#why > summary")).to_have_text("Why TensorFlow")
    page.go_forward()
    expect(page.locator("#why > summary")).to_have_text("Why PyTorch")
    assert page.evaluate("window.isTheSame")


def test_an_unreachable_server(page: Page, visits: Visits) -> None:
    """A calm sentence says so, what was shown stays, and the next answer that arrives takes the sentence away."""
    page.goto(ANSWERED)
    with visits.expecting("ERR_INTERNET_DISCONNECTED"):
        page.context.set_offline(True)
        page.locator("#rank-pytorch a").click()
        expect(page.locator(".verdict-rest")).to_contain_text("The service cannot be reached.")
    expect(title(page)).to_have_text("TensorFlow fits best")
    expect(page.locator("#why > summary")).to_have_text("Why TensorFlow")
    page.context.set_offline(False)
    page.locator("#rank-pytorch a").click()
    expect(page.locator("#why > summary")).to_have_text("Why PyTorch")
    expect(page.locator(".verdict-rest")).not_to_contain_text("reached")


def test_a_server_that_fails(page: Page, visits: Visits) -> None:
    """What the problem says is said, and what was shown stays."""
    page.goto(ANSWERED)
    problem = "<h1>The service failed</h1><p>The fault is not in the request.</p>"
    page.route("**/?**", lambda route: route.fulfill(status=500, content_type="text/html", body=problem))
    with visits.expecting("status of 500"):
        page.locator("#rank-pytorch a").click()
        expect(page.locator(".verdict-rest")).to_have_text(
            "The fault is not in the request. What is shown was so before."
        )
    expect(title(page)).to_have_text("TensorFlow fits best")


def test_a_faulty_address(page: Page) -> None:
    """All its faults are told, with what was probably meant, and the rest is answered."""
    page.goto(f"{ANSWERED}&targts=ios&lifetime=many&look-at=pytorhc")
    faults = page.locator("#faults")
    expect(faults.locator("li")).to_have_count(3)
    expect(faults).to_contain_text("targts")
    expect(faults).to_contain_text("did you mean targets")
    expect(faults).to_contain_text("did you mean pytorch")
    expect(title(page)).to_have_text("TensorFlow fits best")
    page.locator("#rank-pytorch a").click()
    expect(page.locator("#why > summary")).to_have_text("Why PyTorch")
    expect(faults).to_have_count(0)


def test_a_page_that_is_not_there(page: Page, visits: Visits) -> None:
    """It is said on a page in plain words, with a way on."""
    with visits.expecting("404"):
        page.goto("/nowhere")
    page.get_by_role("link", name="Go to the page").click()
    expect(title(page)).to_have_text("Nothing is said yet")
