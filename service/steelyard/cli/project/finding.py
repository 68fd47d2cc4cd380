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
    above = [place, *place.parents]
    root = next((number for number, each in enumerate(above) if exists(each / ".git")), 0)
    found = next((each / PROJECT_FILE for each in above[: root + 1] if (each / PROJECT_FILE).is_file()), None)
    return None if found is None else Path(os.path.relpath(found, place))


def anchored(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A request whose ruleset or stack, if it is a path that leads somewhere from the folder, is taken from there.

    An id that ships stays one, and a path that leads nowhere from the folder is left as it is.
    """
    if folder == Path():
        return data
    names = {key: data[key] for key in _FINDERS if isinstance(data.get(key), str) and data[key]}
    return {**data, **{key: str(folder / name) for key, name in names.items() if _is_beside(key, name, folder)}}


def _is_beside(key: str, name: str, folder: Path) -> bool:
    return exists(folder / name) and not _ships(key, name)


def _ships(key: str, name: str) -> bool:
    try:
        return _FINDERS[key](name).is_relative_to(shipped_folder())
    except RulesetError:
        return False
