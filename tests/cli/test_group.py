"""The command group: what a command loads, and what is said of commands that there are not."""

import subprocess
import sys
from pathlib import Path

import pytest

from steelyard.cli import steelyard
from steelyard.cli.lazy import LazyCommands
from tests.cli.conftest import Steelyard


def loaded_by(*arguments: str) -> set[str]:
    """The modules that the command loads in a process of its own."""
    program = (
        "import sys\nfrom steelyard.cli import steelyard\n"
        f"steelyard({arguments!r}, standalone_mode=False)\n"
        "print('loaded:', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60)
    return set(done.stdout.rpartition("loaded:")[2].split())


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--version"], {"steelyard.api", "steelyard.engine", "steelyard.library", "marshmallow", "yaml"}),
        (["recommend", "--help"], {"steelyard.casefile", "steelyard.knowledge", "importlib.metadata", "flask"}),
        (
            ["recommend", "--need", "targets=android"],
            {"steelyard.explain", "steelyard.recommendation.explanation", "steelyard.render.page", "fractions"},
        ),
        (["recommend", "--stack", "deep-learning"], {"steelyard.explain", "steelyard.recommendation.explanation"}),
        (["check", "--help"], {"steelyard.api", "steelyard.render", "importlib.metadata", "flask"}),
    ],
)
def test_a_command_does_not_load_what_others_need(arguments: list[str], unwanted: set[str]) -> None:
    """A command waits for what it needs itself, and for no more."""
    assert not loaded_by(*arguments) & unwanted


def test_all_commands_are_listed(run: Steelyard) -> None:
    """The help tells every command with what it does."""
    listed = [line.split() for line in run("--help").output.partition("Commands:\n")[2].splitlines()]
    assert [words[0] for words in listed] == sorted(steelyard.commands)
    assert all(len(words) > 1 for words in listed)


def test_an_unknown_command_is_misuse(run: Steelyard) -> None:
    """A command that there is not is told, with one that may be meant."""
    result = run("recomend")
    assert result.exit_code == 2
    assert "recommend" in result.output


def test_a_command_can_be_added_and_taken_away() -> None:
    """The commands are a mapping like any that click takes."""
    commands = LazyCommands(["test", "main"])
    commands["other"] = commands.pop("test")
    assert list(commands) == ["main", "other"]
    assert len(commands) == 2
    with pytest.raises(TypeError, match="main is not a command"):
        commands["main"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("command", [("recommend", "--need", "targets=android"), ("rules",), ("ask",)])
def test_an_answer_that_cannot_be_written(command: tuple[str, ...]) -> None:
    """A full disk is told in a line, and its exit code is not that of an answer."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "steelyard", *command],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.stderr == "Error: the output cannot be written: no space left on device\n"
    assert done.returncode == 2
