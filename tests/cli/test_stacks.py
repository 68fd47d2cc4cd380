"""Stacks on the command line: asking them, and checking them."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Steelyard
from tests.stacks import BEDS, DAY, STACK, changed, stack, written

FILE = "stacks/pet-bed-vet.yaml"
ASK = ("recommend", "--stack", FILE, "--as-of", DAY)


@pytest.fixture
def joined(run: Steelyard) -> Steelyard:
    """The command, in a folder that holds the stack and its rulesets, and no other."""
    run.rules.unlink()
    written(run.folder)
    return run


@pytest.mark.parametrize("format_", ["text", "json", "markdown"])
def test_every_format(joined: Steelyard, format_: str) -> None:
    """`--stack` asks a stack; every format is what the Python interface renders."""
    result = joined(*ASK, "--need", "garden=true", "--format", format_)
    answer = stack().recommend({"garden": True}, as_of=DAY)
    record = stack().recommend({"garden": True}, as_of=DAY, explain=("questions", "changes")).to_markdown()
    renderings = {"text": answer.to_text(), "json": answer.to_json() + "\n", "markdown": record}
    assert (result.stdout, result.stderr, result.exit_code) == (renderings[format_], "", 0)


def test_a_stack_has_no_chart(joined: Steelyard) -> None:
    """A chart shows one ranking; of a stack there is none."""
    result = joined(*ASK, "--format", "svg")
    assert result.exit_code == 2
    assert "a stack has no chart; ask for one of its rulesets with --ruleset" in result.stderr


def test_all_options(joined: Steelyard) -> None:
    """All options work with the needs and the candidates of all parts."""
    arguments = ("--need", "hours=9", "--need", "pet=cat", "--could", "hours", "--must", "pet", "--candidate", "tower")
    document = json.loads(joined(*ASK, *arguments, "--format", "json").stdout)
    expected = stack().recommend(
        {"hours": {"value": 9, "importance": "could"}, "pet": {"value": "cat", "importance": "must"}},
        as_of=DAY,
        candidates=["tower"],
    )
    assert document == expected.to_dict()


def test_a_request_names_a_stack(joined: Steelyard) -> None:
    """A file may name the stack, and options add to it."""
    joined.write("p.yaml", f"stack: {FILE}\nrequirements: {{garden: true}}\nas_of: {DAY}\n")
    result = joined("recommend", "p.yaml", "--need", "hours=9", "--format", "json")
    assert result.stdout == stack().recommend({"garden": True, "hours": 9}, as_of=DAY).to_json() + "\n"


def test_an_option_wins_over_the_file(joined: Steelyard) -> None:
    """`--stack` wins over the ruleset of a file, and `--ruleset` over its stack."""
    joined.write("p.yaml", "ruleset: nowhere\nrequirements: {garden: true}\n")
    joined.write("q.yaml", "stack: nowhere\nrequirements: {garden: true}\n")
    assert "stack" in json.loads(joined(*ASK, "p.yaml", "--format", "json").stdout)
    by_ruleset = joined("recommend", "q.yaml", "--ruleset", "pets", "--format", "json")
    assert json.loads(by_ruleset.stdout)["ruleset"]["id"] == "pets"


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (["--need", "garden=true"], 0),
        (["--need", "garden=false"], 0),
        (["--need", "floor=false"], 1),
        (["--need", "hours=22", "--must", "hours"], 1),
    ],
)
def test_exit_code(joined: Steelyard, arguments: list[str], exit_code: int) -> None:
    """The command exits with 0 when every part recommends something, if only a tie, and with 1 otherwise."""
    assert joined(*ASK, *arguments).exit_code == exit_code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--ruleset", "pets"], "--ruleset and --stack cannot both be asked"),
        (["--need", "gardn=true"], "did you mean `garden`?"),
        (["--need", "pet=cta"], "did you mean `cat`?"),
        (["--candidate", "clinc"], "did you mean `clinic`?"),
        (["--stack", "nothing"], "no stack `nothing` ships, and no file or folder is called so"),
        (["--stack", "pets/ruleset.yaml"], "`pets/ruleset.yaml` is a ruleset, not a stack"),
    ],
)
def test_misuse(joined: Steelyard, arguments: list[str], said: str) -> None:
    """Misuse and invalid input exit with 2, and say what is wrong."""
    result = joined(*ASK, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("stack: nothing", ["request/unknown-stack"]),
        ("stack: [a]", ["value/wrong-type"]),
        (f"stack: {FILE}\nruleset: pets", ["request/ruleset-and-stack"]),
        ("stack: {}\nruleset: []", ["request/ruleset-and-stack", "value/wrong-type", "value/wrong-type"]),
    ],
)
def test_faulty_files(joined: Steelyard, text: str, codes: list[str]) -> None:
    """A file that names no stack, or a ruleset as well, is refused with a code at its line."""
    joined.write("p.yaml", f"requirements: {{}}\n{text}\n")
    result = joined("recommend", "p.yaml")
    assert result.exit_code == 2
    assert (
        sorted(line.partition("error[")[2].partition("]")[0] for line in result.stderr.splitlines() if "error[" in line)
        == codes
    )
    assert all(line.startswith("p.yaml:") for line in result.stderr.splitlines() if "error[" in line)


def test_check(joined: Steelyard) -> None:
    """`check` counts rulesets and stacks, whether it is given their folder or the file of a stack."""
    counted = f"{FILE}: a stack of 3 parts, 4 needs, no faults\n"
    assert joined("check", FILE).stdout == counted
    result = joined("check", ".", "--strict")
    assert result.exit_code == 0
    assert result.stdout == (
        "beds: 4 rules, 8 ratings, 0 cases, no faults\n"
        "pets: 4 rules, 8 ratings, 0 cases, no faults\n"
        f"vets: 2 rules, 4 ratings, 0 cases, no faults\n{counted}"
    )


def test_check_of_a_faulty_ruleset(joined: Steelyard) -> None:
    """The fault of a ruleset is told once, and its stack is told to be faulty for it."""
    joined.write("beds/ruleset.yaml", json.dumps(changed(BEDS, (("rules", "low", "weight"), 0))))
    result = joined("check", ".")
    assert result.exit_code == 1
    assert result.stdout.count("value/out-of-range") == 1
    assert "error[stack/faulty-ruleset]: the ruleset `beds` has 1 error" in result.stdout
    assert result.stdout.endswith(f"{FILE}: 1 error\n")


def test_check_for_programs(joined: Steelyard) -> None:
    """As JSON and as SARIF, the faults of a stack have their code and their place like those of rulesets."""
    joined.write(FILE, json.dumps(changed(STACK, (("parts", "bed", "takes"), {"pat": "pet"}))))
    report = json.loads(joined("check", ".", "--format", "json").stdout)
    assert [ruleset["id"] for ruleset in report["rulesets"]] == ["beds", "pets", "vets"]
    (found,) = report["stacks"]
    (diagnostic,) = found["diagnostics"]
    assert (report["ok"], found["path"], found["id"]) == (False, FILE, None)
    assert (diagnostic["code"], diagnostic["pointer"]) == ("stack/unknown-need", "/parts/bed/takes/pat")
    assert diagnostic["place"]["file"] == FILE
    (sarif_run,) = json.loads(joined("check", FILE, "--format", "sarif").stdout)["runs"]
    (result,) = sarif_run["results"]
    assert result["ruleId"] == "stack/unknown-need"


def test_cases_of_a_folder_with_stacks(joined: Steelyard) -> None:
    """`test` runs the cases of rulesets, and passes stacks over."""
    cases = {"a": {"requirements": {"pet": "cat"}, "expect": {"recommended": "tower"}}}
    for name in ("pets", "vets"):
        (joined.folder / name / "ruleset.yaml").unlink()
    joined.write("beds/ruleset.yaml", json.dumps({**BEDS, "cases": cases}))
    result = joined("test", ".")
    assert result.exit_code == 0
    assert result.stdout.startswith("beds\n")
    assert joined("test", str(Path(FILE).parent)).exit_code == 2
