"""Takes over what the page has from others: the script, with its version and licence on top, and a record of it.

`make vendored` fetches the package and calls this with the folder that it was unpacked in.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parents[2] / "service" / "steelyard" / "web" / "pages"
RECORD = PAGES / "vendored.json"
SCRIPT = "idiomorph.js"
_TAKEN = "dist/idiomorph.min.js"


def taken_over(package: Path) -> tuple[str, dict[str, Any]]:
    """The script as a module, and what is recorded of it."""
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    named = f"{about['name']} {about['version']}, {about['license']}"
    script = f"/*! {named} */\n{(package / _TAKEN).read_text(encoding='utf-8')}\nexport{{Idiomorph}};\n"
    record = {
        "package": about["name"],
        "version": about["version"],
        "licence": about["license"],
        "file": _TAKEN,
        "sha256": hashlib.sha256(script.encode()).hexdigest(),
    }
    return script, {SCRIPT: record}


if __name__ == "__main__":
    text, told = taken_over(Path(sys.argv[1]))
    (PAGES / "assets" / SCRIPT).write_text(text, encoding="utf-8")
    RECORD.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
