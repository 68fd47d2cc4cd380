"""`steelyard compare` as a person or a script meets it."""

import json
from typing import Any

import pytest

from tests.cli.conftest import Steelyard
from tests.dated import write_pets

DAYS = ("compare", "--ruleset", "before.yaml", "--as-of", "2021-07-01", "--as-of", "2025-02-01")
VERSIONS = ("compare", "--ruleset", "before.yaml", "--ruleset", "after.yaml")


@pytest.fixture(autouse=True)
def _pets(run: Steelyard) -> None:
    write_pets(run.folder)


def compared(run: Steelyard, *arguments: str, stdin: str | None = None) -> dict[str, Any]:
    """The comparison as JSON."""
    result = run(*arguments, "--format", "json", stdin=stdin)
    assert (result.exit_code, result.stderr, result.stdout.count("\n")) == (0, "", 1)
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_two_days(run: Steelyard) -> None:
    """One request is asked on both days, and what moved is told."""
    document = compared(run, *DAYS, "--need", "garden=yes", "--must", "garden")
    assert (document["before"]["as_of"], document["after"]["as_of"]) == ("2021-07-01", "2025-02-01")
    assert document["differs"] is True
    text = run(*DAYS, "--need", "garden=yes", "--must", "garden").stdout
    assert text.startswith("The answer differs: Dog ")
    assert "Cat: good → excellent. Cats fly. [survey, 2024-05]" in text


def test_two_rulesets(run: Steelyard) -> None:
    """Two versions are asked on one day; what one of them does not know is left out for it, and said."""
    document = compared(run, *VERSIONS, "--as-of", "2025-02-01", "--need", "pool=no", "--need", "garden=yes")
    assert document["left_out"] == [{"name": "pool", "side": "after"}]
    assert [document[side]["ruleset"]["version"] for side in ("before", "after")] == ["1", "2"]


def test_two_rulesets_on_two_days(run: Steelyard) -> None:
    """Both pairs go in step."""
    days = ("--as-of", "2021-07-01", "--as-of", "2025-02-01")
    document = compared(run, *VERSIONS, *days, "--need", "garden=yes")
    sides = [(document[side]["ruleset"]["version"], document[side]["as_of"]) for side in ("before", "after")]
    assert sides == [("1", "2021-07-01"), ("2", "2025-02-01")]


def test_a_file(run: Steelyard) -> None:
    """A file, or standard input, holds the request, and may name the ruleset and the day."""
    request = "ruleset: before.yaml\nas_of: 2019-06-01\nrequirements: {garden: true}\n"
    document = compared(run, *VERSIONS, "-", stdin=request)
    assert document["before"]["as_of"] == document["after"]["as_of"] == "2019-06-01"
    days = ("compare", "-", "--as-of", "2021-07-01", "--as-of", "2025-02-01")
    assert compared(run, *days, stdin=request)["before"]["ruleset"]["id"] == "pets"


def test_all_cases(run: Steelyard) -> None:
    """Without a request, the questions of all cases are asked, each once, on the days given or else on their own."""
    document = compared(run, *DAYS)
    assert [case["case"] for case in document["cases"]] == ["running", "sleeping", "swimming"]
    assert {case["before"]["as_of"] for case in document["cases"]} == {"2021-07-01"}
    versions = compared(run, *VERSIONS)
    assert [(case["case"], case["only_in"]) for case in versions["cases"]][1:3] == [
        ("sleeping", "before"),
        ("swimming", "before"),
    ]
    assert versions["cases"][1]["before"]["as_of"] == "2021-07-01"


def test_what_differs_and_what_does_not(run: Steelyard) -> None:
    """Only answers that differ are listed, and with `--all` the others too."""
    assert "2 of 3 answers differ\n" in run(*DAYS).stdout
    assert "sleeping" not in run(*DAYS).stdout
    assert "The same\n" in run(*DAYS, "--all").stdout
    assert "sleeping" in run(*DAYS, "--all").stdout


