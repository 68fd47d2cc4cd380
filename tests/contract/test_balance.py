"""What the READMEs of rulesets say of their balance is what the program counts."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from steelyard.cli import steelyard as command
from tests.contract.documents import BALANCE, ROOT, balance_command, balanced_readmes


@pytest.mark.parametrize("readme", balanced_readmes(), ids=lambda readme: readme.parent.name)
def test_a_balance_table_is_what_is_printed(readme: Path) -> None:
    """A block names its day, and holds what `steelyard rules --balance --format markdown` prints for that day."""
    text = readme.read_text(encoding="utf-8")
    found = list(BALANCE.finditer(text))
    assert len(found) == text.count("<!-- balance") == text.count("<!-- /balance -->")
    for block in found:
        assert CliRunner().invoke(command, balance_command(readme, block)).output == block["table"]


BLOCKS = {
    "<!-- balance 2026-11-25 -->\nOn 2020-01-01\n\n| a |\n<!-- /balance -->": ["--as-of", "2026-11-25"],
    "<!-- balance -->\nOn 2020-01-01, and 2021-01-01\n<!-- /balance -->": ["--as-of", "2020-01-01"],
    "<!-- balance -->\n<!-- /balance -->": [],
}


@pytest.mark.parametrize("block", BLOCKS)
def test_the_command_of_a_block(block: str) -> None:
    """A block is printed for the day that its start names, or else its text; the ruleset is that of the README."""
    (found,) = BALANCE.finditer(f"Before\n{block}\nAfter\n")
    readme = ROOT / "rules" / "some" / "README.md"
    expected = ["rules", str(readme.parent), "--balance", "--format", "markdown", *BLOCKS[block]]
    assert list(balance_command(readme, found)) == expected
    assert f"{found['start']}\n{found['table']}{found['end']}" == block
