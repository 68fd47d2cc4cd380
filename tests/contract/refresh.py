"""`make documents`: write anew what the documents show, from what the program prints now.

What the tests of the documents compare is put where it stands: the output under each command of the README, the answer
to its request, and the balance table of each ruleset. The words around them are left to people.
"""

import json
import os
import re
import shlex
from collections.abc import Callable
from functools import partial
from pathlib import Path

from click.testing import CliRunner

from steelyard.cli import steelyard as command
from steelyard.web import create_app
from tests.contract.documents import BALANCE, README, ROOT, balance_command, balanced_readmes, commands

_JSON_BLOCK = re.compile(r"(^```json\n).*?(^```$)", re.MULTILINE | re.DOTALL)
_LIST_OF_TEXTS = re.compile(r'\[\s+("[^"]*"(?:,\s+"[^"]*")*)\s+\]')


def main() -> None:
    """Rewrite every document that shows what is printed, and say which have changed."""
    os.chdir(ROOT)
    for readme in balanced_readmes():
        rewrite(readme, partial(with_balance, readme))
    rewrite(README, lambda text: with_answer(with_outputs(text)))


def rewrite(document: Path, change: Callable[[str], str]) -> None:
    """Change a document's text."""
    before = document.read_text(encoding="utf-8")
    after = change(before)
    if after != before:
        document.write_text(after, encoding="utf-8")
        print(f"rewrote {document.relative_to(ROOT)}")


def with_outputs(text: str) -> str:
    """The README with the present output under each `steelyard` command that shows one."""
    for shown in commands(README, "steelyard"):
        if shown.output:
            text = text.replace(f"{shown.written}{shown.output}", f"{shown.written}{printed(*shown.arguments)}")
    return text


def with_answer(text: str) -> str:
    """The README with the present answer to the request that it shows, lists of texts on one line."""
    (shown,) = commands(README, "curl")
    _, body, url = shown.arguments
    path = url.removeprefix("http://127.0.0.1:8000")
    answer = create_app().test_client().post(path, data=body, content_type="application/json").json
    indented = json.dumps(answer, ensure_ascii=False, indent=2)
    indented = _LIST_OF_TEXTS.sub(lambda found: f"[{' '.join(found[1].split())}]", indented)
    return _JSON_BLOCK.sub(lambda block: f"{block[1]}{indented}\n{block[2]}", text)


def with_balance(readme: Path, text: str) -> str:
    """A ruleset's README with the balance of the day that its block names."""
    return BALANCE.sub(
        lambda block: f"{block['start']}\n{printed(*balance_command(readme, block))}{block['end']}", text
    )


def printed(*arguments: str) -> str:
    """What the command line prints.

    Raises:
        SystemExit: it was misused.
    """
    result = CliRunner().invoke(command, arguments)
    if result.exit_code not in {0, 1}:
        raise SystemExit(f"steelyard {shlex.join(arguments)}: {result.output}")
    return result.output


if __name__ == "__main__":
    main()
