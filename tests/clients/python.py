"""A client in Python: a package by openapi-python-client, and a program that asks with it, typed for pyright."""

import json
import sys
from pathlib import Path

from tests.clients.conftest import Described
from tests.clients.running import PROGRAMS, attempt, run
from tests.node.installed import node

PACKAGE = "steelyard_client"


def generate(service: Described, folder: Path) -> None:
    """Makes the package, and beside it notes what was left out, in a file `warnings`."""
    generator = str(Path(sys.executable).with_name("openapi-python-client"))
    command = (generator, "generate", "--path", str(service.description), "--meta", "none", "--output-path", PACKAGE)
    made = attempt(*command, folder=folder)
    assert made.returncode == 0, made.stdout + made.stderr
    left_out = [line for line in made.stderr.splitlines() if line.startswith(("WARNING", "Unsupported"))]
    (folder / "warnings").write_text("\n".join(left_out), encoding="utf-8")


def ask(service: Described, folder: Path) -> str:
    """What the program prints, once its types are found right."""
    assert faults_of_types((PROGRAMS / "asking.py").read_text(encoding="utf-8"), folder) == []
    return run(sys.executable, "program.py", service.url, service.key, folder=folder)


def faults_of_types(text: str, folder: Path) -> list[str]:
    """What pyright complains of in a program, with its line; the test is skipped without Node.js."""
    node()
    (folder / "program.py").write_text(text, encoding="utf-8")
    config = {"typeCheckingMode": "strict", "include": ["program.py"]}
    (folder / "pyrightconfig.json").write_text(json.dumps(config), encoding="utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    report = json.loads(attempt(*command, folder=folder).stdout)
    assert report["summary"]["filesAnalyzed"] == 1
    return [f"{each['range']['start']['line'] + 1}: {each['message']}" for each in report["generalDiagnostics"]]
