"""`steelyard check` and `steelyard test` as an author or a build meets them."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import RULESET, Steelyard

CONTRADICTION = RULESET.replace("{garden: true}\n    ratings", "{all: [{garden: true}, {garden: false}]}\n    ratings")


def test_a_sound_ruleset(run: Steelyard) -> None:
    """A sound ruleset is counted, and the exit code is 0."""
    result = run("check", "pets.yaml")
    assert result.exit_code == 0
    assert result.stdout == "pets.yaml: 3 rules, 6 ratings, 2 cases, no faults\n"


def test_warnings_pass_unless_strict(run: Steelyard) -> None:
    """A warning is told and exits with 0; with `--strict` it is an error and exits with 1."""
    run.write("odd.yaml", CONTRADICTION)
    lenient, strict = run("check", "odd.yaml"), run("check", "--strict", "odd.yaml")
    assert (lenient.exit_code, strict.exit_code) == (0, 1)
    told = "warning[rule/never-holds]: the rule can never hold: no answer to `garden` passes its tests"
    assert told in lenient.stdout
    assert "error[rule/never-holds]" in strict.stdout


def test_errors_fail(run: Steelyard) -> None:
    """Errors exit with 1 and are counted."""
    run.write("bad.yaml", RULESET.replace("rating: good", "rating: god"))
    result = run("check", "bad.yaml")
    assert result.exit_code == 1
    assert result.stdout.endswith("bad.yaml: 2 errors\n")


def test_a_folder_of_rulesets(run: Steelyard) -> None:
    """A folder whose files lie deeper is a folder of rulesets, each checked by itself."""
    for name in ("a", "b"):
        (run.folder / "all" / name).mkdir(parents=True)
        run.write(f"all/{name}/ruleset.yaml", RULESET)
    result = run("check", "all")
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == ["all/a", "all/b"]


def test_duplicate_ids_over_two_files(run: Steelyard) -> None:
    """The files of a folder are one ruleset, so an id in two of them is told with both places."""
    (run.folder / "split").mkdir()
    run.write("split/a.yaml", RULESET)
    run.write("split/b.yaml", "candidates:\n  dog: {name: Hound}\n")
    result = run("check", "split")
    assert result.exit_code == 1
    assert "split/b.yaml:2:3: error[yaml/duplicate-key]: the key `dog` stands twice" in result.stdout
    assert "help: the first is in split/a.yaml, line 7" in result.stdout


def test_json(run: Steelyard) -> None:
    """`--format json` tells each diagnostic with its code, pointer and place."""
    run.write("bad.yaml", RULESET.replace("rating: excellent", "rating: exellent"))
    result = run("check", "--format", "json", "bad.yaml")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert report == {
        "ok": False,
        "rulesets": [
            {
                "path": "bad.yaml",
                "id": None,
                "diagnostics": [
                    {
                        "code": "value/unknown-word",
                        "severity": "error",
                        "message": "`exellent` is not a rating",
                        "help": "did you mean `excellent`?",
                        "pointer": "/rules/outdoors/ratings/dog/rating",
                        "place": {"file": "bad.yaml", "line": 18, "column": 21, "end_line": 18, "end_column": 29},
                    }
                ],
            }
        ],
        "stacks": [],
    }


def test_sarif(run: Steelyard) -> None:
    """`--format sarif` is a SARIF log whose results name rules that it describes, files and regions."""
    run.write("bad.yaml", RULESET.replace("rating: excellent", "rating: exellent"))
    log = json.loads(run("check", "--format", "sarif", "bad.yaml", "pets.yaml").stdout)
    (sarif_run,) = log["runs"]
    (result,) = sarif_run["results"]
    assert log["version"] == "2.1.0"
    assert sarif_run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "value/unknown-word"
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "bad.yaml"
    assert location["region"] == {"startLine": 18, "startColumn": 21, "endLine": 18, "endColumn": 29}


@pytest.mark.parametrize("command", ["check", "test"])
def test_a_missing_path_is_misuse(run: Steelyard, command: str) -> None:
    """A path that does not exist exits with 2."""
    assert run(command, "missing").exit_code == 2


def test_cases_pass(run: Steelyard) -> None:
    """When every case holds, the counts and the coverage are told and the exit code is 0."""
    result = run("test", "pets.yaml")
    assert result.exit_code == 0
    assert result.stdout == ("pets\n2 cases: 2 passed, 0 failed. The cases fire 100 % of 3 rules and 6 ratings.\n")


def test_a_failed_case_shows_its_points(run: Steelyard) -> None:
    """A failure tells what was expected, what came, and the points that made it so; the exit code is 1."""
    run.write("bad.yaml", RULESET.replace("expect: {recommended: dog}", "expect: {recommended: cat, fired: [alone]}"))
    result = run("test", "bad.yaml")
    assert result.exit_code == 1
    assert result.stdout == (
        "pets\n"
        "FAILED running\n"
        "  recommended: expected cat, got recommended: dog\n"
        "    dog has 100 of 100\n"
        "      +50 outdoors: excellent\n"
        "    cat has 75 of 100\n"
        "      +25 outdoors: good\n"
        "  fired: expected alone, got outdoors\n"
        "\n"
        "2 cases: 1 passed, 1 failed. The cases fire 100 % of 3 rules and 6 ratings.\n"
    )


def test_coverage_can_be_demanded(run: Steelyard) -> None:
    """`--min-coverage` fails cases that pass but leave rules or ratings unused, and names those."""
    run.write("thin.yaml", RULESET[: RULESET.index("  sneezing:")])
    assert run("test", "thin.yaml").exit_code == 0
    result = run("test", "thin.yaml", "--min-coverage", "50")
    assert result.exit_code == 1
    assert "No case fires these rules:\n  alone\n  fur\n" in result.stdout
    assert "The cases fire 33 % of 3 rules and 6 ratings." in result.stdout
    assert "That is less than the 50 % demanded." in result.stdout


def test_no_cases_is_a_failure(run: Steelyard) -> None:
    """A ruleset without cases has not been tested: the exit code is 1."""
    run.write("bare.yaml", RULESET[: RULESET.index("cases:")])
    assert run("test", "bare.yaml").exit_code == 1


@pytest.mark.parametrize(
    ("expect", "code"),
    [("expect: {}", "case/expects-nothing"), ("expct: {recommended: dog}", "key/unknown")],
)
def test_faulty_cases_are_refused(run: Steelyard, expect: str, code: str) -> None:
    """A case that expects nothing, or has an unknown key, is an error of the ruleset: nothing is run."""
    run.write("bad.yaml", RULESET.replace("expect: {recommended: dog}", expect))
    result = run("test", "bad.yaml")
    assert result.exit_code == 2
    assert f"error[{code}]" in result.stderr


def test_results_as_json(run: Steelyard) -> None:
    """`--format json` tells each case and the coverage."""
    report = json.loads(run("test", "pets.yaml", "--format", "json").stdout)
    (ruleset,) = report["rulesets"]
    assert report["ok"]
    assert [(case["case"], case["passed"]) for case in ruleset["cases"]] == [("running", True), ("sneezing", True)]
    assert ruleset["coverage"] == {"percent": 100.0, "unfired_rules": [], "unfired_ratings": []}


def test_the_shipped_rulesets_are_sound_and_covered(run: Steelyard) -> None:
    """Every ruleset that ships passes the strict check, and its cases fire every rule and rating."""
    rules = str(Path(__file__).parents[2] / "rules")
    assert run("check", "--strict", rules).exit_code == 0
    result = run("test", rules, "--min-coverage", "100")
    assert (result.exit_code, "failed" in result.stdout) == (0, True), result.stdout
