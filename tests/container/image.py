"""Building the image, on a stand-in for the official base image where no image registry is within reach.

The stand-in is made of Debian's packages and only tagged like the official image: what builds and runs on it shows
that the Dockerfile is right in itself, not that it builds on the real image.
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.container.tools import buildah, cache, podman, run

CHECKOUT = Path(__file__).resolve().parents[2]
BASE = "docker.io/library/python:3.11-slim-bookworm"
IMAGE = "localhost/steelyard"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

BOOTSTRAP = (
    "mmdebstrap",
    "--variant=minbase",
    "--include=python3,python3-venv,ca-certificates",
    "--dpkgopt=path-exclude=/usr/share/doc/*",
    "--dpkgopt=path-exclude=/usr/share/man/*",
    # Like the official image: Python in /usr/local/bin, and nobody else manages its packages.
    '--customize-hook=ln -s /usr/bin/python3 "$1/usr/local/bin/python"',
    '--customize-hook=ln -s /usr/bin/python3 "$1/usr/local/bin/python3"',
    '--customize-hook=rm -f "$1"/usr/lib/python3*/EXTERNALLY-MANAGED',
    "bookworm",
)
SETTINGS = (
    "--env=PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin",
    "--env=LANG=C.UTF-8",
    "--cmd=python3",
)
# Another recipe is another base image.
RECIPE = hashlib.sha256(repr((BOOTSTRAP, SETTINGS)).encode()).hexdigest()[:12]


def make_base() -> None:
    """Make the stand-in base image, unless an earlier run has left it."""
    kept = f"localhost/steelyard-base:{RECIPE}"
    if not buildah("images", "--quiet", "--filter", f"reference={kept}").strip():
        packages = cache() / f"base-{RECIPE}.tar"
        if not packages.exists():
            print("Making the stand-in base image (about a minute, once)", flush=True)
            unfinished = packages.with_suffix(".part.tar")
            run(*BOOTSTRAP, unfinished, *_package_sources())
            unfinished.rename(packages)
        container = buildah("from", "scratch").strip()
        buildah("add", container, packages, "/")
        buildah("config", *SETTINGS, container)
        buildah("commit", "--rm", container, kept)
    buildah("tag", kept, BASE)


def _package_sources() -> list[Path]:
    """Return this machine's own lists of Debian mirrors, if they are of the right release."""
    lists = [Path("/etc/apt/sources.list"), Path("/etc/apt/sources.list.d/debian.sources")]
    return [path for path in lists if path.exists() and "bookworm" in path.read_text()]


def build() -> None:
    """Build the image from the checkout."""
    with tempfile.TemporaryDirectory() as folder:
        buildah(
            "bud",
            "--isolation=chroot",
            "--pull=never",
            "--layers",
            "--format=docker",  # the other format has no health check
            *_access_to_packages(Path(folder)),
            f"--tag={IMAGE}",
            f"--file={CHECKOUT / 'Dockerfile'}",
            CHECKOUT,
        )


def _access_to_packages(folder: Path) -> list[str]:
    """Lend the build this machine's way to the package registry, without leaving a trace of it in the image."""
    settings = ["[global]"]
    volumes = []
    if CERTIFICATES.exists():
        settings.append(f"cert = {CERTIFICATES}")
        volumes.append(f"--volume={CERTIFICATES}:{CERTIFICATES}:ro")
    asked = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    index = subprocess.run(asked, check=False, capture_output=True, text=True)
    if index.returncode == 0:
        settings.append(f"index-url = {index.stdout.strip()}")
    configuration = folder / "pip.conf"
    configuration.write_text("\n".join(settings) + "\n")
    return [*volumes, f"--volume={configuration}:/etc/pip.conf:ro"]


def size() -> str:
    """Say how large the image is, and how much of that is the stand-in base."""
    whole, base = (int(podman("image", "inspect", "--format={{.Size}}", name)) / 1e6 for name in (IMAGE, BASE))
    return f"{whole:.0f} MB, {whole - base:.0f} MB of them above the stand-in base"
