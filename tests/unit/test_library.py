"""Finding and loading rulesets: ids that ship, paths, folders of rulesets, and what comes of faulty ones."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import steelyard
from steelyard.diagnostics import Severity
from steelyard.library import (
    DEFAULT_RULESET,
    RulesetError,
    check_data,
    check_path,
    check_text,
    find,
    find_stack,
    finding,
    found_at,
    ruleset_paths,
    shipped,
    shipped_folder,
    shipped_stacks,
)
from steelyard.reader import Limits
from tests.unit.samples import Keys, changed, checked, faults_of, sample, told, without

TEXT = str(sample()).replace("True", "true")


def place(folder: Path, *names: str, text: str = TEXT) -> Path:
    """Writes the sound ruleset into each of the files."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("files", "rulesets"),
    [
        (["a.yaml"], ["."]),
        (["a.yaml", "sub/b.yaml"], ["."]),
        (["one/a.yaml", "two/b.yml"], ["one", "two"]),
        (["one/deep/a.yaml", "one/deep/deeper/b.yaml", "two/b.yaml"], ["one/deep", "two"]),
        (["x.yaml/a.yaml"], ["x.yaml"]),
        ([".hidden/a.yaml", ".b.yaml", "notes.txt"], ["."]),
        ([], ["."]),
    ],
)
def test_rulesets_in_folders(files: list[str], rulesets: list[str], tmp_path: Path) -> None:
    """A folder that holds YAML files is one ruleset with all below it; else those below are rulesets of their own."""
    assert list(ruleset_paths(place(tmp_path, *files))) == [tmp_path / each for each in rulesets]


STACK = "stack: {}"


@pytest.mark.parametrize(
    ("files", "stacks", "rulesets"),
    [
        (["s.yaml", "one/a.yaml", "two/b.yaml"], ["s.yaml"], ["one", "two"]),
        (["stacks/s.yaml", "stacks/t.yml", "one/a.yaml"], ["stacks/s.yaml", "stacks/t.yml"], ["one"]),
        (["one/a.yaml", "one/s.yaml", "one/deep/b.yaml"], ["one/s.yaml"], ["one"]),
        (["a.yaml", "deep/s.yaml"], ["deep/s.yaml"], ["."]),
        (["s.yaml"], ["s.yaml"], []),
        (["one/s.yaml"], ["one/s.yaml"], []),
        ([], [], ["."]),
    ],
)
def test_stacks_in_folders(files: list[str], stacks: list[str], rulesets: list[str], tmp_path: Path) -> None:
    """Each file of a stack is one, wherever it stands, and neither makes a folder a ruleset nor is a part of one."""
    place(tmp_path, *files)
    place(tmp_path, *stacks, text=STACK)
    found = found_at(tmp_path)
    assert list(found.stacks) == [tmp_path / each for each in stacks]
    assert list(found.rulesets) == [tmp_path / each for each in rulesets]


def test_a_stack_among_the_files_of_a_ruleset(tmp_path: Path) -> None:
    """A ruleset is read without the stacks among its files, sound or not."""
    place(place(tmp_path, "a.yaml"), "s.yaml", text="stack: {id: [}")
    assert list(found_at(tmp_path).stacks) == [tmp_path / "s.yaml"]
    assert check_path(tmp_path).diagnostics == ()


@pytest.mark.parametrize(
    ("text", "is_stack"),
    [
        ("stack: {id: x}", True),
        ("parts: {}\n\nstack :\n  id: x\n", True),
        ('{"parts": {}, "stack": {}}', True),
        ("{\n  parts: {},\n  'stack': {}\n}", True),
        ("? stack\n: {}", True),
        ("stack: [", True),
        ("needs:\n  stack: {type: flag}", False),
        ("criteria: {a: The whole, stack: Of it}", False),
        ("ruleset: {title: |\n  stack: no\n  }", False),
        ("- stack: {}", False),
        ("ruleset: [\n  stack: x", False),
        ("stack", False),
        ("", False),
        ("\ufeffstack: {}", True),
    ],
)
def test_what_makes_a_file_a_stack(text: str, is_stack: bool, tmp_path: Path) -> None:
    """A file is a stack if it has the section `stack` at its top; of broken YAML, if a line begins so."""
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    found = found_at(path)
    assert (list(found.stacks), list(found.rulesets)) == (([path], []) if is_stack else ([], [path]))


def test_links_lead_to_no_ruleset_twice(tmp_path: Path) -> None:
    """Links to folders, round in circles even, give no ruleset a second time."""
    place(tmp_path, "one/a.yaml")
    (tmp_path / "again").symlink_to("one")
    (tmp_path / "round").symlink_to(".")
    (tmp_path / "one" / "up").symlink_to("..")
    assert list(ruleset_paths(tmp_path)) == [tmp_path / "one"]


