"""What an author meets in an editor: completions, words beside what is pointed at, complaints in the right place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from steelyard.model import GRADE_BY_WORD, NeedType
from steelyard.parser import keys_of_format
from tests.editors.language_server import Complaint, LanguageServer
from tests.editors.publish import shipped_paths

# One server is enough: the tests that share it run on one worker.
pytestmark = pytest.mark.xdist_group("editors")

File = Callable[..., str]
OWN = "pytorch-vs-tensorflow-2020"
KEYS = keys_of_format()
RATED = "rules:\n  a:\n    ratings:\n      pytorch"


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("|", KEYS["document"]),
        ("ruleset:\n  |", KEYS["ruleset"]),
        ("needs:\n  garden:\n    |", KEYS["need"]),
        ("needs:\n  garden:\n    type: |", tuple(NeedType)),
        ("candidates:\n  dog:\n    name: Dog\n    |", KEYS["candidate"][1:]),
        ("evidence:\n  survey:\n    |", KEYS["evidence"]),
        ("rules:\n  a:\n    |", KEYS["rule"]),
        ("rules:\n  a:\n    veto: |", ("true", "false")),
        ("rules:\n  a:\n    when:\n      garden:\n        |", ("is", "includes", "any_of", "at_least")),
        (f"{RATED}: |", tuple(GRADE_BY_WORD)),
        (f"{RATED}:\n        |", KEYS["rating"]),
        (f"{RATED}:\n        2020-01-01: |", tuple(GRADE_BY_WORD)),
        ("cases:\n  a:\n    |", KEYS["case"]),
        ("cases:\n  a:\n    expect:\n      |", KEYS["expect"]),
        ("cases:\n  a:\n    expect:\n      outcome: |", ("recommended", "tied", "undecided", "infeasible")),
    ],
)
def test_the_format_is_completed(server: LanguageServer, file: File, text: str, offered: tuple[str, ...]) -> None:
    """Keys and words of the format are offered where they may stand."""
    assert set(offered) <= server.completions(file(text)).keys()


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("rules:\n  a:\n    criterion: |", {"people": "Learning and finding help"}),
        ("rules:\n  a:\n    when:\n      |", {"all": "Each of these must hold.", "targets": None}),
        ("rules:\n  a:\n    when: {targets: |}", {"android": "Android phones and tablets"}),
        (
            "rules:\n  a:\n    when:\n      any:\n        - targets: {none_of: [|]}",
            {"android": "Android phones and tablets"},
        ),
        ("rules:\n  a:\n    ratings:\n      |", {"pytorch": None, "tensorflow": None}),
        ("cases:\n  a:\n    requirements:\n      |", {"targets": None}),
        ("cases:\n  a:\n    requirements: {targets: {value: [|]}}", {"android": "Android phones and tablets"}),
        ("cases:\n  a:\n    requirements: {targets: {value: [android], importance: |}}", {"must": None}),
        ("cases:\n  a:\n    expect: {recommended: |}", {"pytorch": "PyTorch", "tensorflow": "TensorFlow"}),
        ("cases:\n  a:\n    expect: {excluded: [|]}", {"pytorch": "PyTorch", "tensorflow": "TensorFlow"}),
        ("cases:\n  a:\n    expect: {above: {|}}", {"pytorch": None, "tensorflow": None}),
    ],
)
def test_a_ruleset_is_completed(server: LanguageServer, file: File, text: str, offered: dict[str, str | None]) -> None:
    """What one ruleset has is offered in conditions, ratings, requirements and expectations, with its words."""
    found = server.completions(file(text, OWN))
    assert offered.keys() <= found.keys()
    assert {id_: words for id_, words in offered.items() if words is not None}.items() <= found.items()


def test_only_fitting_operators_are_offered(server: LanguageServer, file: File) -> None:
    """Of one ruleset's need, only the operators that fit its type are offered."""
    found = server.completions(file("rules:\n  a:\n    when:\n      targets:\n        |", OWN))
    assert {"is", "includes", "any_of", "all_of", "none_of"} == found.keys()


@pytest.mark.parametrize(
    ("type_", "offered"),
    [
        ("flag", {"question", "help"}),
        ("scale", {"question", "help", "options"}),
        ("number", {"question", "help", "minimum", "maximum", "unit"}),
    ],
)
def test_only_fitting_keys_are_offered(server: LanguageServer, file: File, type_: str, offered: set[str]) -> None:
    """Of a need, only the keys that go with its type are offered."""
    assert server.completions(file(f"needs:\n  garden:\n    type: {type_}\n    |")).keys() == offered


@pytest.mark.parametrize(
    ("text", "ruleset", "offered"),
    [
        ("needs:\n  garden:\n    |", "ruleset", KEYS["need"]),
        (f"{RATED}:\n        |", "ruleset", KEYS["rating"]),
        ("cases:\n  a:\n    |", OWN, KEYS["case"]),
        ("cases:\n  a:\n    requirements:\n      targets:\n        |", OWN, ("importance", "value")),
    ],
)
def test_nothing_but_keys_is_offered(
    server: LanguageServer, file: File, text: str, ruleset: str, offered: tuple[str, ...]
) -> None:
    """Among the keys stands no entry that is none, such as a whole of those that are required."""
    assert server.completions(file(text, ruleset)).keys() == set(offered)


