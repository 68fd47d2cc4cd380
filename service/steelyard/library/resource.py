"""Rulesets that come with a Python package, also with one that is not unpacked."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def on_disk(resource: Traversable) -> Iterator[Path]:
    """The resource as a path: where it is, or, while the context lasts, where it was copied to.

    `importlib.resources.as_file` does so for folders only from Python 3.12 on.
    """
    if isinstance(resource, Path):
        yield resource
        return
    with TemporaryDirectory() as folder:
        copied = Path(folder) / resource.name
        _copy(resource, copied)
        yield copied


def _copy(resource: Traversable, to: Path) -> None:
    if not resource.is_dir():
        to.write_bytes(resource.read_bytes())
        return
    to.mkdir()
    for each in resource.iterdir():
        _copy(each, to / each.name)
