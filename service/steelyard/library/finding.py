"""Finding rulesets and stacks: those that ship, and those at a path."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path

from steelyard.diagnostics import Code, fault, quote, quote_path, suggestion
from steelyard.library.loading import STACK_SECTION, RulesetError
from steelyard.reader import has_section, yaml_files

DEFAULT_RULESET = "deep-learning-frameworks"
EXAMPLES = "examples"
"""The folder of those that ship as examples."""

_BARE_NAME = re.compile(r"[A-Za-z0-9_-]+")
_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Found:
    """What is at a path: the files and folders of rulesets, and the files of stacks."""

    rulesets: Sequence[Path]
    stacks: Sequence[Path]


def shipped_folder() -> Path:
    """The folder of the rulesets that ship: in the installed package, or else in the checkout it is run from."""
    installed = _PACKAGE / "rules"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "rules"


def shipped() -> dict[str, Path]:
    """The shipped rulesets by id, which is the name of their folder; the default comes first.

    Those that ship as examples are not among them: they can be named, but nobody is asked to choose from them.

    >>> import steelyard
    >>> list(steelyard.shipped())
    ['deep-learning-frameworks', 'deployment-runtimes', 'pytorch-vs-tensorflow-2020', 'visualisation-tools']
    """
    return {id_: path for id_, path in _all_shipped().items() if path.parent.name != EXAMPLES}


def _all_shipped() -> dict[str, Path]:
    folder = shipped_folder()
    found = {path.name: path for path in ruleset_paths(folder) if path != folder}
    return dict(sorted(found.items(), key=lambda entry: (entry[0] != DEFAULT_RULESET, entry[0])))


def shipped_stacks() -> dict[str, Path]:
    """The shipped stacks by id, which is the name of their file.

    >>> import steelyard
    >>> list(steelyard.shipped_stacks())
    ['deep-learning']
    """
    return {path.stem: path for path in sorted(found_at(shipped_folder()).stacks, key=lambda path: path.stem)}


def found_at(path: Path) -> Found:
    """The rulesets and the stacks at a path.

    A file is one or the other, by whether it has the section `stack`. In a folder, each file of a stack is one; the
    other YAML files are one ruleset if the folder holds any itself, else those of each folder below are.
    """
    if not path.is_dir():
        return Found((), (path,)) if path.is_file() and has_section(path, STACK_SECTION) else Found((path,), ())
    try:
        files = list(yaml_files(path))
    except OSError:
        return Found((path,), ())
    stacks = {file: None for file in files if has_section(file, STACK_SECTION)}
    rulesets = _highest_folders([file for file in files if file not in stacks])
    # Where there is nothing at all, the folder's reader says so.
    return Found(rulesets if rulesets or stacks else (path,), tuple(stacks))


def ruleset_paths(path: Path) -> Sequence[Path]:
    """The rulesets at a path; where there are none, it is the path itself, whose reader says what is wrong."""
    return found_at(path).rulesets or (path,)


def _highest_folders(files: Sequence[Path]) -> Sequence[Path]:
    """For each file, the highest folder on the way down to it that holds one of the files itself."""
    folders = {file.parent for file in files}
    highest = (next(each for each in reversed(file.parents) if each in folders) for file in files)
    return list(dict.fromkeys(highest))


def find(name: str | PathLike[str]) -> Path:
    """The path of a ruleset, given the id of one that ships, or a path.

    Raises:
        RulesetError: there is no such ruleset.
    """
    at_once = _shipped_folder_of(name)
    return at_once or _find(name, _all_shipped, Code.REQUEST_UNKNOWN_RULESET, ("ruleset", "stack"), shipped_stacks)


def find_stack(name: str | PathLike[str]) -> Path:
    """The path of a stack, given the id of one that ships, or a path.

    Raises:
        RulesetError: there is no such stack.
    """
    at_once = _shipped_file_of(name)
    return at_once or _find(name, shipped_stacks, Code.REQUEST_UNKNOWN_STACK, ("stack", "ruleset"), _all_shipped)


def _shipped_folder_of(name: str | PathLike[str]) -> Path | None:
    """The folder of the shipped ruleset, found without a look into any other; None if it takes one to tell."""
    if not _is_bare(name):
        return None
    try:
        # Listed, rather than asked for by name, which some file systems take in capitals as well.
        folder = next((each for each in shipped_folder().iterdir() if each.name == name), None)
        if folder is None or folder.is_symlink() or not folder.is_dir():
            return None
        files = [file for file in yaml_files(folder) if file.parent == folder]
    except OSError:
        return None
    return folder if any(not has_section(file, STACK_SECTION) for file in files) else None


def _shipped_file_of(name: str | PathLike[str]) -> Path | None:
    """The file of the shipped stack, found without a look into files that are called otherwise."""
    if not _is_bare(name):
        return None
    try:
        files = [file for file in yaml_files(shipped_folder()) if file.stem == name]
    except OSError:
        return None
    return next((file for file in reversed(files) if has_section(file, STACK_SECTION)), None)


def _is_bare(name: str | PathLike[str]) -> bool:
    """Whether it may be an id, which a path object is not meant to be."""
    return isinstance(name, str) and _BARE_NAME.fullmatch(name) is not None


def _find(
    name: str | PathLike[str],
    known: Callable[[], Mapping[str, Path]],
    code: Code,
    nouns: tuple[str, str],
    others: Callable[[], Mapping[str, Path]],
) -> Path:
    """The path of what is named; `nouns` are what it is and what the `others` are."""
    wanted = fspath(name)
    ships = known() if _BARE_NAME.fullmatch(wanted) else {}
    if isinstance(name, str) and wanted in ships:
        return ships[wanted]
    path = Path(wanted)
    # An empty text is no path, though `Path` takes it for the folder at hand.
    if wanted and exists(path):
        return path
    if _BARE_NAME.fullmatch(wanted):
        noun, other = nouns
        message = f"no {noun} {quote(wanted)} ships, and no file or folder is called so"
        help_ = f"there is a {other} of this name, which is asked with `--{other}`, or as `{other}` in a request"
        raise RulesetError([fault(code, message, help=help_ if wanted in others() else suggestion(wanted, ships))])
    raise RulesetError([fault(Code.FILE_NOT_FOUND, f"no file or folder {quote_path(wanted)}")])


def exists(path: Path) -> bool:
    """Whether there is something at the path."""
    try:
        return path.exists()
    except OSError:
        # A name that is too long names nothing.
        return False
