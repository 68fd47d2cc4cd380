"""`steelyard new`: begin a ruleset with one that works, and says by its comments how."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from steelyard.cli.project.finding import ships
from steelyard.cli.project.writing import flow
from steelyard.diagnostics import FaultsError, quote_path
from steelyard.shape import identifier

_TEMPLATES = Path(__file__).parent / "scaffold"
_SCHEMA = Path(__file__).parents[1] / "schemas" / "ruleset.schema.json"
_ID = "way-to-work"
_QUESTION = ("--need", "distance=3", "--need", "luggage=laptop")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def new(folder: Path) -> None:
    """Begin a ruleset in the folder DIR, which is made if need be and has to be empty.

    What is written there is a small ruleset that is sound and passes its cases. Its comments tell what each part is
    for; beside it stands the schema by which editors complete and check its files.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise _refused(folder, "is not empty")
        for name, text in _files(folder):
            with (folder / name).open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise _refused(folder, f"cannot be written to: {(error.strerror or 'no reason given').lower()}") from None
    click.echo(_next_steps(folder))


def _refused(folder: Path, why: str) -> click.BadParameter:
    return click.BadParameter(f"{quote_path(folder)} {why}", param_hint="'DIR'")


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """The files by name, the ruleset called as the folder is, where that can be an id."""
    id_ = _id_of(folder)
    for template in sorted(_TEMPLATES.iterdir()):
        yield template.name, template.read_text(encoding="utf-8").replace(f"id: {_ID} ", f"id: {flow(id_)} ")
    yield _SCHEMA.name, _SCHEMA.read_text(encoding="utf-8")


def _id_of(folder: Path) -> str:
    name = re.sub("[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    try:
        return identifier(name)
    except FaultsError:
        return _ID


def _path(folder: Path) -> str:
    """The folder as commands take it for a path: neither for an option nor for what ships under its name."""
    path = str(folder)
    return f"./{path}" if path.startswith("-") or ships(path) else path


def _next_steps(folder: Path) -> str:
    path = _path(folder)
    steps = (
        ("check", "--strict", path),
        ("test", path),
        ("rules", path),
        ("recommend", "--ruleset", path, *_QUESTION),
    )
    lines = "\n".join(f"  {shlex.join(('steelyard', *step))}" for step in steps)
    head = f"A ruleset that works is in {quote_path(folder)}. Read it, put your own question in its place, and try:"
    return f"{head}\n{lines}"
