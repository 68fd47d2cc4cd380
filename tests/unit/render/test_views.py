"""What the views of the knowledge and of comparisons look like, whole, against files in `views/`.

After a change that is meant, write the files anew and read what changed before committing it:

    STEELYARD_WRITE_GOLDENS=1 pytest tests/unit/render/test_views.py
"""

import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from steelyard.knowledge import Knowledge, balance, changes
from steelyard.render.page import Block, page_as_markdown, page_as_text
from steelyard.render.revision import revision_page, survey_page
from steelyard.render.rules import balance_page, candidate_page, changes_page, needs_page, rules_page
from steelyard.revision import Side, Sides, survey
from tests.dated import pets, pets_later

GOLDENS = Path(__file__).parent / "views"
WRITE = os.environ.get("STEELYARD_WRITE_GOLDENS") == "1"

DAY, EARLIER = date(2025, 2, 1), date(2021, 7, 1)
MODEL = pets().model
KNOWN = Knowledge.of(MODEL, DAY)
REQUEST = {"requirements": {"garden": True, "hours": 8, "allergies": [], "pool": False}}

Page = Callable[[int | None], Iterable[Block]]


def one(sides: Sides, *, everything: bool = False) -> Page:
    """A comparison of the answers to one request."""
    posed = sides.pose(REQUEST, DAY)
    return lambda _: revision_page(sides.compare(posed), posed.left_out, everything=everything)


DAYS = Sides(Side(MODEL, EARLIER), Side(MODEL, DAY))
VERSIONS = Sides(Side(MODEL, DAY), Side(pets_later().model, DAY))
BOTH = Sides(Side(MODEL, EARLIER), Side(pets_later().model, date(2026, 6, 1)))

PAGES: dict[str, Page] = {
    "rules": lambda room: rules_page(KNOWN, room),
    "rules-none": lambda room: rules_page(Knowledge.of(MODEL, DAY, criterion="home", need="pool"), room),
    "needs": lambda _: needs_page(KNOWN),
    "need": lambda _: needs_page(KNOWN, "hours"),
    "candidate": lambda _: candidate_page(KNOWN, MODEL.candidates["dog"]),
    "candidate-that-changed": lambda _: candidate_page(KNOWN, MODEL.candidates["cat"]),
    "candidate-to-come": lambda _: candidate_page(KNOWN, MODEL.candidates["alpaca"]),
    "changes": lambda _: changes_page(KNOWN, date(2015, 1, 1), changes(KNOWN, date(2015, 1, 1))),
    "changes-none": lambda _: changes_page(KNOWN, DAY, ()),
    "balance": lambda room: balance_page(KNOWN, balance(KNOWN), room),
    "compared-days": one(DAYS),
    "compared-versions": one(VERSIONS),
    "compared-both": one(BOTH, everything=True),
    "compared-same": one(Sides(Side(MODEL, DAY), Side(MODEL, DAY))),
    "survey-days": lambda _: survey_page(survey(DAYS, DAY), DAYS),
    "survey-versions": lambda _: survey_page(survey(VERSIONS, DAY), VERSIONS, everything=True),
}
NARROW = ("rules", "balance", "compared-days", "survey-versions")
WRITERS: dict[str, Callable[[Page], str]] = {
    ".txt": lambda page: page_as_text(page(80)),
    ".40.txt": lambda page: page_as_text(page(40), width=40),
    ".md": lambda page: page_as_markdown(page(None)),
}
KEPT = [(name, suffix) for name in PAGES for suffix in WRITERS if suffix != ".40.txt" or name in NARROW]


@pytest.mark.parametrize(("name", "suffix"), KEPT)
def test_a_view_is_as_it_was_approved(name: str, suffix: str) -> None:
    """A view equals its file, to the character."""
    golden = GOLDENS / f"{name}{suffix}"
    written = WRITERS[suffix](PAGES[name])

    if WRITE:
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(written.encode())

    assert golden.read_bytes().decode() == written


def test_no_golden_is_left_over() -> None:
    """Every file in the folder belongs to a view."""
    assert {path.name for path in GOLDENS.iterdir()} == {f"{name}{suffix}" for name, suffix in KEPT}
