"""Repositories made for a test: a folder of rules in them, and the commands that are run there."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.dated import PETS, PETS_LATER

_CASES = """\
cases:
  running: {requirements: {garden: true}, as_of: 2021-07-01, expect: {above: {cat: robot}}}
"""
RULES, RULES_LATER = (text.partition("cases:\n")[0] + _CASES for text in (PETS, PETS_LATER))
"""A ruleset whose case holds, and a later version of it, by which the same case has another answer and holds too."""
PROJECT = "ruleset: rules/pets/ruleset.yaml\nrequirements: {garden: true}\n"
_SCRIPTS = Path(sys.executable).parent


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The variables of a process that finds `steelyard`, and nothing of the settings of who runs the tests."""
    return {
        "PATH": f"{_SCRIPTS}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "STEELYARD_CACHE": "off",
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
        **more,
    }


def run(
    arguments: list[str], repository: Path, variables: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """What a command does in the repository."""
    env = environment(repository.parent) if variables is None else variables
    return subprocess.run(arguments, cwd=repository, env=env, text=True, capture_output=True, timeout=120, check=False)


def git(repository: Path, *arguments: str) -> str:
    """What git says; it has to succeed."""
    identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "init.defaultBranch=main"]
    done = run(["git", *identity, *arguments], repository)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def write(repository: Path, files: Mapping[str, str]) -> None:
    """Writes the files, and adds them to the index."""
    for name, text in files.items():
        file = repository / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    git(repository, "add", "--all")


def commit(repository: Path) -> str:
    """Commits what is in the index; its name."""
    git(repository, "commit", "--quiet", "--message", "A change")
    return git(repository, "rev-parse", "HEAD")


def repository(folder: Path) -> Path:
    """A repository with a ruleset, a project that asks it, and a file that has nothing to do with either."""
    made = folder / "repository"
    made.mkdir()
    git(made, "init", "--quiet")
    write(made, {"rules/pets/ruleset.yaml": RULES, "steelyard.yaml": PROJECT, "notes.txt": "no rules"})
    return made
