"""Finding rulesets: those that ship, and those in a folder."""

import re
from collections.abc import Iterator
from os import PathLike, fspath
from pathlib import Path

from steelyard.diagnostics import Code, fault, quote, suggestion
from steelyard.library.loading import RulesetError
from steelyard.reader import yaml_files

DEFAULT_RULESET = "pytorch-vs-tensorflow-2020"

_BARE_NAME = re.compile(r"[A-Za-z0-9_-]+")
_PACKAGE = Path(__file__).resolve().parents[1]


def shipped_folder() -> Path:
    """The folder of the rulesets that ship: in the installed package, or else in the checkout it is run from."""
    installed = _PACKAGE / "rules"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "rules"


def shipped() -> dict[str, Path]:
    """The shipped rulesets by id, which is the name of their folder; the default comes first."""
    found = {path.stem: path for path in ruleset_paths(shipped_folder())}
    return dict(sorted(found.items(), key=lambda entry: (entry[0] != DEFAULT_RULESET, entry[0])))


def ruleset_paths(path: Path) -> Iterator[Path]:
    """The rulesets at a path: itself, if it is a file or holds YAML files; else those in the folders below it."""
    if not path.is_dir() or any(file.parent == path for file in yaml_files(path)):
        yield path
        return
    folders = (entry for entry in path.iterdir() if entry.is_dir() and not entry.name.startswith("."))
    for folder in sorted(folders):
        if any(True for _ in yaml_files(folder)):
            yield from ruleset_paths(folder)


def find(name: str | PathLike[str]) -> Path:
    """The path of a ruleset, given the id of one that ships, or a path.

    Raises:
        RulesetError: there is no such ruleset.
    """
    wanted = fspath(name)
    known = shipped()
    if isinstance(name, str) and wanted in known:
        return known[wanted]
    path = Path(wanted)
    if path.exists():
        return path
    if _BARE_NAME.fullmatch(wanted):
        message = f"no ruleset {quote(wanted)} ships, and no file or folder is called so"
        raise RulesetError([fault(Code.REQUEST_UNKNOWN_RULESET, message, help=suggestion(wanted, known))])
    raise RulesetError([fault(Code.FILE_NOT_FOUND, f"no file or folder {quote(wanted)}")])
