"""What the documents show is true: commands run, blocks hold, and nothing that exists is left out."""

import doctest
import json
import re
from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isfunction
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import steelyard
from steelyard.cli import steelyard as command
from steelyard.cli.environment import EnvironmentCommand
from steelyard.cli.serve import serve
from steelyard.model import GRADE_BY_WORD, OPERATORS, NeedType
from steelyard.parser import keys_of_format
from steelyard.stack import keys_of_stacks
from steelyard.web import create_app
from steelyard.web.routes import ROUTES
from tests.contract.documents import GUIDE, OPERATING, README, ROOT, Shown, blocks, commands

PACKAGE = ROOT / "service" / "steelyard"
GUIDE_FILES = (
    *(f"pets/{section}" for section in ("ruleset", "needs", "candidates", "rules", "cases")),
    "beds/ruleset",
    "stacks/pet-and-bed",
)


@pytest.fixture
def guide_ruleset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The ruleset that the guide builds, in a folder `rules/pets`; the second one and the stack stand beside it."""
    folder = tmp_path / "rules"
    for name, block in zip(GUIDE_FILES, blocks(GUIDE, "yaml"), strict=True):
        file = folder / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder / "pets"


def _options(group: click.Command, path: str = "") -> Iterator[str]:
    """Every command and every option, as they are typed."""
    name = f"{path} {group.name}".strip()
    yield name
    for parameter in group.params:
        yield from (option for option in parameter.opts if option.startswith("--") and option != "--help")
    if isinstance(group, click.Group):
        for each in group.commands.values():
            yield from _options(each, name)


@pytest.mark.parametrize("shown", commands(README, "steelyard"), ids=lambda shown: " ".join(shown.arguments))
def test_readme_commands(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command in the README prints what the README shows under it."""
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(command, shown.arguments)
    assert result.exit_code in {0, 1}
    if shown.output:
        assert result.output == shown.output


def test_readme_request() -> None:
    """The request in the README is answered with what the README shows under it."""
    (shown,) = commands(README, "curl")
    (answer,) = blocks(README, "json")
    option, body, url = shown.arguments
    assert option == "--json"
    path = url.removeprefix("http://127.0.0.1:8000")
    response = create_app().test_client().post(path, data=body, content_type="application/json")
    assert json.loads(response.data) == json.loads(answer)


def test_readme_python() -> None:
    """The Python session in the README gives what it shows."""
    (session,) = blocks(README, "pycon")
    test = doctest.DocTestParser().get_doctest(session, {}, "README", str(README), 0)
    assert doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test).failed == 0


def _modules_with_examples() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if ">>> " in path.read_text(encoding="utf-8"):
            place = path.relative_to(PACKAGE.parent).with_suffix("")
            yield ".".join(place.parts).removesuffix(".__init__")


@pytest.mark.parametrize("module", list(_modules_with_examples()))
def test_docstrings(module: str) -> None:
    """Every session in a docstring gives what it shows."""
    assert doctest.testmod(import_module(module)).failed == 0


def _public_callables() -> Iterator[str]:
    yield from (name for name in steelyard.__all__ if isfunction(getattr(steelyard, name)))
    for kind in (steelyard.Decision, steelyard.Ruleset, steelyard.Stack):
        own = (name for name, _ in getmembers(kind, callable) if name in vars(kind) and not name.startswith("_"))
        yield from (f"{kind.__name__}.{name}" for name in own)


@pytest.mark.parametrize("name", list(_public_callables()))
def test_whatever_can_be_called_is_shown(name: str) -> None:
    """Each public function, and each way to ask, has a session in its docstring."""
    given: object = steelyard
    for step in name.split("."):
        given = getattr(given, step)
    assert ">>> " in (given.__doc__ or "")


@pytest.mark.parametrize("name", sorted(set(_options(command))))
def test_readme_names_every_command_and_option(name: str) -> None:
    """Every command and option stands in the README."""
    assert f"`{name}" in README.read_text(encoding="utf-8")


