"""The advice inside pages of somebody else's, on another origin and under a strict policy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from steelyard.web.guarding.keys import line_of, new_key
from tests.browser.chromium import Visits, names, settled, tick
from tests.browser.hosting import Host, hosting, visiting
from tests.web.serving import HOST, Server, serving

pytestmark = pytest.mark.xdist_group("chromium")

EXAMPLES = Path(__file__).parents[2] / "service" / "examples"
ASKS = "<steelyard-advice></steelyard-advice>"
SAYS = '<steelyard-advice view="recommendation" requirements="targets=android,ios&must=targets"></steelyard-advice>'
LISTEN = """document.addEventListener("steelyard-answer", (event) =>
  (window.told ??= []).push([event.composed, event.target.localName, event.detail]))"""


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """The site of somebody else's."""
    with hosting() as running:
        yield running


@pytest.fixture(scope="module")
def service(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The origin of a service that lets its pages ask."""
    with serving(tmp_path_factory.mktemp("embedded"), "--cors-origin", host.origin) as running:
        yield origin_of(running)


def origin_of(server: Server) -> str:
    """Scheme, host and port of a server."""
    return f"http://{HOST}:{server.port}"


def title(page: Page | Locator) -> Locator:
    """Who leads, as the advice says it on top."""
    return page.locator(".verdict-title")


def told(page: Page) -> list[Any]:
    """What the page was told by events since it listens."""
    found: list[Any] = page.evaluate("window.told ?? []")
    return found


def style_of(of: Locator, name: str) -> str:
    """A property of an element as it is computed."""
    return str(of.first.evaluate("(element, name) => getComputedStyle(element).getPropertyValue(name)", name))


def test_answers_move_the_ranking(host: Host, service: str, chromium: Browser) -> None:
    """Questions are answered in place, the ranking moves, and the page around is told."""
    address = host.embed(service, ASKS)
    with visiting(chromium) as page:
        page.add_init_script(LISTEN)
        page.goto(address)
        expect(title(page)).to_have_text("Nothing is said yet")
        tick(page, "targets", "Android")
        expect(title(page)).to_contain_text("fits best")
        before = names(page)
        tick(page, "targets", "Microcontrollers")
        expect(page.locator("#need-targets .choices :checked")).to_have_count(2)
        settled(page)
        assert sorted(names(page)) == sorted(before)
        assert names(page) != before
        *_, (composed, name, detail) = told(page)
        assert (composed, name) == (True, "steelyard-advice")
        assert detail["requirements"] == "targets=android,microcontroller"
        assert detail["address"] == f"{service}/?targets=android,microcontroller"
        assert detail["title"] == title(page).inner_text()
        assert page.evaluate("document.querySelector('steelyard-advice').address") == detail["address"]
        assert page.url == address


def test_the_box_asks_on(host: Host, service: str, chromium: Browser) -> None:
    """What is best asked next can be answered by keyboard, without a form leaving the page."""
    with visiting(chromium) as page:
        page.goto(host.embed(service, ASKS))
        question = page.locator("#next legend").inner_text()
        page.locator("#next .choices input").first.press("Space")
        page.get_by_role("button", name="Answer").press("Enter")
        expect(page.locator("#next legend")).not_to_have_text(question)
        expect(title(page)).to_contain_text("fits best")


def test_the_keyboard_stays_where_it_is(host: Host, service: str, chromium: Browser) -> None:
    """Whoever answers by keyboard is, after the answer, still where they were."""
    with visiting(chromium) as page:
        page.goto(host.embed(service, ASKS))
        topic = page.locator("details.topic", has=page.locator("#need-targets"))
        topic.locator("> summary").press("Enter")
        page.locator("#need-targets input[value=android]").press("Space")
        expect(title(page)).to_contain_text("fits best")
        where = "document.querySelector('steelyard-advice').shadowRoot.activeElement?.value"
        assert page.evaluate(where) == "android"


def test_one_recommendation(host: Host, service: str, chromium: Browser) -> None:
    """The answer alone is shown, and what leads on from it leads to the whole page at the service."""
    with visiting(chromium) as page:
        page.goto(host.embed(service, SAYS))
        expect(title(page)).to_contain_text("fits best")
        expect(page.locator(".beam, .ranking, .within-why")).to_have_count(3)
        expect(page.locator("form")).to_have_count(0)
        second = page.locator(".ranking a").nth(1)
        assert str(second.evaluate("link => link.href")).startswith(
            f"{service}/?targets=android,ios&must=targets&look-at="
        )
        second.click()
        page.wait_for_url(f"{service}/?**")


def test_a_candidate_is_opened_in_place(host: Host, service: str, chromium: Browser) -> None:
    """Beside the questions, the reasons of another candidate are shown where one is."""
    address = host.embed(service, '<steelyard-advice requirements="targets=android"></steelyard-advice>')
    with visiting(chromium) as page:
        page.goto(address)
        second = page.locator(".ranking li").nth(1)
        name = second.locator(".name").inner_text()
        second.locator("a").click()
        expect(page.locator("#why-title")).to_have_text(f"Why {name}")
        assert page.url == address


def test_attributes_say_what_is_shown(host: Host, service: str, chromium: Browser) -> None:
    """Another ruleset, day, view or requirement is shown as soon as it is said."""
    with visiting(chromium) as page:
        page.goto(host.embed(service, SAYS))
        advice = page.locator("steelyard-advice")
        expect(page.locator("h1.kicker")).to_contain_text("framework")
        advice.evaluate("each => each.setAttribute('as-of', '2020-02-01')")
        expect(page.locator(".within-links")).to_contain_text("as of 1 Feb 2020")
        advice.evaluate("each => { each.setAttribute('view', 'questions'); each.removeAttribute('as-of') }")
        expect(page.locator("#need-targets")).to_have_count(1)
        expect(page.locator(".within-links")).not_to_contain_text("2020")
        advice.evaluate("each => { each.setAttribute('stack', 'deep-learning') }")
        expect(page.locator(".part")).to_have_count(3)
        advice.evaluate("""each => { each.removeAttribute('stack'); each.removeAttribute('requirements');
                                     each.setAttribute('ruleset', 'visualisation-tools') }""")
        expect(title(page)).to_have_text("Nothing is said yet")
        assert page.evaluate("document.querySelector('steelyard-advice').address").endswith(
            "/?ruleset=visualisation-tools"
        )


def test_colours_and_parts(host: Host, service: str, chromium: Browser) -> None:
    """Custom properties and parts reach what is shown."""
    style = """steelyard-advice { --steelyard-accent: rgb(1, 2, 3); --steelyard-for: rgb(4, 5, 6);
      --steelyard-font: monospace; }
      steelyard-advice::part(verdict) { border-left: 9px solid rgb(7, 8, 9); }"""
    with visiting(chromium) as page:
        page.goto(host.embed(service, SAYS, style=style))
        expect(title(page)).to_contain_text("fits best")
        assert style_of(page.locator(".within-links a"), "color") == "rgb(1, 2, 3)"
        assert style_of(page.locator(".bar .for-0"), "fill") == "rgb(4, 5, 6)"
        assert style_of(title(page), "font-family") == "monospace"
        assert style_of(page.locator(".within-verdict"), "border-left-width") == "9px"


def test_style_stays_on_its_side(host: Host, service: str, chromium: Browser) -> None:
    """Neither does the page's own style reach what is shown, nor that of the advice the page."""
    body = f'<p id="own" class="quiet">Ours, with <a id="link" href="#own">a link</a></p>{SAYS}'
    with visiting(chromium) as page:
        page.goto(host.embed(service, body))
        expect(page.locator(".ranking")).to_be_visible()
        assert style_of(title(page), "text-transform") == "none"
        assert style_of(page.locator(".within-links a"), "color") != "rgb(200, 0, 0)"
        assert style_of(page.locator(".within-why .quiet"), "opacity") == "1"
        assert style_of(page.locator("#link"), "color") == "rgb(200, 0, 0)"
        assert style_of(page.locator("#own"), "color") == "rgb(10, 20, 30)"
        assert style_of(page.locator("#own"), "font-family") == "Georgia, serif"


def test_size_and_scheme_are_those_of_the_place(host: Host, service: str, chromium: Browser) -> None:
    """Text is as large as that around, whatever the page's root says, and dark only where the page is."""
    style = """html { font-size: 5px; } #small { font-size: 12px; }
      #dark { color-scheme: dark; font-size: 20px; }"""
    body = f'<div id="small">{SAYS}</div><div id="dark">{SAYS}</div>'
    with visiting(chromium, color_scheme="dark") as page:
        page.goto(host.embed(service, body, style=style))
        expect(title(page)).to_have_count(2)
        small, dark = page.locator("#small .embedded"), page.locator("#dark .embedded")
        assert (style_of(small, "font-size"), style_of(dark, "font-size")) == ("12px", "20px")
        assert style_of(small, "background-color") == "rgb(250, 249, 246)"
        assert style_of(dark, "background-color") == "rgb(23, 22, 20)"


def test_its_language_is_its_own(host: Host, service: str, chromium: Browser) -> None:
    """Within a page that is written from right to left, English is not."""
    with visiting(chromium) as page:
        page.goto(host.embed(service, f'<div lang="ar" dir="rtl">{SAYS}</div>'))
        expect(page.locator(".ranking")).to_be_visible()
        assert style_of(title(page), "direction") == "ltr"
        assert page.locator(".embedded").get_attribute("lang") == "en"


@pytest.mark.parametrize(("width", "is_beside"), [(320, False), (620, False), (1100, True)])
def test_it_fits_its_container(host: Host, service: str, chromium: Browser, width: int, *, is_beside: bool) -> None:
    """The answer stands beside the questions where the container, not the window, is wide enough."""
    asks = '<steelyard-advice requirements="targets=android"></steelyard-advice>'
    style = f"#box {{ width: {width}px; font-size: 16px; }}"
    with visiting(chromium) as page:
        page.goto(host.embed(service, f'<div id="box">{asks}</div>', style=style))
        expect(page.locator(".ranking")).to_be_visible()
        questions, verdict = page.locator(".needs").bounding_box(), page.locator(".ranking").bounding_box()
        assert questions is not None
        assert verdict is not None
        assert (verdict["x"] > questions["x"] + questions["width"]) == is_beside
        assert page.locator("#box").evaluate("box => box.scrollWidth") == width
        assert style_of(page.locator(".within-verdict"), "position") == ("static" if is_beside else "sticky")


def test_several_on_one_page(host: Host, service: str, chromium: Browser) -> None:
    """Each has an answer of its own, even where the script is there twice."""
    body = f'{ASKS}{SAYS}<script src="{service}/embed.js"></script>'
    with visiting(chromium) as page:
        page.goto(host.embed(service, body))
        first, second = page.locator("steelyard-advice").first, page.locator("steelyard-advice").nth(1)
        expect(title(second)).to_contain_text("fits best")
        before = title(second).inner_text()
        first.locator("#next .choices input").first.click()
        first.get_by_role("button", name="Answer").click()
        expect(title(first)).to_contain_text("fits best")
        assert title(second).inner_text() == before


def test_it_can_be_moved(host: Host, service: str, chromium: Browser) -> None:
    """An element that is taken out and put elsewhere keeps what was answered, and goes on."""
    with visiting(chromium) as page:
        page.goto(host.embed(service, f'{ASKS}<div id="elsewhere"></div>'))
        tick(page, "targets", "Android")
        expect(title(page)).to_contain_text("fits best")
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.evaluate("""() => { const advice = document.querySelector('steelyard-advice'); advice.remove();
                                 document.querySelector('#elsewhere').append(advice) }""")
        expect(page.locator("#elsewhere .ranking")).to_be_visible()
        assert requests == []
        tick(page, "targets", "iPhones")
        expect(page.locator("#need-targets .choices :checked")).to_have_count(2)
        expect(page.locator("#elsewhere .within-links a").first).to_have_attribute(
            "href", f"{service}/?targets=android,ios"
        )


def test_an_origin_that_may_not_ask(host: Host, site: Server, chromium: Browser) -> None:
    """Where the service does not let the page ask, a sentence says where the advice is to be had."""
    address = host.embed(origin_of(site), SAYS)
    with visiting(chromium, expected="CORS policy|ERR_FAILED") as page:
        page.goto(address)
        notice = page.locator("steelyard-advice p")
        expect(notice).to_have_text(
            f"The advice cannot be shown here just now; it has a page of its own at {HOST}:{site.port}."
        )
        link = notice.locator("a")
        assert link.evaluate("link => link.href") == f"{origin_of(site)}/?targets=android%2Cios&must=targets"
        link.click()
        expect(page.locator("#answer-title")).to_contain_text("fits best")


def test_a_service_that_is_gone(host: Host, chromium: Browser, tmp_path: Path) -> None:
    """Without the service there is a sentence for what was never shown, and beside what was."""
    with serving(tmp_path, "--cors-origin", host.origin) as running, visiting(chromium, expected="ERR_") as page:
        page.goto(
            host.embed(origin_of(running), '<steelyard-advice requirements="targets=android"></steelyard-advice>')
        )
        expect(title(page)).to_contain_text("fits best")
        running.process.terminate()
        running.exit_code()
        page.evaluate("document.body.append(document.createElement('steelyard-advice'))")
        expect(page.locator("steelyard-advice").nth(1)).to_contain_text("cannot be shown here just now")
        page.locator(".ranking a").nth(1).click()
        expect(page.locator(".verdict-rest")).to_contain_text("What is shown was so before")
        expect(page.locator(".ranking")).to_be_visible()


def test_what_stands_between_its_tags(host: Host, chromium: Browser, tmp_path: Path) -> None:
    """Where not even the script is to be had, what the page itself put there is shown."""
    with serving(tmp_path) as running:
        address = host.embed(origin_of(running), "<steelyard-advice>Ask the architects.</steelyard-advice>")
    with visiting(chromium, expected="ERR_CONNECTION_REFUSED") as page:
        page.goto(address)
        expect(page.get_by_text("Ask the architects.")).to_be_visible()


def test_where_keys_are_wanted(host: Host, chromium: Browser, tmp_path: Path) -> None:
    """A service that wants a key shows a page without one no advice, and no window that asks for it."""
    keys = tmp_path / "keys"
    keys.write_text(line_of("somebody", new_key()))
    options = ("--cors-origin", host.origin, "--api-keys-file", keys)
    with serving(tmp_path, *options) as running, visiting(chromium, expected="401") as page:
        page.goto(host.embed(origin_of(running), SAYS))
        expect(page.locator("steelyard-advice")).to_contain_text("given only to those who show a key")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(host: Host, service: str, chromium: Browser, scheme: Any) -> None:
    """An examination of accessibility finds nothing within, whatever is opened, in both schemes."""
    style = ":root { color-scheme: light dark; }"
    with visiting(chromium, color_scheme=scheme) as page:
        page.goto(host.embed(service, ASKS + SAYS, style=style))
        tick(page, "targets", "Android")
        expect(title(page).filter(has_text="fits best")).to_have_count(2)
        settled(page)
        found = Axe().run(page, context={"include": [["steelyard-advice"]]}).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("view", ["questions", "recommendation"])
@pytest.mark.parametrize("width", [360, 1200])
def test_opened_by_itself(visits: Visits, view: str, width: int) -> None:
    """What is shown within other pages is a page of its own, too, and works without a script."""
    address = f"/embedded?targets=android&embedded-view={view}"
    page = visits.open(address, viewport={"width": width, "height": 800}, color_scheme="dark")
    expect(title(page)).to_contain_text("fits best")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert Axe().run(page).response["violations"] == []
    if view == "questions":
        asked = page.locator("#next legend").inner_text()
        page.locator("#next .choices input").first.check()
        page.get_by_role("button", name="Answer").click()
        expect(page.locator("#next legend")).not_to_have_text(asked)
        expect(page.locator("#need-targets input[value=android]")).to_be_checked()


def test_the_example(host: Host, service: str, chromium: Browser) -> None:
    """The page in `service/examples` works as it is, but for the ports."""
    host.pages["handbook.js"] = (EXAMPLES / "handbook.js").read_text(encoding="utf-8")
    example = (EXAMPLES / "embedding.html").read_text(encoding="utf-8")
    assert "http://127.0.0.1:8000/embed.js" in example
    host.pages["embedding.html"] = example.replace("http://127.0.0.1:8000", service)
    # It has a policy of its own.
    host.allowed = None
    with visiting(chromium) as page:
        page.goto(f"{host.origin}/embedding.html")
        expect(title(page)).to_have_count(2)
        advice = page.locator("steelyard-advice").first
        advice.locator("#next .choices input").first.click()
        advice.get_by_role("button", name="Answer").click()
        expect(title(advice)).to_contain_text("fits best")
        expect(page.locator("#decision")).to_have_attribute("href", advice.evaluate("each => each.address"))
        assert style_of(page.locator(".within-links a"), "color") == "rgb(29, 95, 133)"
