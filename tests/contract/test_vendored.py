"""What the page has from others is what the record says, with its version and its licence."""

import hashlib
import json
from pathlib import Path

from steelyard.web.pages.assets import assets
from tests.contract.vendored import RECORD, SCRIPT, taken_over


def test_it_is_what_was_fetched() -> None:
    """The script has not been changed since it was fetched, and says what it is."""
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    assert list(record) == [SCRIPT]
    for name, told in record.items():
        content = assets().by_name[name].content
        assert hashlib.sha256(content).hexdigest() == told["sha256"]
        banner = f"/*! {told['package']} {told['version']}, {told['licence']} */\n"
        assert content.startswith(banner.encode())


def test_how_it_is_taken_over(tmp_path: Path) -> None:
    """Version and licence are those of the package, whose script becomes a module."""
    (tmp_path / "dist").mkdir()
    (tmp_path / "package.json").write_text('{"name": "idiomorph", "version": "9.9.9", "license": "0BSD"}')
    (tmp_path / "dist" / "idiomorph.min.js").write_text("var Idiomorph=1;")
    script, record = taken_over(tmp_path)
    assert script == "/*! idiomorph 9.9.9, 0BSD */\nvar Idiomorph=1;\nexport{Idiomorph};\n"
    assert record[SCRIPT]["version"] == "9.9.9"
    assert record[SCRIPT]["licence"] == "0BSD"
