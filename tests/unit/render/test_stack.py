"""What the answer of a stack looks like, whole, against files in `stack_goldens/`, and what holds of it anyway.

`STEELYARD_WRITE_GOLDENS=1 pytest tests/unit/render/test_stack.py` writes the files anew; read what changed.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from steelyard import Stack, StackAnswer
from tests.stacks import DAY, RULESETS, STACK, Data, stack
from tests.unit.render.markdown_reading import ORDINARY_TAGS, RENDERERS, links, tags, words
from tests.unit.render.test_markdown import EVIL, poisoned

GOLDENS = Path(__file__).parent / "stack_goldens"
WRITE = os.environ.get("STEELYARD_WRITE_GOLDENS") == "1"

REQUESTS: dict[str, Data] = {
    "recommended": {"requirements": {"garden": True, "hours": {"value": 9, "importance": "must"}}},
    "tied": {"requirements": {"garden": False}},
    "undecided": {"requirements": {"floor": False}},
    "infeasible": {"requirements": {"hours": {"value": 22, "importance": "must"}}},
    "nothing-said": {"requirements": {}},
    "said-and-restricted": {"requirements": {"garden": True, "pet": "fish"}, "candidates": ["cat", "clinic"]},
}
RENDERINGS: dict[str, Callable[[StackAnswer], str]] = {
    ".txt": lambda given: given.to_text(),
    ".40.txt": lambda given: given.to_text(width=40),
    ".color.txt": lambda given: given.to_text(color=True),
    ".md": lambda given: given.to_markdown(),
}
KEPT = [
    (name, suffix) for name in REQUESTS for suffix in RENDERINGS if suffix in (".txt", ".md") or name == "recommended"
]


@pytest.mark.parametrize(("name", "suffix"), KEPT)
def test_a_rendering_is_as_it_was_approved(name: str, suffix: str) -> None:
    """A rendering equals its file, to the character."""
    golden = GOLDENS / f"{name}{suffix}"
    rendered = RENDERINGS[suffix](stack().answer({"as_of": DAY, **REQUESTS[name]}))
    if WRITE:
        golden.write_bytes(rendered.encode())
    assert golden.read_bytes().decode() == rendered


def test_no_golden_is_left_over() -> None:
    """Every file in the folder belongs to an example."""
    assert {f"{name}{suffix}" for name, suffix in KEPT} == {path.name for path in GOLDENS.iterdir()}


def with_texts(text: str) -> Stack:
    """The stack, with this text wherever it or its rulesets hold one of their own."""
    rulesets = {name: poisoned(data, text) for name, data in RULESETS.items()}
    for data in rulesets.values():
        data["needs"]["pet"] = {**data["needs"].get("pet", {"type": "flag"}), "question": text}
        if "options" in data["needs"]["pet"]:
            data["needs"]["pet"]["options"] = dict.fromkeys(data["needs"]["pet"]["options"], text)
    del rulesets["pets"]["needs"]["pet"]
    return stack(poisoned(STACK, text), **rulesets)


@pytest.mark.parametrize("renderer", RENDERERS.values(), ids=RENDERERS.keys())
@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("name", REQUESTS)
def test_texts_harm_nobody(name: str, evil: str, renderer: MarkdownIt) -> None:
    """Whatever stands in a stack and its rulesets, the record has the blocks and the links of the harmless one."""
    request = {"as_of": DAY, **REQUESTS[name]}
    tokens = renderer.parse(with_texts(evil).answer(request).to_markdown())
    harmless = renderer.parse(with_texts("harmless").answer(request).to_markdown())
    assert [(token.type, token.level) for token in harmless] == [(token.type, token.level) for token in tokens]
    assert tags(tokens) <= {*ORDINARY_TAGS, "h4"}
    assert links(harmless) == links(tokens)
    assert evil in words(tokens)


def test_sources_with_one_id_lead_to_their_own_places() -> None:
    """Two rulesets may call different sources by the same id: each part links to its own."""
    markdown = stack().recommend({"garden": True, "hours": 9}, as_of=DAY).to_markdown()
    tokens = RENDERERS["the default"].parse(markdown)
    assert links(tokens) == {f"https://example.org/{name}" for name in RULESETS}


@pytest.mark.parametrize("width", [0, 24, 40, 100])
@pytest.mark.parametrize("name", REQUESTS)
def test_no_line_is_wider_than_asked(name: str, width: int) -> None:
    """No line of the text is wider than the terminal, and what was asked stands once, at the end."""
    lines = stack().answer({"as_of": DAY, **REQUESTS[name]}).to_text(width=width).splitlines()
    assert all(len(line) <= max(width, 24) for line in lines)
    assert sum(line.startswith("  Asked") for line in lines) == 1