@pytest.mark.parametrize(
    ("text", "ruleset", "shown"),
    [
        ("needs:\n  a:\n    ty|pe: scale\n", "ruleset", "How the need is answered."),
        ("needs:\n  a:\n    type: sca|le\n", "ruleset", "the options stand from the lowest to the highest"),
        ("rules:\n  a:\n    we|ight: 2\n", "ruleset", "How much it weighs beside others; 1 if it is not said."),
        ("rules:\n  a:\n    when: {tar|gets: android}\n", OWN, "Android phones and tablets"),
        ("cases:\n  a:\n    expect: {recomm|ended: pytorch}\n", OWN, "The candidate that is recommended, alone."),
    ],
)
def test_words_are_shown(server: LanguageServer, file: File, text: str, ruleset: str, shown: str) -> None:
    """Whoever points at a key or a word is told what it is for."""
    assert shown in server.hover(file(text, ruleset))


BAD = """\
ruleset: {id: Pets, title: Which pet?, version: 1, stale_after_days: -1}
needs:
  garden: {question: Is there a garden?, type: boolean}
  home: {question: Which home?, type: choice, minimum: 1}
  hours: {question: How long?, type: number, minimum: 0}
evidence:
  survey: {title: A survey, published: 2024-05-01}
  study: {title: A study, published: May, url: example.org}
rules:
  outdoors:
    criterion: home
    title: Room to run
    wieght: 2
    when: {hours: {at_leest: 3}, any: []}
    ratings:
      dog: exellent
      cat: {rating: good, reason: Cats roam.}
      robot:
        2019-1-1: good
  bare: {criterion: home}
cases:
  running: {requirements: {garden: {value: true, importance: most}}, expect: {}}
"""
MARKED = [
    (2, "Pets"),
    (2, "-1"),
    (4, "boolean"),
    (5, "home"),
    (5, "minimum"),
    (6, "hours"),
    (8, "survey"),
    (9, "May"),
    (9, "example.org"),
    (14, "wieght"),
    (15, "at_leest"),
    (15, "[]"),
    (17, "exellent"),
    (18, "reason"),
    (20, "2019-1-1"),
    (21, "bare"),
    (23, "most"),
    (23, "{}"),
]


def test_faults_are_marked(server: LanguageServer, file: File) -> None:
    """Every fault of form is underlined where it is, and nothing else."""
    found = server.complaints(file(BAD))
    assert {(each.line, each.marked) for each in found} == set(MARKED), found


def test_complaints_help(server: LanguageServer, file: File) -> None:
    """A complaint says what would be right."""
    told = {each.marked: each.message for each in server.complaints(file(BAD))}
    assert told["Pets"] == "An id is of lower-case letters, digits and single hyphens."
    reserved = server.complaints(file("needs:\n  all: {question: All of it?, type: flag}\n"))
    words = "The id of a need is of lower-case letters, digits and single underscores, and none of `all`, `any`, `not`."
    assert [(each.marked, each.message) for each in reserved] == [("all", words)]
    assert told["survey"] == "Evidence has a url, or a source: what else identifies it."
    assert told["2019-1-1"] == "A day is written as YYYY-MM-DD."
    assert all(f'"{word}"' in told["exellent"] for word in GRADE_BY_WORD)


def test_faults_against_a_ruleset_are_marked(server: LanguageServer, file: File) -> None:
    """By the schema of a ruleset, needs, options, operators and candidates that it does not have are underlined."""
    text = """\
rules:
  a:
    criterion: deploymnt
    title: A title
    when: {target: android, targets: {at_least: android}, any: [{targets: [androd]}]}
    ratings: {pytroch: good}
cases:
  a: {requirements: {targets: [androd]}, expect: {recommended: pytroch, fired: [a, new-rule]}}
"""
    found = [(each.line, each.marked) for each in server.complaints(file(text, OWN))]
    assert sorted(found) == [
        (4, "deploymnt"),
        (6, "androd"),
        (6, "at_least"),
        (6, "target"),
        (7, "pytroch"),
        (9, "androd"),
        (9, "pytroch"),
    ]


def good_files() -> list[Path]:
    """The files of two small rulesets that ship, and of the one that authors begin with."""
    scaffold = Path(__file__).parents[2] / "service" / "steelyard" / "cli" / "scaffold"
    small = [folder for folder in shipped_paths() if folder.name in (OWN, "open-source-licence")]
    return [file for folder in (*small, scaffold) for file in sorted(folder.glob("*.yaml"))]


@pytest.mark.parametrize("path", good_files(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_good_files_are_left_alone(server: LanguageServer, file: File, path: Path) -> None:
    """Nothing is underlined in a file that is sound, by the schema of the format and by that of its ruleset."""
    none: list[Complaint] = []
    text = path.read_text(encoding="utf-8")
    assert server.complaints(file(text)) == none
    if path.parent.name != "scaffold":
        assert server.complaints(file(text, path.parent.name)) == none
