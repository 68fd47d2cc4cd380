"""`steelyard new` as an author begins with it."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import Steelyard
from tests.editors.publish import PUBLISHED

FILES = ["cases.yaml", "rules.yaml", "ruleset.schema.json", "ruleset.yaml"]


def next_steps(told: str) -> list[list[str]]:
    """The commands that are told, without the name of the program."""
    return [shlex.split(line)[1:] for line in told.splitlines() if line.startswith("  steelyard ")]


@pytest.mark.parametrize(
    "folder", ["pets-at-home", "deep/down/Our own Rules", "deep-learning-frameworks", "deep-learning", "-x/-y"]
)
def test_what_it_tells_to_do_works(run: Steelyard, folder: str) -> None:
    """Every command that is told next succeeds, whatever the folder is called; the strict check is among them."""
    made = run("new", "--", folder)
    assert made.exit_code == 0
    assert sorted(path.name for path in Path(folder).iterdir()) == FILES
    steps = next_steps(made.stdout)
    assert [step[0] for step in steps] == ["check", "test", "rules", "recommend"]
    for step in steps:
        result = run(*step)
        assert result.exit_code == 0, result.output
    checked = run("check", "--strict", "--", folder)
    assert checked.stdout == f"{folder}: 5 rules, 14 ratings, 5 cases, no faults\n"
    assert run("test", "--min-coverage", "100", "--", folder).exit_code == 0


@pytest.mark.parametrize(
    ("folder", "id_"), [("pets", "pets"), ("Our own Rules", "our-own-rules"), ("日本", "way-to-work"), (".", None)]
)
def test_it_is_called_as_its_folder(run: Steelyard, folder: str, id_: str | None) -> None:
    """The ruleset has the folder's name for its id, as far as that can be one; the folder at hand has one as well."""
    if folder == ".":
        run.rules.unlink()
        id_ = re.sub("[^a-z0-9]+", "-", run.folder.name.lower()).strip("-")
    assert run("new", folder).exit_code == 0
    assert f"  id: {id_} " in (Path(folder) / "ruleset.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["null", "true", "No", "2025", "1e5", "2025-01-01"])
def test_what_is_no_text_has_quotes(run: Steelyard, folder: str) -> None:
    """An id that readers of YAML take for something else than a text is written with quotes."""
    assert run("new", folder).exit_code == 0
    text = (Path(folder) / "ruleset.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["ruleset"]["id"] == folder.lower()
    assert run("check", "--strict", folder).exit_code == 0


def test_editors_find_the_schema(run: Steelyard) -> None:
    """Each file names the schema on top, which is the one that is published, and every line of it has room."""
    run("new", "mine")
    assert Path("mine/ruleset.schema.json").read_bytes() == (PUBLISHED / "ruleset.schema.json").read_bytes()
    for file in Path("mine").glob("*.yaml"):
        lines = file.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "# yaml-language-server: $schema=ruleset.schema.json"
        assert max(map(len, lines)) <= 120


def test_what_is_there_is_left_alone(run: Steelyard) -> None:
    """A folder that holds anything, and a file, are refused, and nothing in them changes."""
    for place, told in ((".", "`.` is not empty"), ("pets.yaml", "'pets.yaml' is a file")):
        result = run("new", place)
        assert result.exit_code == 2
        assert told in result.stderr
    assert [path.name for path in run.folder.iterdir()] == ["pets.yaml"]


def test_where_nothing_can_be_written(run: Steelyard) -> None:
    """A place that no folder can be made in is told, without more than that."""
    result = run("new", "pets.yaml/mine")
    assert result.exit_code == 2
    assert result.stderr.endswith("`pets.yaml/mine` cannot be written to: not a directory\n")
