"""Loading the rulesets that a service answers from."""

from pathlib import Path

import pytest

from steelyard.library import RulesetError
from steelyard.web import Shelf, open_shelf
from tests.web.rulesets import TEA_YAML

COFFEE_YAML = TEA_YAML.replace("id: tea", "id: coffee")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder with two rulesets, one a folder and one in a file of its own in another."""
    (tmp_path / "tea").mkdir()
    (tmp_path / "tea" / "tea.yaml").write_text(TEA_YAML)
    (tmp_path / "drinks" / "coffee").mkdir(parents=True)
    (tmp_path / "drinks" / "coffee" / "all.yaml").write_text(COFFEE_YAML)
    return tmp_path


def codes(error: RulesetError) -> list[str]:
    """The codes of the diagnostics."""
    return [each.code.value for each in error.diagnostics]


def test_rulesets_that_ship() -> None:
    """Without a path, the shelf holds what ships."""
    assert open_shelf().default.id == "deep-learning-frameworks"


def test_a_folder_of_folders(rules: Path) -> None:
    """A folder of rulesets gives all of them, in the order of their folders."""
    shelf = open_shelf([rules])
    assert list(shelf.rulesets) == ["coffee", "tea"]
    assert shelf.default is shelf.rulesets["coffee"]


def test_several_paths(rules: Path) -> None:
    """Several paths give their rulesets in the order of the paths; the first is the default."""
    shelf = open_shelf([rules / "tea" / "tea.yaml", rules / "drinks"])
    assert list(shelf.rulesets) == ["tea", "coffee"]
    assert shelf.default.id == "tea"


def test_the_same_id_twice(rules: Path) -> None:
    """Two rulesets with one id are refused, and both are named."""
    (rules / "other.yaml").write_text(TEA_YAML)
    with pytest.raises(RulesetError) as caught:
        open_shelf([rules / "tea", rules / "other.yaml"])
    (error,) = caught.value.diagnostics
    assert error.code.value == "value/repeated"
    assert error.message.startswith("two rulesets have the id `tea`: ")


def test_every_fault_of_all_is_told(rules: Path) -> None:
    """One faulty ruleset is enough to refuse, and the faults of all of them are told, with their files."""
    (rules / "tea" / "tea.yaml").write_text(TEA_YAML.replace("sleep: true", "slep: true"))
    (rules / "drinks" / "coffee" / "all.yaml").write_text(COFFEE_YAML.replace("green: poor", "gren: poor"))
    with pytest.raises(RulesetError) as caught:
        open_shelf([rules])
    errors = {(Path(each.span.source.name).name, each.code.value) for each in caught.value.diagnostics if each.span}
    assert {("tea.yaml", "rule/unknown-need"), ("all.yaml", "rule/unknown-candidate")} <= errors


@pytest.mark.parametrize(("path", "code"), [("missing", "file/not-found"), (".", "file/nothing-here")])
def test_nothing_there(tmp_path: Path, path: str, code: str) -> None:
    """A path that leads nowhere, and a folder without a ruleset, are refused rather than passed over."""
    with pytest.raises(RulesetError) as caught:
        open_shelf([tmp_path / path])
    assert codes(caught.value) == [code]


def test_a_shelf_holds_something() -> None:
    """A shelf cannot be made of nothing."""
    with pytest.raises(ValueError, match="at least one ruleset"):
        Shelf.holding()


def test_a_shelf_has_one_ruleset_for_each_id() -> None:
    """A shelf cannot hold two rulesets with one id."""
    ruleset = open_shelf().default
    with pytest.raises(ValueError, match="no two with the same id"):
        Shelf.holding(ruleset, ruleset)
