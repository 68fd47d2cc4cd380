"""The cache of rulesets: what is kept and read again, and that nothing that is wrong with it can ever be noticed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from steelyard.library import RulesetError, cache, load_path, loading
from steelyard.model import Ruleset
from tests.unit.samples import sample

TEXT = str(sample()).replace("True", "true")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache, which is not there yet; rulesets of any size are kept in it."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "deep" / "cache"))
    monkeypatch.setattr(cache, "_LEAST_BYTES", 1)
    return tmp_path / "deep" / "cache"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder with a ruleset."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path / "rules"


@pytest.fixture
def is_read(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], bool]:
    """Loads the ruleset at a path, which must be right, and tells whether its YAML was read for that."""
    read: list[Path] = []
    check_path = loading.check_path

    def watched(path: Path) -> Any:
        read.append(path)
        return check_path(path)

    def tell(path: Path) -> bool:
        read.clear()
        found = load_path(path)
        expected = check_path(path).required()
        assert (found, found.digest) == (expected, expected.digest)
        return bool(read)

    monkeypatch.setattr(loading, "check_path", watched)
    return tell


def entry(folder: Path) -> Path:
    """The one entry of the cache."""
    (found,) = folder.iterdir()
    return found


def test_a_ruleset_is_read_once(folder: Path, rules: Path, is_read: Callable[[Path], bool]) -> None:
    """The second load reads no YAML; the folder and the entry are for their owner alone."""
    assert [is_read(rules), is_read(rules)] == [True, False]
    assert (folder.stat().st_mode & 0o777, entry(folder).stat().st_mode & 0o777) == (0o700, 0o600)
    assert is_read(rules / "a.yaml")
    assert not is_read(rules / "a.yaml")


def test_what_was_changed_is_read_anew(
    folder: Path, rules: Path, is_read: Callable[[Path], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other content, another name, one more file or another source of this package is another entry."""
    assert is_read(rules)
    (rules / "a.yaml").write_text(TEXT.replace("Which pet?", "What pet?"), encoding="utf-8")
    assert is_read(rules)
    (rules / "a.yaml").rename(rules / "b.yml")
    assert is_read(rules)
    (rules / "c.yaml").write_text("stack: {}", encoding="utf-8")
    assert is_read(rules)
    assert not is_read(rules)
    monkeypatch.setattr(cache, "_source_of_package", lambda: b"another")
    assert is_read(rules)
    assert len(list(folder.iterdir())) == 5


def flipped(content: bytes, place: int) -> bytes:
    """The content with another byte at the place."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_a_damaged_entry_is_passed_over(folder: Path, rules: Path, is_read: Callable[[Path], bool]) -> None:
    """Whatever byte is wrong or missing, YAML is read, and the entry is written anew."""
    is_read(rules)
    path = entry(folder)
    content = path.read_bytes()
    for place in (*range(0, len(content), 97), len(content) - 1):
        for damaged in (flipped(content, place), content[:place]):
            path.write_bytes(damaged)
            assert cache.kept(path.stem) is None
    assert is_read(rules)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", "[1,2]", '["x",["Ruleset"]]', '["x",["os.system","true"]]', '["x",[[]]]', "[" * 9999],
)
def test_an_entry_of_something_else(text: str, folder: Path, rules: Path, is_read: Callable[[Path], bool]) -> None:
    """What is no ruleset is passed over, though its checksum is right."""
    is_read(rules)
    path = entry(folder)
    path.write_bytes(cache._checksum(path.stem, text.encode()) + b"\n" + text.encode())
    assert is_read(rules)


def test_an_entry_under_another_name(folder: Path, rules: Path, is_read: Callable[[Path], bool]) -> None:
    """The entry of one ruleset does not pass for that of another."""
    is_read(rules)
    first = entry(folder)
    (rules / "a.yaml").write_text(TEXT.replace("Which pet?", "What pet?"), encoding="utf-8")
    is_read(rules)
    (second,) = set(folder.iterdir()) - {first}
    second.write_bytes(first.read_bytes())
    assert is_read(rules)


def test_entries_of_others(
    folder: Path, rules: Path, is_read: Callable[[Path], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that somebody else owns or could have written, or that is a link, is passed over."""
    is_read(rules)
    path = entry(folder)
    path.chmod(0o620)
    assert cache.kept(path.stem) is None
    path.chmod(0o602)
    assert cache.kept(path.stem) is None
    path.chmod(0o600)
    assert cache.kept(path.stem) is not None
    path.rename(folder / "elsewhere")
    path.symlink_to("elsewhere")
    assert cache.kept(path.stem) is None
    path.unlink()
    path.mkdir()
    assert is_read(rules)
    path.rmdir()
    (folder / "elsewhere").rename(path)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    assert is_read(rules)


