"""Python programs: every way to load, what results can do, and what two type checkers say of a program."""

import json
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar
from zipfile import ZipFile

import pytest
from rich.console import Console

import steelyard
from steelyard.library.resource import on_disk
from tests.contract import usage
from tests.node.installed import node
from tests.web.html import Page
from tests.web.rulesets import PETS

T = TypeVar("T")

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pets() -> steelyard.Ruleset:
    """The ruleset of the program."""
    return steelyard.Ruleset.from_yaml(usage.RULES)


def test_a_program_runs(pets: steelyard.Ruleset, tmp_path: Path) -> None:
    """What the types promise holds when the program runs."""
    assert [each.id for each in usage.loaded(tmp_path)] == [
        *("deep-learning-frameworks", "deep-learning-frameworks", "pets", "pets", "tea", "pets", "tea")
    ]
    assert usage.told(pets).startswith("dog; recommended; Likes to be outdoors")
    assert usage.decided(pets) == ["dog", None]
    assert usage.faults(pets) == [
        "/requirements/garden: expected true or false, got the text `perhaps` (value/wrong-type); ",
        "/requirements/gardn: unknown need `gardn` (request/unknown-need); did you mean `garden`?",
    ]
    assert usage.compared(pets).differs
    assert usage.joined().is_complete


def test_pyright_agrees() -> None:
    """The program is typed without a doubt for pyright as well, which reads the types of the package as they ship."""
    node()
    checked = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "tests/contract/usage.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(checked.stdout)
    assert report["generalDiagnostics"] == []
    assert report["summary"]["filesAnalyzed"] == 1


def test_a_package_that_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ruleset is loaded out of an archive, be it a file or a folder of it, and nothing of it is left behind."""
    archive = tmp_path / "packed.zip"
    with ZipFile(archive, "w") as packed:
        packed.writestr("packed/__init__.py", "")
        head, rules = usage.RULES.split("candidates:")
        packed.writestr("packed/rules/head.yaml", head)
        packed.writestr("packed/rules/below/rest.yaml", f"candidates:{rules}")
        packed.writestr("packed/whole.yaml", usage.RULES)
    monkeypatch.syspath_prepend(str(archive))
    package = files("packed")
    assert steelyard.load(package / "rules").digest == steelyard.load(package / "whole.yaml").digest
    with on_disk(package / "rules") as path:
        assert (path / "below" / "rest.yaml").is_file()
    assert not path.exists()


def copied(given: T) -> T:
    """What is left after it was pickled and read again."""
    again: T = pickle.loads(pickle.dumps(given))  # noqa: S301  what was written a moment ago
    return again


def test_results_can_be_kept_and_sent(pets: steelyard.Ruleset) -> None:
    """Rulesets and results are the same after pickling; answers can be members of sets."""
    answer = pets.recommend({"garden": True}, as_of="2026-01-01")
    assert copied(answer) == answer
    assert copied(answer).to_json() == answer.to_json()
    assert len({answer, pets.recommend({"garden": True}, as_of="2026-01-01")}) == 1
    assert copied(pets) == pets
    assert len({copied(pets), pets}) == 1
    assert pets != steelyard.load()
    stack = usage.joined()
    assert copied(stack).to_json() == stack.to_json()
    joining = steelyard.load_stack("deep-learning")
    assert copied(joining) == joining
    assert joining not in (None, steelyard.load())


def test_threads_share_a_ruleset() -> None:
    """Many threads that ask one ruleset get what each would get alone."""
    ruleset = steelyard.load()
    asked = [{"stage": stage, "lifetime": years} for stage in ("production", "research") for years in range(1, 9)]
    alone = [ruleset.recommend(each, as_of="2026-11-25").to_json() for each in asked]
    fresh = steelyard.load()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda each: fresh.recommend(each, as_of="2026-11-25").to_json(), asked * 4))
    assert together == alone * 4


def test_in_a_notebook() -> None:
    """A notebook shows who fits best, the chart and why; nothing that a ruleset says is markup."""
    hostile = json.loads(json.dumps(PETS).replace("Likes", "<script>x</script>").replace("Both roam", "<img src=x>"))
    answer = steelyard.Ruleset.from_dict(hostile).recommend({"garden": True}, as_of="2026-01-01")
    read = Page(f"<body>{answer._repr_html_()}</body>")
    assert "Dog fits best" in read.text
    assert "Why Dog" in read.text
    assert len(read.all("svg")) == 1
    assert not read.all("script")
    assert not read.all("img")
    assert answer._repr_svg_() == answer.to_svg()
    nothing = steelyard.Ruleset.from_dict(hostile).recommend({}, as_of="2026-01-01")
    assert "none is recommended" in nothing._repr_html_()
    assert Page(f"<body>{usage.joined()._repr_html_()}</body>").all("svg")
    assert "The answer" in steelyard.compare(nothing, answer)._repr_html_()


def printed(answer: steelyard.Answer, **options: Any) -> str:
    """What a console of rich, 50 columns wide, prints of an answer."""
    said = StringIO()
    Console(file=said, width=50, **options).print(answer)
    return said.getvalue()


def test_in_a_console_of_rich(pets: steelyard.Ruleset) -> None:
    """A console of rich shows the text of an answer as wide as it is, in its colours where it has some."""
    answer = pets.recommend({"garden": True}, as_of="2026-01-01")
    for colours in (None, "standard"):
        shown = printed(answer, color_system=colours, force_terminal=True)
        assert shown.replace("\x1b[0m", "").replace("\x1b[1m", "").splitlines()[0].startswith("Dog fits best")
        assert ("\x1b[" in shown) == (colours is not None)
    assert printed(answer, color_system=None).rstrip() == answer.to_text(width=50).rstrip()
