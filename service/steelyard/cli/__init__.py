"""The `steelyard` command."""

from steelyard.cli.main import main, steelyard

__all__ = ["main", "steelyard"]