def test_markdown(run: Steelyard) -> None:
    """Markdown is fit for a comment on a change request."""
    text = run(*VERSIONS, "--format", "markdown").stdout
    assert text.startswith("# ")
    assert "| Case | version 1 | version 2 |\n| --- | --- | --- |\n" in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([*DAYS], 0),
        ([*DAYS, "--check"], 1),
        ([*DAYS, "--check", "--need", "garden=yes"], 1),
        ([*DAYS, "--check", "--need", "hours=8", "--need", "allergies="], 0),
        (["compare", "--ruleset", "before.yaml", "--ruleset", "before.yaml", "--check"], 0),
    ],
)
def test_exit_codes(run: Steelyard, arguments: list[str], code: int) -> None:
    """It exits with 0 when it could compare, and with `--check` with 1 if an answer differs."""
    assert run(*arguments).exit_code == code


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["compare"], "say --as-of twice, or --ruleset twice, or each of them twice"),
        (["compare", "--as-of", "2020-01-01"], "say --as-of twice"),
        (["compare", *("--as-of", "2020-01-01") * 3], "say --as-of twice"),
        (["compare", *("--ruleset", "before.yaml") * 2, *("--as-of", "2020-01-01") * 3], "say --as-of twice"),
        ([*DAYS, "--as-of", "soon"], "`soon` is not a date"),
        ([*DAYS, "--need", "garden"], "'garden' of --need is not NEED=VALUE"),
    ],
)
def test_misuse(run: Steelyard, arguments: list[str], message: str) -> None:
    """Unless there are two sides, nothing can be compared: that exits with 2."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_faults(run: Steelyard) -> None:
    """Every fault is told with the option that holds it, and of one that only one side finds is told which."""
    result = run(*VERSIONS, "--need", "hours=11", "--need", "moat=yes", "--candidate", "horse")
    assert result.exit_code == 2
    assert result.stderr.count("error[") == 3
    assert "--need:1:7: error[value/out-of-range]: 11 is above the maximum of `hours`, 10, on the second side" in (
        result.stderr
    )
    assert "--need:1:1: error[request/unknown-need]: unknown need `moat`\n" in result.stderr
    assert "--candidate:1:1: error[request/unknown-candidate]: unknown candidate `horse`\n" in result.stderr


def test_stacks_are_not_compared(run: Steelyard) -> None:
    """A request to a stack is refused with what to do instead."""
    result = run("compare", "-", "--as-of", "2020-01-01", "--as-of", "2021-01-01", stdin="stack: s\nrequirements: {}\n")
    assert result.exit_code == 2
    assert "stacks are not compared; ask for one of their rulesets with --ruleset" in result.stderr


def test_rulesets_without_cases(run: Steelyard) -> None:
    """Where there are no cases and no request, nothing is asked, and that is said."""
    text = (run.folder / "before.yaml").read_text().partition("cases:")[0]
    run.write("bare.yaml", text)
    result = run("compare", "--ruleset", "bare.yaml", "--as-of", "2020-01-01", "--as-of", "2021-01-01")
    assert result.exit_code == 2
    assert "the rulesets have no cases: say what is asked" in result.stderr


def test_cases_that_a_side_does_not_take(run: Steelyard) -> None:
    """A case whose answer one side refuses is told as such, and the others are compared."""
    before, after = ((run.folder / name).read_text() for name in ("before.yaml", "after.yaml"))
    narrower = after.replace("maximum: 10", "maximum: 8.5").replace("at_most: 10", "at_most: 8")
    run.write("later.yaml", narrower.replace("hours: 9,", "hours: 8.5,"))
    run.write("earlier.yaml", before.replace("hours: 8,", "hours: 9,"))
    result = run("compare", "--ruleset", "earlier.yaml", "--ruleset", "later.yaml")
    assert result.exit_code == 0
    assert "Passed over\n" in result.stdout
    assert "9 is above the maximum of `hours`, 8.5, on the second side" in result.stdout


@pytest.mark.parametrize("named", ["ruleset: [x]", "stack: nowhere", "ruleset: nowhere\nstack: nowhere"])
def test_an_option_wins_over_what_the_file_names(run: Steelyard, named: str) -> None:
    """With `--ruleset`, whatever the file would ask does not matter, as for `recommend`."""
    document = compared(run, *VERSIONS, "-", stdin=f"{named}\nrequirements: {{garden: true}}\n")
    assert [document[side]["ruleset"]["version"] for side in ("before", "after")] == ["1", "2"]


@pytest.mark.parametrize(
    ("named", "fault"),
    [("nowhere", "request/unknown-ruleset"), ("''", "value/empty"), ("[pets]", "value/wrong-type")],
)
@pytest.mark.parametrize(
    "command", [("compare", "--as-of", "2020-01-01", "--as-of", "2021-01-01"), ("recommend",)], ids=lambda each: each[0]
)
def test_a_file_that_names_no_ruleset(run: Steelyard, command: tuple[str, ...], named: str, fault: str) -> None:
    """What a file names in vain is told with its place."""
    run.write("p.yaml", f"requirements: {{garden: true}}\nruleset: {named}\n")
    result = run(*command, "p.yaml")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"p.yaml:2:10: error[{fault}]: ")


def test_faults_of_both_rulesets(run: Steelyard) -> None:
    """Where both rulesets are faulty, the faults of both are told; those of one that is named twice are told once."""
    for name in ("before.yaml", "after.yaml"):
        run.write(name, (run.folder / name).read_text().replace("criterion: home", "criterion: hom", 1))
    told = run(*VERSIONS)
    assert (told.exit_code, told.stderr.count("error[")) == (2, 2)
    assert "before.yaml:" in told.stderr
    assert "after.yaml:" in told.stderr
    assert run("compare", *("--ruleset", "before.yaml") * 2).stderr.count("error[") == 1
