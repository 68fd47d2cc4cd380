"""Programs that are generated, checked and run in a folder of their own."""

import subprocess
from pathlib import Path

PROGRAMS = Path(__file__).parent


def run(*command: str | Path, folder: Path) -> str:
    """What a program prints, if all goes well."""
    done = attempt(*command, folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def attempt(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """What becomes of a program."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
