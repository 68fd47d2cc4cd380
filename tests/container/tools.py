"""Running the container tools, with everything they keep in one folder that outlives the run."""

import os
import shutil
import subprocess
from pathlib import Path

NEEDED = ("buildah", "podman", "runc", "mmdebstrap")


class FailureError(Exception):
    """Something is not as it should be; the message says what."""


def expect(holds: object, message: str) -> None:
    """Fail with the message unless what is expected holds."""
    if not holds:
        raise FailureError(message)


def missing() -> str | None:
    """Say why the image cannot be tried out here, or nothing if it can."""
    absent = [tool for tool in NEEDED if shutil.which(tool) is None]
    if absent:
        return f"not installed: {', '.join(absent)} (on Debian: apt-get install {' '.join(NEEDED)})"
    if os.geteuid() != 0:
        return "building and running without a daemon needs root here"
    return None


def cache() -> Path:
    """Return the folder, outside the checkout, that keeps base image and layers between runs."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(home) / "steelyard-container"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def run(*command: str | Path) -> str:
    """Run a command to its end and return what it printed; a failure shows everything it said."""
    done = subprocess.run(
        [str(word) for word in command],
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode != 0:
        raise FailureError(f"`{command[0]}` exited {done.returncode}\n{done.stdout}")
    return done.stdout


def _store() -> list[str]:
    folder = cache()
    return ["--root", f"{folder}/store", "--runroot", f"{folder}/run", "--storage-driver", "overlay"]


def buildah(*words: str | Path) -> str:
    """Run buildah on the store of these tests."""
    return run("buildah", *_store(), *words)


def podman_command(*words: str) -> list[str]:
    """Return a podman command on the store of these tests, for a machine without systemd."""
    return ["podman", *_store(), "--cgroup-manager", "cgroupfs", "--runtime", "runc", *words]


def podman(*words: str) -> str:
    """Run podman on the store of these tests."""
    return run(*podman_command(*words))
