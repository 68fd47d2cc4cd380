"""What a replay looks like, whole, against files in `replay_views/`.

After a change that is meant, write the files anew and read what changed before committing it:

    STEELYARD_WRITE_GOLDENS=1 pytest tests/unit/render/test_replay_view.py
"""

import os
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from steelyard.diagnostics import Code, fault
from steelyard.recommendation import RulesetIdentity
from steelyard.render.page import page_as_markdown, page_as_text
from steelyard.render.revision import replay_page
from steelyard.revision import WHOLE, Choice, Mover, Redecided, Refused, Replay, RuleStatus, Shift, Why, replay_document

GOLDENS = Path(__file__).parent / "replay_views"
WRITE = os.environ.get("STEELYARD_WRITE_GOLDENS") == "1"

DAYS = (date(2026, 10, 1), date(2026, 10, 31))
DOG, CAT, NOBODY = Choice("recommended", "dog"), Choice("recommended", "cat"), Choice("infeasible", None)
GARDEN: dict[str, Any] = {
    "garden": {"value": True, "importance": "must"},
    "allergies": {"value": ["fur", "hay"], "importance": "should"},
    "pool": {"value": False},
    "sorts": {"value": []},
}
WHY = Why(
    part=WHOLE,
    then=None,
    now=None,
    shifts=tuple(
        Shift(f"rule-{number}", f"Rule *{number}*", status, Fraction(number + 1, 2) * (-1) ** number)
        for number, status in enumerate((*RuleStatus, RuleStatus.KEPT))
    ),
    shares=Fraction(-1, 3),
)


def redecided(**other: Any) -> Redecided:
    """Decisions that change, with other values where they are given."""
    fields: dict[str, Any] = {
        "id": "a1",
        "requirements": GARDEN,
        "candidates": ("dog", "cat"),
        "count": 3,
        "days": DAYS,
        "before": {WHOLE: DOG},
        "after": {WHOLE: CAT},
        "why": (WHY,),
    }
    return Redecided(**{**fields, **other})


def replay(*each: Redecided, **other: Any) -> Replay:
    """A replay of these decisions, and others that were passed over."""
    fields: dict[str, Any] = {
        "against": RulesetIdentity(id="pets", version="2", digest="0123456789abcdef"),
        "as_of": None,
        "asked": 1234,
        "distinct": 5,
        "redecided": each,
        "refused": (),
        "others": {},
        "masked": {},
        "passed_masked": 0,
        "faulty": (),
        "faulty_lines": 0,
        "movers": (),
    }
    return Replay(**{**fields, **other})


UNKNOWN = fault(Code.REQUEST_UNKNOWN_NEED, "unknown need `moat`", ("requirements", "moat"))
WHOLE_REQUEST = fault(Code.VALUE_WRONG_TYPE, "a request is a mapping")
PAGES = {
    "nothing": replay(asked=0, distinct=0),
    "all": replay(
        redecided(),
        redecided(after={WHOLE: NOBODY}, requirements={}, candidates=None, count=2, days=(DAYS[0], DAYS[0]), why=None),
        redecided(after={WHOLE: DOG}, count=1200, why=()),
        as_of=DAYS[1],
        refused=(
            Refused(id="b", requirements=GARDEN, count=2, faults=(UNKNOWN, WHOLE_REQUEST)),
            Refused(id="c", requirements={}, count=1, faults=(WHOLE_REQUEST,)),
        ),
        others={"beds": 7, "vets": 1},
        masked={"hours": 2, "pool": 1},
        passed_masked=2,
        faulty=((3, "the line is no record"), (9, "the line is not whole")),
        faulty_lines=5,
        movers=tuple(
            Mover(f"rule-{number}", f"Rule {number}", number, Fraction(40 - number)) for number in range(1, 13)
        ),
    ),
    "stack": replay(
        redecided(before={"pet": DOG, "bed": CAT}, after={"pet": CAT, "vet": NOBODY}, why=()),
        redecided(before={"pet": DOG}, after={"pet": DOG}),
    ),
    "many": replay(*[redecided(id=str(number), count=50 - number, why=None) for number in range(23)]),
}


@pytest.mark.parametrize("form", ["txt", "md"])
@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, form: str) -> None:
    """The page is exactly as the golden file."""
    blocks = replay_page(PAGES[name])
    text = page_as_text(blocks, width=80, color=False) if form == "txt" else page_as_markdown(blocks)
    golden = GOLDENS / f"{name}.{form}"
    if WRITE:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_everything() -> None:
    """Where everything is wanted, nothing is cut."""
    text = page_as_text(replay_page(PAGES["many"], everything=True), width=80, color=False)
    assert "more decision" not in text
    assert "Rule 12" in page_as_text(replay_page(PAGES["all"], everything=True), width=80, color=False)


def test_document() -> None:
    """The document holds all of it, the parts of stacks by their names."""
    document = replay_document(PAGES["stack"])
    assert document["decisions"][0]["after"] == {
        "parts": {
            "pet": {"outcome": "recommended", "recommended": "cat"},
            "vet": {"outcome": "infeasible", "recommended": None},
        }
    }
    assert [each["differs"] for each in document["decisions"]] == [True, False]
    assert (document["changed"], PAGES["stack"].refusals, replay_document(PAGES["all"])["refused"]) == (3, 0, 3)
