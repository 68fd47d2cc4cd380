"""The schemas for editors that the package carries: of the format, and of each ruleset that ships.

`make documents` writes them anew.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from steelyard.library import check_path, ruleset_paths, shipped_folder
from steelyard.parser.format import format_schema, format_schema_of
from tests.contract.documents import ROOT

PUBLISHED = ROOT / "service" / "steelyard" / "schemas"
"""Where editors find the schemas."""


def main() -> None:
    """Write them all, and remove those of rulesets that ship no more."""
    PUBLISHED.mkdir(exist_ok=True)
    texts = published_texts()
    for path in PUBLISHED.iterdir():
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (PUBLISHED / name).write_text(text, encoding="utf-8")


def published_texts() -> dict[str, str]:
    """The text of each file that is published, by its name."""
    return {"ruleset.schema.json": _text(format_schema())} | {
        f"{path.name}.schema.json": _text(format_schema_of(check_path(path).required())) for path in shipped_paths()
    }


def shipped_paths() -> list[Path]:
    """The folder of every ruleset that ships, the examples among them."""
    folder = shipped_folder()
    return sorted(path for path in ruleset_paths(folder) if path != folder)


def _text(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    main()
