"""What is shipped: the wheel's contents, and the rules that come with it wherever it is installed."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

import pytest

# Building and installing takes seconds: the tests that share the outcome run on one worker.
pytestmark = pytest.mark.xdist_group("wheel")

CHECKOUT = Path(__file__).resolve().parents[2]
RULESET = "pytorch-vs-tensorflow-2020"
LARGEST = 1_000_000


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program with nothing in its environment that could lead it to the checkout."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COVERAGE"))}
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=cwd, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT, cwd=folder)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def members(wheel: Path) -> list[PurePosixPath]:
    """List the files in the wheel."""
    with ZipFile(wheel) as archive:
        return [PurePosixPath(name) for name in archive.namelist()]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a new environment and return the folder of its programs.

    The dependencies are those of the environment that runs the tests. A path file that is found through another one
    is not read: the editable install of the checkout stays out of sight.
    """
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, symlinks=True)
    programs = home / "bin"
    pip = (sys.executable, "-m", "pip", "--python", programs / "python")
    run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=home)
    places = sysconfig.get_paths("venv", vars={"base": str(home), "platbase": str(home)})
    (Path(places["purelib"]) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return programs


def recommendation(programs: Path, cwd: Path) -> dict[str, Any]:
    """Ask a `steelyard` command for a recommendation."""
    question = ["recommend", "--ruleset", RULESET, "--need", "deployment=production", "--format", "json"]
    answer: dict[str, Any] = json.loads(run(programs / "steelyard", *question, cwd=cwd))
    return answer


def where_imported_from(programs: Path, cwd: Path) -> Path:
    """Return the folder from which an environment imports the package."""
    return Path(run(programs / "python", "-c", "import steelyard; print(steelyard.__file__)", cwd=cwd).strip())


def test_holds_the_whole_package(members: list[PurePosixPath]) -> None:
    """Every module, template and marker of the package is in the wheel."""
    package = CHECKOUT / "service" / "steelyard"
    expected = {
        PurePosixPath("steelyard", *path.relative_to(package).parts)
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    shipped = {member for member in members if member.parts[0] == "steelyard" and member.parts[1] != "rules"}
    assert expected == shipped
    assert PurePosixPath("steelyard/py.typed") in shipped


def test_holds_the_whole_rules(members: list[PurePosixPath]) -> None:
    """The rules in the wheel are the YAML files and guides of the checkout, and nothing else."""
    rules = CHECKOUT / "rules"
    expected = {
        PurePosixPath("steelyard/rules", *path.relative_to(rules).parts)
        for suffix in ("yaml", "md")
        for path in rules.rglob(f"*.{suffix}")
    }
    shipped = {member for member in members if member.parts[:2] == ("steelyard", "rules")}
    assert expected == shipped
    assert PurePosixPath(f"steelyard/rules/{RULESET}/ruleset.yaml") in shipped


def test_holds_nothing_else(wheel: Path, members: list[PurePosixPath]) -> None:
    """Beside the package there is its metadata only, and the whole is small."""
    metadata = wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info"
    assert {member.parts[0] for member in members} == {"steelyard", metadata}
    assert not [member for member in members if member.suffix == ".pyc" or "tests" in member.parts]
    assert wheel.stat().st_size < LARGEST


def test_recommends_from_anywhere(installed: Path, tmp_path: Path) -> None:
    """The installed wheel answers by the rules that it ships, in a folder that holds none."""
    assert CHECKOUT not in where_imported_from(installed, tmp_path).parents
    answer = recommendation(installed, tmp_path)
    assert answer["ruleset"]["id"] == RULESET
    assert answer["outcome"] == "recommended"
    assert answer["recommended"]["candidate"] == answer["ranking"][0]["candidate"]


def test_checkout_recommends_the_same(installed: Path, tmp_path: Path) -> None:
    """The editable install finds the rules of the checkout, and gives the very answer of the wheel."""
    checkout = Path(sysconfig.get_path("scripts"))
    assert where_imported_from(checkout, tmp_path) == CHECKOUT / "service" / "steelyard" / "__init__.py"
    assert recommendation(checkout, tmp_path) == recommendation(installed, tmp_path)