def test_a_folder_that_cannot_be_written(folder: Path, rules: Path, is_read: Callable[[Path], bool]) -> None:
    """A file in the folder's place, or a folder that others can write in, and nothing is kept."""
    folder.parent.mkdir()
    folder.write_text("")
    assert [is_read(rules), is_read(rules)] == [True, True]
    folder.unlink()
    folder.mkdir()
    folder.chmod(0o777)
    assert [is_read(rules), is_read(rules)] == [True, True]
    assert not list(folder.iterdir())


def test_a_disk_that_is_full(
    folder: Path, rules: Path, is_read: Callable[[Path], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that cannot be put in its place leaves nothing behind."""

    def refuse(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(Path, "replace", refuse)
    assert [is_read(rules), is_read(rules)] == [True, True]
    assert not list(folder.iterdir())


@pytest.mark.parametrize("said", ["", "off"])
def test_it_can_be_turned_off(
    said: str, rules: Path, is_read: Callable[[Path], bool], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An empty variable or `off` turns the cache off."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cache, "_LEAST_BYTES", 1)
    monkeypatch.setenv(cache.VARIABLE, said)
    assert [is_read(rules), is_read(rules)] == [True, True]
    assert [path.name for path in tmp_path.iterdir()] == ["rules"]


def test_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the variable, it is where such folders are; nowhere, if there is no home."""
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", "/kept")
    assert cache._folder() == Path("/kept/steelyard")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/somebody")
    assert cache._folder() == Path("/somebody/.cache/steelyard")

    def refuse() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", refuse)
    assert cache._folder() is None


def test_what_is_not_kept(folder: Path, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept of a ruleset with errors, of one that is small, of pipes, and of what is not there."""
    (rules / "a.yaml").write_text(TEXT.replace("flag", "flagg"), encoding="utf-8")
    with pytest.raises(RulesetError):
        load_path(rules)
    assert not folder.exists()
    os.mkfifo(tmp_path / "pipe")
    assert cache.key_of(tmp_path / "pipe") is None
    assert cache.key_of(tmp_path / "missing") is None
    monkeypatch.setattr(cache, "DEFAULT_LIMITS", SimpleNamespace(files=500, file_bytes=10))
    assert cache.key_of(rules) is None
    monkeypatch.undo()
    monkeypatch.setenv(cache.VARIABLE, str(folder))
    assert cache.key_of(rules) is None


def test_a_file_that_changes_while_it_is_read(folder: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read is not kept under the name of what the file said before."""
    check_path = loading.check_path

    def changing(path: Path) -> Any:
        (path / "a.yaml").write_text(TEXT.replace("Which pet?", "What pet?"), encoding="utf-8")
        return check_path(path)

    monkeypatch.setattr(loading, "check_path", changing)
    assert load_path(rules).title == "What pet?"
    assert not folder.exists()


def test_the_oldest_go(
    folder: Path, rules: Path, is_read: Callable[[Path], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of too many entries, or of too large ones, the oldest are removed; other files are left alone."""
    monkeypatch.setattr(cache, "_MOST_ENTRIES", 3)
    folder.mkdir(parents=True)
    (folder / "notes").write_text("mine")
    for age in range(5):
        old = folder / f"{age}{cache._SUFFIX}"
        old.write_text("")
        os.utime(old, (1000 - age, 1000 - age))
    assert is_read(rules)
    assert {path.stem for path in folder.iterdir()} == {"notes", "0", "1", str(cache.key_of(rules))}
    monkeypatch.setattr(cache, "_MOST_BYTES", 10)
    assert is_read(rules)
    assert [path.name for path in folder.iterdir()] == ["notes"]


def test_two_processes_at_once(folder: Path, rules: Path, is_read: Callable[[Path], bool]) -> None:
    """Processes that keep the same ruleset at the same time do not spoil it for each other."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom steelyard.library import cache, load_path\n"
        "cache._LEAST_BYTES = 1\n"
        "for _ in range(20):\n"
        "    ruleset = load_path(Path(sys.argv[1]))\n"
        "    cache.keep(cache.key_of(Path(sys.argv[1])), ruleset)\n"
        "print(ruleset.digest)"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(rules)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = {each.communicate(timeout=120)[0].strip() for each in running}
    found: Ruleset | None = cache.kept(entry(folder).stem)
    assert found is not None
    assert told == {found.digest}
    assert not is_read(rules)
