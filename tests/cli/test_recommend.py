"""`steelyard recommend` as a person or a script meets it."""

import json
from typing import Any

import pytest

import steelyard
from tests.cli.conftest import Steelyard

PETS = ("--ruleset", "pets.yaml")


def _answer(run: Steelyard, *arguments: str, stdin: str | None = None) -> dict[str, Any]:
    result = run("recommend", *PETS, *arguments, "--format", "json", stdin=stdin)
    assert result.stderr == ""
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_options_answer_needs(run: Steelyard) -> None:
    """`--need` answers flags, numbers and lists; `--must` and `--could` say how much they matter."""
    arguments = ["--need", "garden=yes", "--need", "hours=7.5", "--need", "allergies=hay, fur"]
    answer = _answer(run, *arguments, "--must", "garden", "--could", "allergies", "--as-of", "2025-01-01")
    assert answer["requirements"] == {
        "garden": {"value": True, "importance": "must"},
        "hours": {"value": 7.5, "importance": "should"},
        "allergies": {"value": ["fur", "hay"], "importance": "could"},
    }
    assert answer["as_of"] == "2025-01-01"


def test_a_list_can_be_empty(run: Steelyard) -> None:
    """`--need allergies=` answers that there are none, which is not the same as no answer."""
    answer = _answer(run, "--need", "allergies=")
    assert answer["requirements"]["allergies"]["value"] == []
    assert "allergies" not in answer["unanswered"]


@pytest.mark.parametrize("name", ["project.yaml", "project.json"])
def test_a_file_is_a_request(run: Steelyard, name: str) -> None:
    """A file holds the document that is posted over HTTP, in YAML or in JSON, and may name its ruleset."""
    run.write(name, '{"ruleset": "pets.yaml", "requirements": {"garden": {"value": true, "importance": "must"}}}')
    result = run("recommend", name, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["requirements"] == {"garden": {"value": True, "importance": "must"}}


def test_standard_input(run: Steelyard) -> None:
    """`-` reads the request from standard input."""
    answer = _answer(run, "-", stdin="requirements: {garden: no}\n")
    assert answer["requirements"] == {"garden": {"value": False, "importance": "should"}}


def test_options_win_over_the_file(run: Steelyard) -> None:
    """An option changes the answer or the importance that a file gives, and leaves the other part alone."""
    run.write("p.yaml", "requirements: {garden: {value: true, importance: must}, hours: 2}\nas_of: 2024-01-01\n")
    answer = _answer(run, "p.yaml", "--need", "garden=false", "--must", "hours", "--as-of", "2024-02-01")
    assert answer["requirements"] == {
        "garden": {"value": False, "importance": "must"},
        "hours": {"value": 2, "importance": "must"},
    }
    assert answer["as_of"] == "2024-02-01"


def test_candidates_can_be_restricted(run: Steelyard) -> None:
    """`--candidate` weighs only those that are named."""
    answer = _answer(run, "--need", "garden=true", "--candidate", "cat")
    assert [ranked["candidate"] for ranked in answer["ranking"]] == ["cat"]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "outcome"),
    [
        (["--need", "garden=true"], 0, "recommended"),
        (["--need", "garden=true", "--need", "hours=9"], 0, "recommended"),
        (["--need", "allergies=fur"], 0, "tied"),
        ([], 1, "undecided"),
        (["--need", "allergies=fur", "--must", "allergies"], 1, "infeasible"),
    ],
)
def test_exit_code_tells_the_outcome(run: Steelyard, arguments: list[str], exit_code: int, outcome: str) -> None:
    """The command exits with 0 if something is recommended, and with 1 if nothing is."""
    result = run("recommend", *PETS, *arguments, "--format", "json")
    assert json.loads(result.stdout)["outcome"] == outcome
    assert result.exit_code == exit_code


def test_other_formats_are_the_renderings(run: Steelyard) -> None:
    """The other formats are what the Python interface renders; a record tells what would change the answer."""
    request = ["--need", "garden=true", "--as-of", "2025-01-01"]
    ruleset = steelyard.load(run.rules)
    answer = ruleset.recommend({"garden": True}, as_of="2025-01-01")
    explained = ruleset.recommend({"garden": True}, as_of="2025-01-01", explain=("questions", "changes"))
    assert run("recommend", *PETS, *request).stdout == answer.to_text(width=80)
    assert run("recommend", *PETS, *request, "--format", "svg").stdout == answer.to_svg()
    assert run("recommend", *PETS, *request, "--format", "markdown").stdout == explained.to_markdown()
    assert run("recommend", *PETS, *request, "--format", "adr").stdout == explained.to_markdown()


