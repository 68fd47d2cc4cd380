"""Finding the file of a project, and what it names."""

import os
from pathlib import Path
from typing import Any

from steelyard.library import RulesetError, exists, find, find_stack, shipped_folder

PROJECT_FILE = "steelyard.yaml"
"""What the file is called."""
DECISION = "decision"
"""The key under which a decision is recorded in it."""

_FINDERS = {"ruleset": find, "stack": find_stack}


def project_file(folder: Path) -> Path | None:
    """The file of the project that the folder belongs to: in it, or above, up to the root of its repository.

    Outside any repository it is looked for in the folder alone: what lies further up belongs to others.

    Args:
        folder: where to begin.

    Returns:
        The path, from the folder; None if there is no such file.
    """
    place = folder.resolve()
    root = repository(place) or place
    looked_at = (each for each in (place, *place.parents) if each.is_relative_to(root))
    found = next((each / PROJECT_FILE for each in looked_at if (each / PROJECT_FILE).is_file()), None)
    return None if found is None else Path(os.path.relpath(found, place))


def repository(folder: Path) -> Path | None:
    """The root of the repository that the folder is in; None if it is in none."""
    place = folder.resolve()
    return next((each for each in (place, *place.parents) if exists(each / ".git")), None)


def anchored(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A request whose ruleset or stack, if it is a path, is taken from the folder.

    An id that ships stays one. So does a name of nothing at all, which is told as it is written.
    """
    if folder == Path():
        return data
    names = {key: data[key] for key in _FINDERS if isinstance(data.get(key), str) and data[key]}
    return {**data, **{key: str(folder / name) for key, name in names.items() if _is_path(key, name, folder)}}


def seen_from(folder: Path, ruleset: str) -> str:
    """What a file in the folder has to call a ruleset: an id that ships as ever, a path as it leads from there.

    Args:
        folder: where the file is.
        ruleset: the id, or the path from the folder at hand.
    """
    path = Path(ruleset)
    if path.is_absolute() or ships(ruleset):
        return ruleset
    # A link in a path is followed before the `..` behind it.
    way = Path(os.path.relpath(path.parent.resolve() / path.name, folder.resolve())).as_posix()
    return f"./{way}" if ships(way) else way


def ships(name: str) -> bool:
    """Whether a ruleset or a stack that ships is called so."""
    return any(_is_shipped(key, name) for key in _FINDERS)


def _is_path(key: str, name: str, folder: Path) -> bool:
    is_anything = exists(folder / name) or exists(Path(name))
    return is_anything and not _is_shipped(key, name)


def _is_shipped(key: str, name: str) -> bool:
    try:
        return _FINDERS[key](name).is_relative_to(shipped_folder())
    except RulesetError:
        return False
