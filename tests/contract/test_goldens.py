"""Every code of a fault has a golden: an input that causes it, and the whole text that is told about it.

`tests/invalid/<code>.yaml` (or `.json`, or an input made here where no file can hold it) goes with
`tests/invalid/<code>.txt`. `STEELYARD_REWRITE_GOLDENS=1 pytest tests/contract/test_goldens.py` writes the texts anew;
read the difference before committing it.
"""

import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from steelyard.cli import steelyard
from steelyard.diagnostics import Code, FaultsError, render_all
from steelyard.library import check_path
from steelyard.reader import Limits
from steelyard.reader.json_text import read_json

INVALID = Path(__file__).parents[1] / "invalid"
REWRITE = bool(os.environ.get("STEELYARD_REWRITE_GOLDENS"))


def _small_limits(path: Path, limits: Limits) -> str:
    return render_all(check_path(path, limits=limits).diagnostics)


def _not_found(folder: Path) -> str:
    return render_all(check_path(folder / "missing.yaml").diagnostics)


def _unreadable(folder: Path) -> str:
    # A socket is the one kind of file that not even the superuser can open.
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket.yaml"))
        return render_all(check_path(folder / "socket.yaml").diagnostics)


def _nothing_here(folder: Path) -> str:
    (folder / "notes.txt").write_text("no rules")
    return render_all(check_path(folder).diagnostics)


def _too_large(folder: Path) -> str:
    (folder / "large.yaml").write_text("#" * 65)
    return _small_limits(folder / "large.yaml", Limits(file_bytes=64))


def _too_many(folder: Path) -> str:
    for number in range(3):
        (folder / f"{number}.yaml").write_text("rules: {}")
    return _small_limits(folder, Limits(files=2))


MADE_HERE: dict[Code, Callable[[Path], str]] = {
    Code.FILE_NOT_FOUND: _not_found,
    Code.FILE_UNREADABLE: _unreadable,
    Code.FILE_NOTHING_HERE: _nothing_here,
    Code.FILE_TOO_LARGE: _too_large,
    Code.FILE_TOO_MANY: _too_many,
}


NAMED_IN_THE_FILE = (Code.REQUEST_UNKNOWN_RULESET, Code.REQUEST_UNKNOWN_STACK, Code.REQUEST_RULESET_AND_STACK)
SOUND = ("ruleset", "companion")


def _told(code: Code, folder: Path) -> str:
    """What is told about the code's golden input."""
    if code in MADE_HERE:
        return MADE_HERE[code](folder).replace(str(folder), "<folder>") + "\n"
    area = code.value.partition("/")[0]
    if area == "json":
        with pytest.raises(FaultsError) as caught:
            read_json((INVALID / f"{code.value}.json").read_bytes(), f"{code.value}.json")
        return render_all(caught.value.diagnostics) + "\n"
    name = f"{code.value}.yaml"
    if area != "request":
        return CliRunner().invoke(steelyard, ["check", name]).output
    named = [] if code in NAMED_IN_THE_FILE else ["--ruleset", "ruleset.yaml"]
    return CliRunner().invoke(steelyard, ["recommend", name, *named]).output


@pytest.mark.parametrize("code", Code, ids=lambda code: code.value)
def test_golden(code: Code, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The golden input of a code causes it, and is told about in exactly the golden words."""
    monkeypatch.chdir(INVALID)
    told = _told(code, tmp_path)
    golden = INVALID / f"{code.value}.txt"
    if REWRITE:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == told
    assert f"[{code.value}]" in told


def test_no_golden_is_left_over() -> None:
    """Every file among the goldens belongs to a code."""
    files = {path.relative_to(INVALID).with_suffix("").as_posix() for path in INVALID.rglob("*.*")}
    assert files - set(SOUND) == {code.value for code in Code}


@pytest.mark.parametrize("golden", sorted(INVALID.rglob("*.txt")), ids=lambda path: path.stem)
def test_message_grammar(golden: Path) -> None:
    """Messages and helps are in lower case, end without a full stop, and stand on one line."""
    text = golden.read_text(encoding="utf-8")
    messages = re.findall(r"(?:error|warning)\[[a-z0-9/-]+\]: (.*)", text)
    assert messages
    for message in [*messages, *re.findall(r" help: (.*)", text)]:
        assert not message[0].isupper()
        assert not message.endswith(".")


@pytest.mark.parametrize("name", SOUND)
def test_the_valid_rulesets_are_valid(name: str) -> None:
    """The ruleset from which the faulty ones are made, and the one that stacks join to it, have no fault themselves."""
    assert check_path(INVALID / f"{name}.yaml").diagnostics == ()
