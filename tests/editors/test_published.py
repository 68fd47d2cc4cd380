"""The schemas that the package carries are those of today's format and rulesets."""

from tests.editors.publish import PUBLISHED, published_texts


def test_what_is_published_is_up_to_date() -> None:
    """Each file in the package is what would be written now, and there is no other; `make documents` sees to it."""
    assert {path.name: path.read_text(encoding="utf-8") for path in PUBLISHED.iterdir()} == published_texts()
