"""A client in TypeScript: types by openapi-typescript, and a program that asks with them, compiled by tsc."""

import json
from pathlib import Path

from tests.clients.conftest import Described
from tests.clients.running import PROGRAMS, attempt, run
from tests.node.installed import MODULES, node, program

_OPTIONS = {
    "strict": True,
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "noUnusedLocals": True,
    "target": "es2022",
    "module": "nodenext",
    "types": ["node"],
}


def generate(service: Described, folder: Path) -> None:
    """Makes the types, beside what they need to be used; the test is skipped where Node.js has not all of it."""
    command = program("openapi-typescript/bin/cli.js")
    (folder / "node_modules").symlink_to(MODULES, target_is_directory=True)
    (folder / "package.json").write_text(json.dumps({"type": "module"}), encoding="utf-8")
    run(*command, service.description, "-o", folder / "steelyard.d.ts", folder=folder)


def ask(service: Described, folder: Path) -> str:
    """What the program prints, once it is compiled."""
    assert compiled((PROGRAMS / "asking.ts").read_text(encoding="utf-8"), folder) == []
    return run(node(), "program.js", service.url, service.key, folder=folder)


def compiled(text: str, folder: Path) -> list[str]:
    """What the compiler complains of in a program."""
    (folder / "program.ts").write_text(text, encoding="utf-8")
    config = {"compilerOptions": _OPTIONS, "files": ["program.ts"]}
    (folder / "tsconfig.json").write_text(json.dumps(config), encoding="utf-8")
    return attempt(*program("typescript/bin/tsc"), "--pretty", "false", folder=folder).stdout.splitlines()