def test_a_path_itself(tmp_path: Path) -> None:
    """A file is a ruleset; so is what is missing, whose reader then says so."""
    place(tmp_path, "a.yaml")
    assert list(ruleset_paths(tmp_path / "a.yaml")) == [tmp_path / "a.yaml"]
    assert list(ruleset_paths(tmp_path / "missing")) == [tmp_path / "missing"]


def test_examples_are_named_and_not_chosen_from() -> None:
    """A ruleset that ships as an example is found by its id, and is not among those that are offered."""
    assert find("open-source-licence") == shipped_folder() / "examples" / "open-source-licence"
    assert "open-source-licence" not in shipped()
    with pytest.raises(RulesetError) as caught:
        find("open-source-license")
    assert caught.value.diagnostics[0].help == "did you mean `open-source-licence`?"


def test_what_ships() -> None:
    """The rulesets that ship have the names of their folders, the default first, and load without a fault."""
    assert next(iter(shipped())) == DEFAULT_RULESET
    for name, path in shipped().items():
        assert path == shipped_folder() / name == find(name)
        assert check_path(path).diagnostics == ()
        assert steelyard.load(name).id == name


def test_what_ships_is_found_without_a_look_at_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An id needs no file but those of its own folder; what is not to be found so is looked for everywhere."""
    place(tmp_path, "one/a.yaml", "one/b.yaml", "deep/two/a.yaml")
    place(tmp_path, "one/c.yaml", "stacks/three.yaml", text=STACK)
    monkeypatch.setattr(finding, "shipped_folder", lambda: tmp_path / "none")
    for find_any in (find, find_stack):
        with pytest.raises(RulesetError):
            find_any("one")
    monkeypatch.setattr(finding, "shipped_folder", lambda: tmp_path)
    assert find("two") == tmp_path / "deep" / "two"
    with pytest.raises(RulesetError):
        find("stacks/three")
    monkeypatch.setattr(finding, "found_at", lambda path: pytest.fail(f"looked at all of {path}"))
    assert find("one") == tmp_path / "one"
    assert find_stack("three") == tmp_path / "stacks" / "three.yaml"
    assert find(str(tmp_path / "one" / "a.yaml")) == tmp_path / "one" / "a.yaml"


def test_stacks_that_ship_are_no_rulesets() -> None:
    """The stacks that ship are found by the names of their files, and are not taken for rulesets."""
    assert list(shipped_stacks()) == ["deep-learning"]
    assert not any(path.is_relative_to(each) for each in shipped().values() for path in shipped_stacks().values())


def test_loading_by_path(tmp_path: Path) -> None:
    """A file or a folder is loaded by its path, given as a text or as a path."""
    place(tmp_path, "a.yaml")
    for name in (str(tmp_path), tmp_path, str(tmp_path / "a.yaml"), tmp_path / "a.yaml"):
        assert steelyard.load(name).id == "pets"


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("deep-learning-framework", "request/unknown-ruleset "),
        ("x" * 300, "request/unknown-ruleset "),
        ("no/such/path", "file/not-found "),
        ("no such.yaml", "file/not-found "),
        ("a\x00b", "file/not-found "),
        ("", "file/not-found "),
        ("\udcff", "file/not-found "),
    ],
)
def test_names_that_lead_nowhere(name: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is neither an id nor a path is told, in a message that can be printed; a near id is suggested."""
    monkeypatch.chdir(tmp_path)
    assert faults_of(lambda: steelyard.load(name)) == [fault]
    with pytest.raises(RulesetError) as caught:
        find(name)
    str(caught.value).encode()
    if "-" in name:
        assert caught.value.diagnostics[0].help == f"did you mean `{DEFAULT_RULESET}`?"


