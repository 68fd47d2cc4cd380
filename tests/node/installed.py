"""Programs of Node.js that tests run: `make unit` installs them where npm is."""

import shutil
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
MODULES = FOLDER / "node_modules"


def node() -> str:
    """Where Node.js is; the test is skipped if it is not installed."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("Node.js is not installed")
    return found


def program(script: str) -> tuple[str, str]:
    """How to run a script of an installed module; the test is skipped if it cannot be.

    Args:
        script: its path, which begins with the name of the module.
    """
    path = MODULES / script
    if not path.is_file():
        pytest.skip(f"{script} is not installed: make unit, where npm is")
    return node(), str(path)
