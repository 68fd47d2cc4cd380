"""Chromium, and visits with it that notice whatever a browser complains of."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, Request, expect, sync_playwright

DAY = "2026-11-25"
"""The day asked about where the names of who leads are compared, so that they hold on every other day."""
ANSWERED = f"/?as_of={DAY}&stage=production&targets=android&training_hardware=nvidia&model_kinds=recurrent&must=targets"
"""A project with a must that excludes, in which the leader and the next are close."""
INFEASIBLE = (
    f"/?ruleset=deployment-runtimes&as_of={DAY}&framework=tinygrad&inference_hardware=phone-npu"
    "&must=framework,inference_hardware"
)
"""A project with musts that exclude everybody."""
STACK = f"/?stack=deep-learning&as_of={DAY}&stage=production&targets=android"
PLACE = "found => found.getBoundingClientRect().top"
"""How far below the edge of the window an element begins."""
WIDTH, HEIGHT = 1280, 860
PATIENCE = 15_000
"""Milliseconds after which something does not happen any more, on however busy a machine."""

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_GIVEN_UP = "net::ERR_ABORTED"
_TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} of ${event.blockedURI}`));
"""


def executable(playwright: Playwright) -> str | None:
    """Where a Chromium is installed; None if none is."""
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def launched() -> Iterator[Browser | None]:
    """A Chromium without windows, for as long as the block lasts; None if none is installed."""
    # Chromium does not isolate itself from the system where root starts it.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        path = executable(playwright)
        if path is None:
            yield None
            return
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=path, args=options)
        try:
            yield browser
        finally:
            browser.close()


class Visits:
    """Visits to a site, each with a memory of its own, and all that the browser complained of meanwhile."""

    def __init__(self, browser: Browser, origin: str) -> None:
        """Begins with no visit.

        Args:
            browser: the browser.
            origin: scheme, host and port of the site.
        """
        self.origin = origin
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._troubles: list[str] = []

    def open(self, address: str | None = None, **options: Any) -> Page:
        """Begins a visit.

        Args:
            address: what to look at first; None is nothing yet.
            options: for the context, as Playwright takes them.
        """
        standard: dict[str, Any] = {"viewport": {"width": WIDTH, "height": HEIGHT}, "base_url": self.origin}
        context = self._browser.new_context(**{**standard, **options})
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(_TELL_VIOLATIONS)
        context.on("console", lambda message: self._troubles.append(f"console: {message.text}"))
        context.on("weberror", lambda error: self._troubles.append(f"error: {error.error}"))
        context.on("request", self._watch)
        context.on("requestfailed", self._note_failure)
        page = context.new_page()
        if address is not None:
            page.goto(address)
        return page

    @contextmanager
    def expecting(self, pattern: str) -> Iterator[None]:
        """Takes no notice of complaints that match, and demands that there is one."""
        before = len(self._troubles)
        yield
        found, self._troubles[before:] = self._troubles[before:], []
        self._troubles += [each for each in found if not re.search(pattern, each)]
        assert any(re.search(pattern, each) for each in found), found

    def end(self) -> list[str]:
        """Ends all visits, and says what the browser complained of."""
        for context in self._contexts:
            context.close()
        return self._troubles

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self._troubles.append(f"request to elsewhere: {request.url}")

    def _note_failure(self, request: Request) -> None:
        # A page gives up what a later answer overtakes, and a browser gives up to show what it saves.
        if request.failure != _GIVEN_UP:
            self._troubles.append(f"failed: {request.url}: {request.failure}")


def title(page: Page) -> Locator:
    """Who leads, as the page says it on top."""
    return page.locator("#answer-title")


def settled(page: Page) -> None:
    """Waits until the answer to what was said last is shown."""
    expect(page.locator("[aria-busy]")).to_have_count(0)


def names(page: Page) -> list[str]:
    """The candidates in the order of the ranking, by their ids."""
    ids = page.locator(".ranking > li").evaluate_all("found => found.map(each => each.id)")
    return [str(each).removeprefix("rank-") for each in ids]


def topic_of(page: Page, need: str) -> Locator:
    """The topic under which a question stands."""
    return page.locator("details.topic", has=page.locator(f"#need-{need}"))


def question(page: Page, need: str) -> Locator:
    """A question, with its topic opened as a person opens it."""
    topic = topic_of(page, need)
    if topic.get_attribute("open") is None:
        topic.locator("> summary").click()
    return page.locator(f"#need-{need}")


def tick(page: Page, need: str, label: str) -> None:
    """Answers a question in its topic."""
    question(page, need).locator(".choices label", has_text=label).locator("input").click()


def unfold(page: Page, id_: str) -> Locator:
    """A part of the answer, opened as a person opens it."""
    part = page.locator(f"#{id_}")
    if part.get_attribute("open") is None:
        part.locator("> summary").click()
    return part


def shown(page: Page) -> list[str]:
    """All words of a page, and what is ticked or typed."""
    words = page.locator("main").evaluate("main => main.textContent")
    fields = page.locator("main input").evaluate_all(
        "found => found.map(each => `${each.name}=${each.value}:${each.checked}`)"
    )
    return [*str(words).split(), *map(str, fields)]