def test_readme_names_every_route() -> None:
    """Every route that the service has stands in the README."""
    readme = README.read_text(encoding="utf-8")
    for route in ROUTES:
        assert f"{route.method} {route.written}" in readme


def test_operating_names_every_option() -> None:
    """The page for operators has every option of the service with its variable, and nothing that is none."""
    text = OPERATING.read_text(encoding="utf-8")
    assert isinstance(serve, EnvironmentCommand)
    for option in (name for parameter in serve.params for name in parameter.opts):
        assert f"`{option}`" in text
    assert set(re.findall(r"STEELYARD_SERVE_[A-Z_]*[A-Z]", text)) == set(serve.variables())


def test_operating_names_every_metric() -> None:
    """The page for operators has every metric, and nothing that is none."""
    text = OPERATING.read_text(encoding="utf-8")
    told = re.findall(r"^# TYPE (steelyard_\w+) ", create_app().test_client().get("/metrics").text, re.MULTILINE)
    assert set(re.findall(r"`(steelyard_\w+)`", text)) == {name for name in told if not name.endswith("_created")}


@pytest.mark.usefixtures("guide_ruleset")
def test_guide_ruleset() -> None:
    """The rulesets and the stack of the guide are sound, and the cases hold and fire all of it."""
    result = CliRunner().invoke(command, ["check", "rules", "--strict"])
    assert [line.rpartition(", ")[2] for line in result.output.splitlines()] == ["no faults"] * 3
    result = CliRunner().invoke(command, ["test", "rules", "--min-coverage", "100"])
    assert result.exit_code == 0, result.output


@pytest.mark.usefixtures("guide_ruleset")
def test_guide_stack() -> None:
    """The guide's stack answers as the guide says, to the request that it shows."""
    (shown,) = [each for each in commands(GUIDE, "steelyard") if "--stack" in each.arguments]
    result = CliRunner().invoke(command, [*shown.arguments, "--format", "json"])
    assert result.exit_code == 0
    answered = json.loads(result.output)
    first, second = answered["parts"]
    chosen = first["recommendation"]["recommended"]["candidate"]
    assert second["taken"] == {"pet": {"value": chosen, "from": "pet", "importance": "must", "tied": False}}
    assert second["recommendation"]["requirements"].keys() == {"pet", "home"}


def test_guide_fault(guide_ruleset: Path) -> None:
    """The fault that the guide shows is told as it shows it."""
    rules = guide_ruleset / "rules.yaml"
    rules.write_text(rules.read_text().replace("when: {garden: true}", "when: {gardn: true}"))
    (shown,) = blocks(GUIDE, "text")
    assert CliRunner().invoke(command, ["check", "rules/pets"]).output == f"{shown}rules/pets: 1 error\n"


def test_guide_names_every_key() -> None:
    """Every key of the format, every operator, type of need and rating word stands in the guide."""
    text = GUIDE.read_text(encoding="utf-8")
    keys = {key for keys in (*keys_of_format().values(), *keys_of_stacks().values()) for key in keys}
    for word in keys | set(OPERATORS) | set(NeedType) | set(GRADE_BY_WORD):
        assert f"{word}:" in text or f"`{word}`" in text, word


def test_guide_table_of_operators() -> None:
    """The guide's table gives each type of need just the operators that fit it."""
    rows = [line.split("|") for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    table = {row[1].strip(" `"): {cell.strip(" `") for cell in row[3].split(",")} for row in rows if len(row) == 5}
    for type_ in NeedType:
        fitting = {operator.name for operator in OPERATORS.values() if type_ in operator.types}
        assert table[type_.value] == fitting


def test_architecture_shows_the_layers() -> None:
    """The picture in ARCHITECTURE.md has the rooms that the package has."""
    (picture, *_) = blocks(ROOT / "service" / "ARCHITECTURE.md", "text")
    drawn = {name.strip() for line in picture.splitlines() for name in line.split("  ")[0].split("|")}
    package = ROOT / "service" / "steelyard"
    assert drawn == {path.parent.name for path in package.glob("*/__init__.py")}
