"""Finding rulesets: those that ship, and those in a folder."""

import re
from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import Path

from steelyard.diagnostics import Code, fault, quote, quote_path, suggestion
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
    folder = shipped_folder()
    found = {path.name: path for path in ruleset_paths(folder) if path != folder}
    return dict(sorted(found.items(), key=lambda entry: (entry[0] != DEFAULT_RULESET, entry[0])))


def ruleset_paths(path: Path) -> Sequence[Path]:
    """The rulesets at a path: itself, if it is a file or holds YAML files; else those in the folders below it.

    Where there are none, or the folder cannot be listed, it is the path itself, whose reader says what is wrong.
    """
    try:
        files = list(yaml_files(path)) if path.is_dir() else []
    except OSError:
        files = []
    folders = {file.parent for file in files}
    # A file belongs to the highest folder on its way down that holds a YAML file itself.
    highest = (next(each for each in reversed(file.parents) if each in folders) for file in files)
    return list(dict.fromkeys(highest)) or [path]


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
    # An empty text is no path, though `Path` takes it for the folder at hand.
    if wanted and _exists(path):
        return path
    if _BARE_NAME.fullmatch(wanted):
        message = f"no ruleset {quote(wanted)} ships, and no file or folder is called so"
        raise RulesetError([fault(Code.REQUEST_UNKNOWN_RULESET, message, help=suggestion(wanted, known))])
    raise RulesetError([fault(Code.FILE_NOT_FOUND, f"no file or folder {quote_path(wanted)}")])


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        # A name that is too long names nothing.
        return False
