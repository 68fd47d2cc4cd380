"""A language server that the tests share, and the schemas that it checks by."""

from collections.abc import Callable, Iterator

import pytest

from tests.editors.language_server import LanguageServer, language_server
from tests.editors.publish import published_texts


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """The server, for a folder with the schemas in it."""
    folder = tmp_path_factory.mktemp("edited")
    for name, text in published_texts().items():
        (folder / name).write_text(text, encoding="utf-8")
    with language_server(folder) as running:
        yield running


@pytest.fixture
def file() -> Callable[..., str]:
    """Makes a file that names its schema, of the format or of one ruleset."""
    return lambda text, ruleset="ruleset": f"# yaml-language-server: $schema={ruleset}.schema.json\n{text}"
