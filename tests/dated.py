"""A small ruleset whose knowledge changes with the days, and a later version of it."""

from pathlib import Path

from steelyard import Ruleset

PETS = """\
ruleset: {id: pets, title: Which pet fits?, version: "1", stale_after_days: 800}
needs:
  garden: {question: Is there a garden?, type: flag, help: A balcony is none.}
  hours: {question: How long is it alone?, type: number, minimum: 0, maximum: 24, unit: hours}
  allergies: {question: Allergic to what?, type: choices, options: {fur: Fur, hay: Hay}}
  pool: {question: Is there a pool?, type: flag}
candidates:
  dog:
    name: Dog
    summary: It barks.
    steward: The clubs
    licence: Dog licence
    homepage: https://example.org/dogs
  cat: {name: Cat}
  robot: {name: Robot dog, since: 2018-01-11, until: 2026-01-01}
  alpaca: {name: Alpaca, since: 2027-01-01}
criteria: {home: Home, care: Care}
evidence:
  survey: {title: A survey, published: 2024-05-01, url: https://example.org/survey}
  book: {title: A book, published: 2019-05-01, source: Page 3}
rules:
  outdoors:
    criterion: home
    title: Likes to be outdoors
    when: {garden: true}
    veto: true
    ratings:
      dog: {rating: excellent, because: Dogs run., evidence: [survey]}
      cat:
        2019-01-01: {rating: good, because: Cats roam., evidence: [survey, book]}
        2021-06-01: {rating: good, because: Cats still roam., evidence: [survey]}
        2025-01-01: {rating: excellent, because: Cats fly., evidence: [survey]}
      robot:
        2020-01-01: {rating: unsupported, because: It gets stuck., evidence: [book]}
        2021-01-01: {rating: poor, because: It gets wet., evidence: [book]}
  alone:
    criterion: care
    title: Copes alone
    when: {hours: {at_least: 6, at_most: 12}, not: {allergies: fur, garden: false}}
    weight: 1.5
    since: 2020-03-01
    ratings:
      dog: {rating: poor, because: Dogs pine., evidence: [survey]}
      cat:
        2019-01-01: {rating: fair, because: Cats cope., evidence: [survey]}
        2020-03-01: {rating: good, because: Cats sleep., evidence: [survey]}
  friendly:
    criterion: care
    title: Friendly
    until: 2022-01-01
    ratings:
      dog: {rating: fair, because: It licks., evidence: [book]}
cases:
  running: {requirements: {garden: true}, expect: {recommended: dog}}
  running-again: {requirements: {garden: true}, expect: {recommended: dog}}
  sleeping: {requirements: {hours: 8, allergies: []}, as_of: 2021-07-01, expect: {recommended: cat}}
  swimming: {requirements: {pool: true, garden: true}, as_of: 2021-07-01, expect: {recommended: dog}}
"""

PETS_LATER = (
    PETS.replace('version: "1"', 'version: "2"')
    .replace("  pool: {question: Is there a pool?, type: flag}\n", "")
    .replace("pool: true, ", "")
    .replace("swimming: {", "paddling: {")
    .replace("maximum: 24", "maximum: 10")
    .replace("hours: 8,", "hours: 9,")
    .replace("at_most: 12", "at_most: 10")
    .replace("weight: 1.5", "weight: 4")
    .replace("cat: {name: Cat}", "cat: {name: Cat}\n  fish: {name: Fish}")
    .replace(
        "  friendly:",
        "  quiet:\n    criterion: home\n    title: Quiet\n    when: {garden: true}\n"
        "    ratings: {cat: {rating: good, because: Cats purr., evidence: [survey]},"
        " fish: {rating: excellent, because: Fish say nothing., evidence: [survey]}}\n  friendly:",
    )
)


def pets() -> Ruleset:
    """The ruleset."""
    return Ruleset.from_yaml(PETS)


def pets_later() -> Ruleset:
    """Its later version: without pools, with fish, a new rule, another weight, and numbers within other bounds."""
    return Ruleset.from_yaml(PETS_LATER)


def write_pets(folder: Path) -> None:
    """Both as `before.yaml` and `after.yaml`."""
    (folder / "before.yaml").write_text(PETS, encoding="utf-8")
    (folder / "after.yaml").write_text(PETS_LATER, encoding="utf-8")
