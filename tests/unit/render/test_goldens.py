"""What renderings look like, whole, against files in `goldens/`.

After a change that is meant, write the files anew and read what changed before committing it:

    STEELYARD_WRITE_GOLDENS=1 pytest tests/unit/render/test_goldens.py
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from steelyard import Answer
from tests.unit.render.examples import REQUESTS, answer

GOLDENS = Path(__file__).parent / "goldens"
WRITE = os.environ.get("STEELYARD_WRITE_GOLDENS") == "1"

RENDERINGS: dict[str, Callable[[Answer], str]] = {
    ".txt": lambda given: given.to_text(),
    ".40.txt": lambda given: given.to_text(width=40),
    ".color.txt": lambda given: given.to_text(color=True),
    ".md": lambda given: given.to_markdown(),
    ".svg": lambda given: given.to_svg(),
}
NARROW_OR_COLORED = ("recommended", "infeasible", "explained")
DRAWN = ("recommended", "tied", "undecided", "infeasible")
GOLDENS_KEPT = [
    (name, suffix)
    for name in REQUESTS
    for suffix in RENDERINGS
    if suffix in (".txt", ".md") or name in (NARROW_OR_COLORED if suffix != ".svg" else DRAWN)
]


@pytest.mark.parametrize(("name", "suffix"), GOLDENS_KEPT)
def test_a_rendering_is_as_it_was_approved(name: str, suffix: str) -> None:
    """A rendering equals its file, to the character."""
    golden = GOLDENS / f"{name}{suffix}"
    rendered = RENDERINGS[suffix](answer(name))

    if WRITE:
        golden.write_bytes(rendered.encode())

    assert golden.read_bytes().decode() == rendered


def test_no_golden_is_left_over() -> None:
    """Every file in the folder belongs to an example."""
    expected = {f"{name}{suffix}" for name, suffix in GOLDENS_KEPT}

    assert expected == {path.name for path in GOLDENS.iterdir()}
