"""How long it takes from a click on an answer to the moved ranking, in a browser, beside a bare fetch of the page."""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.bench.report import Aim, Findings, Row
from tests.bench.rounds import Pace
from tests.browser.chromium import ANSWERED, Visits, launched
from tests.web.serving import HOST, serving

_ANSWERS, _FEW_ANSWERS = 50, 10
_QUICK_ROUNDS = 3
_WARMING_UP = 3
_WANTED = 100.0
_BARE = "fetch of the same page"
_CLICK = """async (place) => {
  const choices = document.querySelectorAll("#questions .choices input[type=radio]:not([value=''])");
  const choice = choices[place % choices.length];
  const moved = new Promise((done) => {
    new MutationObserver((_, observer) => {
      if (document.querySelector("[aria-busy]")) return;
      observer.disconnect();
      done(performance.now());
    }).observe(document.documentElement, { attributes: true, subtree: true, attributeFilter: ["aria-busy"] });
  });
  const clicked = performance.now();
  choice.click();
  return (await moved) - clicked;
}"""
_FETCH = """async () => {
  const begun = performance.now();
  await (await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" } })).text();
  return performance.now() - begun;
}"""


def measure(findings: Findings, pace: Pace) -> None:
    """Clicks answers, each of which leads to a page that was not seen before, and fetches each page once more."""
    count = _FEW_ANSWERS if pace.rounds <= _QUICK_ROUNDS else _ANSWERS
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as site, launched() as browser:
        if browser is None:
            raise SystemExit("Chromium is not installed")
        visits = Visits(browser, f"http://{HOST}:{site.port}")
        pairs = _timed(visits.open(ANSWERED), count + _WARMING_UP)[_WARMING_UP:]
        if troubles := visits.end():
            raise SystemExit("\n".join(troubles))
    clicks, fetches = [click for click, _ in pairs], [fetch for _, fetch in pairs]
    ratio = statistics.median(click / fetch for click, fetch in pairs)
    rows = [
        Row(part="page", subject=subject, depth=depth, value=of(times), unit="ms", ratio=share, against=against)
        for subject, times, share, against in (
            ("click to moved ranking", clicks, ratio, _BARE),
            (_BARE, fetches, None, None),
        )
        for depth, of in (("median", statistics.median), ("at 95 %", _slowest))
    ]
    findings.add(
        rows, [Aim("page: ms from click to moved ranking, at 95 %", _slowest(clicks), _WANTED, at_least=False)]
    )


def _timed(page: Page, count: int) -> list[tuple[float, float]]:
    """Milliseconds to each moved ranking, and to fetch the same page again."""
    return [(page.evaluate(_CLICK, place), page.evaluate(_FETCH)) for place in range(count)]


def _slowest(times: list[float]) -> float:
    """The time within which 95 of 100 came."""
    return statistics.quantiles(times, n=20)[-1]
