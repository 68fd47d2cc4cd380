"""A small ruleset of its own, so that these tests do not move with the knowledge that ships."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from steelyard.cli import steelyard

RULESET = """\
ruleset: {id: pets, title: Which pet?, version: "1"}
needs:
  garden: {question: Is there a garden?, type: flag}
  hours: {question: Hours alone?, type: number, minimum: 0, maximum: 24}
  allergies: {question: Allergic to?, type: choices, options: {fur: Fur, hay: Hay}}
candidates:
  dog: {name: Dog}
  cat: {name: Cat}
criteria: {home: Home}
evidence:
  survey: {title: A survey, published: 2024-05-01, source: A leaflet}
rules:
  outdoors:
    criterion: home
    title: Likes to be outdoors
    when: {garden: true}
    ratings:
      dog: {rating: excellent, because: Dogs run., evidence: [survey]}
      cat: {rating: good, because: Cats roam., evidence: [survey]}
  alone:
    criterion: home
    title: Copes alone
    when: {hours: {at_least: 6}}
    ratings:
      dog: {rating: poor, because: Dogs pine., evidence: [survey]}
      cat: {rating: good, because: Cats sleep., evidence: [survey]}
  fur:
    criterion: home
    title: Free of fur
    when: {allergies: fur}
    ratings:
      dog: {rating: unsupported, because: It has fur., evidence: [survey]}
      cat: {rating: unsupported, because: It has fur too., evidence: [survey]}
cases:
  running:
    requirements: {garden: true}
    expect: {recommended: dog}
  sneezing:
    note: Both have fur.
    requirements: {allergies: {value: [fur], importance: must}, hours: 9}
    expect: {outcome: infeasible, excluded: [dog, cat]}
"""


class Steelyard:
    """Runs the command in a folder that holds `pets.yaml`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rules = folder / "pets.yaml"

    def __call__(self, *arguments: str, stdin: str | bytes | None = None) -> Result:
        """What the command does with the arguments."""
        return CliRunner().invoke(steelyard, arguments, input=stdin)

    def write(self, name: str, text: str) -> str:
        """A file beside the ruleset; its name."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return name


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Steelyard:
    """The command, in a folder with a ruleset of pets."""
    (tmp_path / "pets.yaml").write_text(RULESET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Steelyard(tmp_path)
