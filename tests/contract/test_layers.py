"""What an import brings in; import-linter checks the layers themselves (`make layers`)."""

import subprocess
import sys

import pytest

LOADED = "import sys, steelyard; print(*sorted({name.partition('.')[0] for name in sys.modules}))"


@pytest.mark.parametrize("package", ["click", "flask", "granian", "werkzeug"])
def test_embedding_stays_light(package: str) -> None:
    """A program that imports Steelyard gets neither its web service nor its command line."""
    loaded = subprocess.run([sys.executable, "-c", LOADED], check=True, capture_output=True, text=True).stdout
    assert "steelyard" in loaded.split()
    assert package not in loaded.split()
