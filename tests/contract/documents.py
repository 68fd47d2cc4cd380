"""What the documents show: their fenced blocks, and the commands with their output in them."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from steelyard.library import shipped

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
GUIDE = ROOT / "rules" / "README.md"
OPERATING = ROOT / "service" / "OPERATING.md"

BALANCE = re.compile(
    r"^(?P<start><!-- balance(?: (?P<day>\d{4}-\d{2}-\d{2}))? -->)\n(?P<table>.*?)^(?P<end><!-- /balance -->)$",
    re.MULTILINE | re.DOTALL,
)
"""The block of a ruleset's README that shows how even its knowledge is on a day: one named at its start, or in it."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """A command that a document shows, as it is written and as its arguments, and the output that is under it."""

    written: str
    arguments: tuple[str, ...]
    output: str


def blocks(document: Path, language: str) -> list[str]:
    """The fenced blocks of one language, in their order."""
    return [text for name, text in _BLOCK.findall(document.read_text(encoding="utf-8")) if name == language]


def commands(document: Path, program: str) -> list[Shown]:
    """The commands of one program in the console blocks, with the output that follows each."""
    shown = []
    for block in blocks(document, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            written, output = _split(part)
            arguments = tuple(shlex.split(written.replace("\\\n", " "), comments=True))
            if arguments[0] == program:
                shown.append(Shown(written, arguments[1:], output))
    return shown


def _split(part: str) -> tuple[str, str]:
    """The command, whose lines but the last end in a backslash, and the rest."""
    lines = part.splitlines(keepends=True)
    last = next(number for number, line in enumerate(lines) if not line.endswith("\\\n"))
    return "".join(lines[: last + 1]), "".join(lines[last + 1 :])


def balanced_readmes() -> list[Path]:
    """The READMEs of rulesets that show how even the knowledge is."""
    readmes = (path / "README.md" for path in shipped().values())
    return [readme for readme in readmes if readme.is_file() and "<!-- balance" in readme.read_text(encoding="utf-8")]


def balance_command(readme: Path, found: re.Match[str]) -> tuple[str, ...]:
    """The arguments of the command that prints the table of a block; of today, if none names a day."""
    named = _DAY.search(found["day"] or found["table"])
    as_of = ("--as-of", named.group()) if named else ()
    return ("rules", str(readme.parent), "--balance", "--format", "markdown", *as_of)
