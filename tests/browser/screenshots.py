"""`make screenshots`: take the pictures of the page that the README and other sites show.

They are of a fixed project on a fixed day, so that they change only when what they show does.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page

from tests.browser.chromium import ANSWERED, HEIGHT, WIDTH, Visits, launched, settled
from tests.web.serving import HOST, serving

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "service/pictures"
SOCIAL = ROOT / "service/steelyard/web/pages/assets/social.png"

FOR_SHARING = """() => {
  const [title, rest, beam] = [".verdict-title", ".verdict-rest", ".beam"].map((each) => document.querySelector(each));
  title.textContent = "Steelyard";
  rest.textContent = document.querySelector("meta[name=description]").content;
  document.body.replaceChildren(title, rest, beam);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    body { padding: 4.5rem 6rem; }
    .verdict-title { font-size: 4.5rem; }
    .verdict-rest { max-inline-size: 48rem; margin-block-start: 1rem; font-size: 1.75rem; line-height: 1.4; }
    .beam { margin: 3.5rem 0 0; }
    .beam svg { max-inline-size: none; }
    .beam-ends, .beam figcaption, .weight text { display: none; }`);
  document.adoptedStyleSheets = [sheet];
}"""
"""What is seen at a glance, large: what this is, and a beam as the page draws it. It names nobody, since the picture
is the same for whatever address is shared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of the page.

    Attributes:
        path: where it is kept.
        address: what is shown.
        size: its width and height.
        scheme: `light` or `dark`.
        prepare: what is done before it is taken.
    """

    path: Path
    address: str = ANSWERED
    size: tuple[int, int] = (WIDTH, HEIGHT)
    scheme: str = "light"
    prepare: Callable[[Page], None] = field(default=lambda _page: None)


def main() -> None:
    """Takes every picture, and says which have changed."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, serving(Path(folder)) as site, launched() as browser:
        if browser is None:
            sys.exit("Chromium is not installed")
        visits = Visits(browser, f"http://{HOST}:{site.port}")
        for picture in pictures():
            write(picture.path, taken(visits, picture))
        if troubles := visits.end():
            sys.exit("\n".join(troubles))


def pictures() -> tuple[Picture, ...]:
    """What is shown of the page."""
    return (
        Picture(path=PICTURES / "page.png"),
        Picture(path=PICTURES / "page-dark.png", address=f"{ANSWERED}&look-at=pytorch", scheme="dark", prepare=reasons),
        Picture(path=PICTURES / "page-phone.png", size=(390, 844)),
        Picture(path=SOCIAL, size=(1200, 630), prepare=for_sharing),
    )


def taken(visits: Visits, picture: Picture) -> bytes:
    """A picture, taken anew."""
    width, height = picture.size
    options: dict[str, Any] = {
        "viewport": {"width": width, "height": height},
        "color_scheme": picture.scheme,
        "reduced_motion": "reduce",
    }
    page = visits.open(picture.address, **options)
    settled(page)
    picture.prepare(page)
    return page.screenshot(animations="disabled", caret="hide")


def reasons(page: Page) -> None:
    """Scrolls the answer to the reasons of the candidate that is opened."""
    page.locator("#why").evaluate("found => { document.getElementById('answer').scrollTop = found.offsetTop + 4; }")


def for_sharing(page: Page) -> None:
    """Leaves what is seen at a glance, large."""
    page.evaluate(FOR_SHARING)


def write(path: Path, content: bytes) -> None:
    """Writes a picture if it differs from what is there."""
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)
        print(f"wrote {path.relative_to(ROOT)}, {len(content):,} bytes")  # noqa: T201  a script reports to a person


if __name__ == "__main__":
    main()