def test_explaining(run: Steelyard) -> None:
    """Options ask for explanations, in whatever format; a file may ask for them too."""
    options = ["--need", "garden=true", "--explain", "--trace", "--compare", "cat,dog", "--as-of", "2025-01-01"]
    wanted = {"explain": ["questions", "changes", "rules"], "compare": ["cat", "dog"]}
    request = {"requirements": {"garden": True}, "as_of": "2025-01-01", **wanted}
    expected = steelyard.load(run.rules).answer(request)
    assert _answer(run, *options) == expected.to_dict()
    run.write("p.json", json.dumps(request))
    assert _answer(run, "p.json") == expected.to_dict()
    text = run("recommend", *PETS, *options).stdout
    assert text == expected.to_text(width=80)
    for title in ("Cat beside Dog", "What would change it", "What to ask next", "What did not fire"):
        assert f"  {title}\n" in text


@pytest.mark.parametrize(
    ("compare", "message"),
    [
        ("cat", "error[request/cannot-compare]: two candidates are compared, not 1"),
        ("cat,dgo", "--compare:1:1: error[request/unknown-candidate]: unknown candidate `dgo`"),
        ("", "--compare:1:1: error["),
    ],
)
def test_what_cannot_be_compared(run: Steelyard, compare: str, message: str) -> None:
    """Anything but two candidates is refused with the option as its place."""
    result = run("recommend", *PETS, "--compare", compare)
    assert result.exit_code == 2
    assert message in result.stderr


def test_every_fault_at_once(run: Steelyard) -> None:
    """Faults of the file and of the options are told together, each at its own place; the exit code is 2."""
    run.write("p.yaml", "requirements:\n  gardn: true\n  hours: 3\n")
    result = run("recommend", "p.yaml", *PETS, "--need", "hours=25", "--must", "garden", "--candidate", "dgo")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        "--candidate:1:1: error[request/unknown-candidate]: unknown candidate `dgo`\n"
        " 1 | dgo\n"
        "   | ^^^ help: did you mean `dog`?\n"
        "--must:1:1: error[request/no-value]: `garden` is a must but has no value\n"
        " 1 | garden\n"
        "   | ^^^^^^ help: answer the need, or leave it out\n"
        "--need:1:7: error[value/out-of-range]: 25 is above the maximum of `hours`, 24\n"
        " 1 | hours=25\n"
        "   |       ^^\n"
        "p.yaml:2:3: error[request/unknown-need]: unknown need `gardn`\n"
        " 2 |   gardn: true\n"
        "   |   ^^^^^ help: did you mean `garden`?\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--need", "garden"], "is not NEED=VALUE"),
        (["--need", "garden=true", "--need", "garden=false"], "--need garden is given twice"),
        (["--must", "garden", "--could", "garden"], "the importance of garden is given twice"),
        (["--need", "allergies=fur,fure"], "did you mean `fur`?"),
        (["--need", "hours=nan"], "expected a number, got `nan`"),
        (["--need", "hours=1e999"], "beyond the largest number"),
        (["--as-of", "yesterday"], "write it as YYYY-MM-DD"),
        (["--ruleset", "nowhere"], "no ruleset `nowhere` ships"),
        (["missing.yaml"], "no file or folder `missing.yaml`"),
        (["pets.yaml/x"], "cannot read `pets.yaml/x`"),
    ],
)
def test_misuse(run: Steelyard, arguments: list[str], told: str) -> None:
    """Misuse and invalid input exit with 2, say what is wrong on standard error, and answer nothing."""
    result = run("recommend", *PETS, *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file/empty"),
        ("- garden\n", "value/wrong-type"),
        ("garden: true\n", "key/unknown"),
        ("requirements: []\n", "value/wrong-type"),
        ("requirements:\n\tgarden: true\n", "yaml/syntax"),
        ("requirements: {garden: true, garden: false}\n", "yaml/duplicate-key"),
        ("requirements: {garden: ~}\n", "value/wrong-type"),
    ],
)
def test_faulty_files(run: Steelyard, text: str, code: str) -> None:
    """A file that is no request is refused with a code."""
    run.write("p.yaml", text)
    result = run("recommend", "p.yaml", *PETS)
    assert result.exit_code == 2
    assert f"error[{code}]" in result.stderr


def test_the_default_ruleset(run: Steelyard) -> None:
    """Without `--ruleset`, the ruleset that ships as the default answers."""
    result = run("recommend", "--need", "training_speed=true", "--as-of", "2020-04-11", "--format", "json")
    assert json.loads(result.stdout)["ruleset"]["id"] == steelyard.load().id
