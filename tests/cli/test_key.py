"""`steelyard key`: a new key and its line."""

from pathlib import Path

import pytest

from steelyard.web.guarding.keys import read_keys
from tests.cli.conftest import Steelyard


def test_a_new_key(run: Steelyard, tmp_path: Path) -> None:
    """The line goes to standard output and can be appended to the file; the key goes to standard error alone."""
    made = [run("key", name, *more) for name, more in (("ci", ()), ("desk.2", ("--until", "2999-01-01")))]
    path = tmp_path / "keys.txt"
    path.write_text("".join(each.stdout for each in made))
    keys = read_keys(path)
    for each, name in zip(made, ("ci", "desk.2"), strict=True):
        assert each.exit_code == 0
        (key,) = each.stderr.splitlines()
        assert len(key) > 43
        assert keys.holder_of(key) == name
        assert key not in each.stdout


def test_no_two_are_alike(run: Steelyard) -> None:
    """Every key is new."""
    assert len({run("key", "ci").stderr for _ in range(5)}) == 5


@pytest.mark.parametrize("name", ["", "a b", "#ci", "-", "x" * 65, "ci\n", "é"])
def test_names(run: Steelyard, name: str) -> None:
    """A name that could not be read from the file again is refused, and no key is made for it."""
    result = run("key", "--", name)
    assert result.exit_code == 2
    assert "NAME: a name is letters, digits, `.`, `_` and `-`" in result.stderr
    assert result.stdout == ""


def test_a_day_that_is_none(run: Steelyard) -> None:
    """A day that is none is told, and no key is made."""
    result = run("key", "ci", "--until", "2026-02-30")
    assert result.exit_code == 2
    assert "--until" in result.stderr
    assert result.stdout == ""
