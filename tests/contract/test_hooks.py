"""The hooks for pre-commit: they are written as it wants them, and do what they say in a real repository."""

import re
import shlex
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.contract.documents import ROOT
from tests.contract.repositories import RULES, RULES_LATER, commit, git, repository, run, write

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
BY_ID = {hook["id"]: hook for hook in HOOKS}
TEXT = {"type": "string", "minLength": 1}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            **dict.fromkeys(("id", "name", "description", "entry"), TEXT),
            "args": {"type": "array", "items": TEXT},
            "language": {"const": "python"},
            "files": {"type": "string", "format": "regex"},
            "always_run": {"const": True},
            "pass_filenames": {"type": "boolean"},
        },
        "required": ["id", "name", "entry", "language"],
        "oneOf": [{"required": ["files"]}, {"required": ["always_run"]}],
        "additionalProperties": False,
    },
}


def passes(made: Path, hook: str, *arguments: str) -> tuple[bool, str]:
    """Whether the hook passes, and what it prints: it is run as pre-commit does, always or if a staged file matches."""
    described = BY_ID[hook]
    # Files that are deleted are not among those that it goes by.
    staged = git(made, "diff", "--cached", "--name-only", "--diff-filter=ACMRTUXB").split("\n")
    if not described.get("always_run") and not any(re.search(described["files"], name) for name in staged):
        return True, "no files to check"
    done = run([*shlex.split(described["entry"]), *(arguments or described["args"])], made)
    return done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A repository with a ruleset and a project, all of it in the index, nothing committed."""
    return repository(tmp_path)


def test_they_are_written_as_hooks_are() -> None:
    """Each hook has the keys that pre-commit wants, no other, and an id of its own."""
    jsonschema.validate(HOOKS, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert list(BY_ID) == ["steelyard-check", "steelyard-test", "steelyard-decision"]


def test_sound_rules_pass(made: Path) -> None:
    """Rules without a fault, whose cases hold, pass both hooks."""
    assert passes(made, "steelyard-check")[0]
    assert passes(made, "steelyard-test")[0]


def test_a_fault_is_told(made: Path) -> None:
    """A faulty ruleset fails the check, with the line of the fault."""
    write(made, {"rules/pets/more.yml": "rules:\n  wet: {criterion: home, title: Wet, when: {gardn: true}}\n"})
    passed, told = passes(made, "steelyard-check")
    assert not passed
    assert "rules/pets/more.yml:2:45: error[rule/unknown-need]: unknown need `gardn`" in told


def test_a_failed_case_is_told(made: Path) -> None:
    """A case that no longer holds fails the test."""
    write(made, {"rules/pets/ruleset.yaml": RULES.replace("above: {cat: robot}", "above: {robot: cat}")})
    passed, told = passes(made, "steelyard-test")
    assert not passed
    assert "running" in told


def test_a_decision_is_held(made: Path) -> None:
    """A decision that is not recorded fails, one that is passes, and one that is none any more fails again."""
    passed, told = passes(made, "steelyard-decision")
    assert not passed
    assert "steelyard recommend --write" in told
    assert run(["steelyard", "recommend", "--write"], made).returncode == 0
    git(made, "add", "--all")
    assert passes(made, "steelyard-decision")[0]
    changed = (made / "steelyard.yaml").read_text(encoding="utf-8").replace("garden: true", "garden: false, hours: 8")
    write(made, {"steelyard.yaml": changed})
    passed, told = passes(made, "steelyard-decision")
    assert not passed
    assert "The decision no longer holds" in told


def test_a_decision_is_held_to_changed_rules(made: Path) -> None:
    """The decision is checked as well where the rules are changed, and the project's file is not."""
    assert run(["steelyard", "recommend", "--write"], made).returncode == 0
    git(made, "add", "--all")
    commit(made)
    write(made, {"notes.txt": "still no rules"})
    assert passes(made, "steelyard-decision") == (True, "no files to check")
    write(made, {"rules/pets/ruleset.yaml": RULES_LATER})
    passed, told = passes(made, "steelyard-decision")
    assert not passed
    assert "The decision no longer holds" in told


@pytest.mark.parametrize("hook", ["steelyard-check", "steelyard-test"])
def test_what_is_deleted_is_noticed(made: Path, hook: str) -> None:
    """Rules are checked and tested where a commit does nothing but delete a file that the others need."""
    needs, rest = RULES.partition("candidates:")[0], "candidates:" + RULES.partition("candidates:")[2]
    write(made, {"rules/pets/ruleset.yaml": needs, "rules/pets/rest.yaml": rest})
    commit(made)
    assert passes(made, hook)[0]
    git(made, "rm", "--quiet", "rules/pets/rest.yaml")
    assert not passes(made, hook)[0]


def test_arguments_of_ones_own(made: Path) -> None:
    """Other folders and files are named by `args`."""
    git(made, "mv", "rules", "knowledge")
    write(made, {"rules/notes.yaml": "", "part/steelyard.yaml": "ruleset: ../knowledge\nrequirements: {}\n"})
    assert passes(made, "steelyard-check", "--strict", "knowledge/pets")[1].startswith("knowledge/pets")
    assert "part/steelyard.yaml" in passes(made, "steelyard-decision", "part/steelyard.yaml")[1]


def test_what_does_not_concern_them(made: Path) -> None:
    """A decision is left out where no file of it is changed, such as a project's file elsewhere, or a list of notes."""
    git(made, "rm", "--quiet", "--cached", "-r", ".")
    write(made, {"sub/steelyard.yaml": "", "rules/pets/README.md": "", "my-rules/a.yaml": ""})
    git(made, "rm", "--quiet", "--cached", "-r", "rules/pets/ruleset.yaml", "steelyard.yaml")
    assert passes(made, "steelyard-decision") == (True, "no files to check")