def test_an_id_wins_over_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an id and a path are the same, the id is meant; a path object, or `./` before it, means the path."""
    place(tmp_path, f"{DEFAULT_RULESET}/a.yaml")
    monkeypatch.chdir(tmp_path)
    assert steelyard.load(DEFAULT_RULESET).id == DEFAULT_RULESET
    assert steelyard.load(f"./{DEFAULT_RULESET}").id == "pets"
    assert steelyard.load(Path(DEFAULT_RULESET)).id == "pets"


WARNED: list[tuple[dict[str, Any], list[str]]] = [
    (sample(), []),
    (changed((("needs", "size"), {"question": "?", "type": "flag"})), ["need/unused /needs/size"]),
    (changed((("candidates", "fish"), {"name": "Fish"})), ["candidate/unused /candidates/fish"]),
    (changed((("criteria", "fun"), "Fun")), ["criterion/unused /criteria/fun"]),
    (
        changed((("evidence", "book"), {"title": "A", "published": "2020-01-01", "source": "B"})),
        ["evidence/unused /evidence/book"],
    ),
    (
        changed((("rules", "outdoors", "evidence"), ["study"]), (("rules", "allergy", "evidence"), ["survey"])),
        ["evidence/unused /evidence/study"],
    ),
    (
        without(("rules", "outdoors", "ratings", "dog", "because")),
        ["rule/no-reason /rules/outdoors/ratings/dog"],
    ),
    (
        without(("rules", "left-alone", "ratings", "robot", "2020-01-01", "evidence")),
        ["rule/no-evidence /rules/left-alone/ratings/robot/2020-01-01"],
    ),
    (
        changed((("rules", "outdoors", "ratings", "dog"), {"rating": "good", "evidence": []})),
        ["rule/no-evidence /rules/outdoors/ratings/dog", "rule/no-reason /rules/outdoors/ratings/dog"],
    ),
    (without(("rules", "allergy", "because")), []),
]


@pytest.mark.parametrize(("data", "warnings"), WARNED)
def test_warnings(data: dict[str, Any], warnings: list[str]) -> None:
    """What is likely a slip, but leaves the answers right, is a warning: the ruleset loads all the same."""
    found = check_data(data)
    assert sorted(told(found.diagnostics)) == warnings
    assert all(each.severity is Severity.WARNING for each in found.diagnostics)
    assert found.required().id == "pets"


def test_unused_things_are_not_told_of_a_faulty_ruleset() -> None:
    """While there are errors, it cannot be said what is unused: the faulty rules may use it."""
    spoilt = (("rules", "outdoors", "weight"), "heavy")
    unused = (("needs", "size"), {"question": "?", "type": "flag"})
    assert checked(changed(spoilt, unused)) == ["value/wrong-type /rules/outdoors/weight"]


def test_strict(tmp_path: Path) -> None:
    """A strict check makes errors of warnings, and then there is no ruleset."""
    place(tmp_path, "a.yaml", text=TEXT.replace("'criteria': {", "'criteria': {'fun': 'Fun', "))
    lenient, strict = check_path(tmp_path), check_path(tmp_path, strict=True)
    assert [each.severity for each in lenient.diagnostics] == [Severity.WARNING]
    assert [each.severity for each in strict.diagnostics] == [Severity.ERROR]
    assert lenient.ruleset is not None
    with pytest.raises(RulesetError, match="no rule belongs to the criterion `fun`"):
        strict.required()


SPOILT: list[tuple[Keys, Any]] = [(("rules", "outdoors", "weight"), "heavy"), (("needs", "garden", "type"), "flagg")]


@pytest.mark.parametrize(("keys", "value"), SPOILT)
def test_the_three_ways_in_agree(keys: Keys, value: Any, tmp_path: Path) -> None:
    """A path, a text and data give the same faults with the same pointers; texts give places as well."""
    data = changed((keys, value))
    text = str(data).replace("True", "true")
    place(tmp_path, "a.yaml", text=text)
    checks = [check_path(tmp_path / "a.yaml"), check_text(text, "a"), check_data(data)]
    assert len({tuple(told(each.diagnostics)) for each in checks}) == 1
    assert [each.diagnostics[0].span is not None for each in checks] == [True, True, False]
    assert re.search(r"\d", str(checks[1].diagnostics[0].span))


def test_limits_are_handed_on(tmp_path: Path) -> None:
    """A path and a text are read within the limits that are asked for."""
    place(tmp_path, "a.yaml")
    assert told(check_path(tmp_path, limits=Limits(file_bytes=10)).diagnostics) == ["file/too-large "]
    assert told(check_text(TEXT, limits=Limits(values=10)).diagnostics)[0].startswith("file/too-large")


def test_data_without_end() -> None:
    """Data that is too deep, too large or holds itself is refused like a text that is."""
    data = sample()
    data["rules"]["outdoors"]["when"] = {"any": [data["rules"]]}
    assert [each.split()[0] for each in checked(data)] == ["yaml/too-deep"]
    deep: Any = {"garden": True}
    for _ in range(100_000):
        deep = {"not": deep}
    assert checked(changed((("rules", "outdoors", "when"), deep)))[0].startswith("yaml/too-deep /rules/outdoors/when")


@pytest.mark.parametrize(
    ("finding", "name", "other"),
    [(find, "deep-learning", "stack"), (find_stack, "deep-learning-frameworks", "ruleset")],
)
def test_what_ships_is_of_the_other_kind(finding: Callable[[str], Path], name: str, other: str) -> None:
    """Where a stack is named as a ruleset, or the other way round, how to ask it is told."""
    with pytest.raises(RulesetError) as caught:
        finding(name)
    (error,) = caught.value.diagnostics
    assert error.help == (
        f"there is a {other} of this name, which is asked with `--{other}`, or as `{other}` in a request"
    )
