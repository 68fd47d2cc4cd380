"""`steelyard rules` as a person or a script meets it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from steelyard.knowledge import Knowledge, rules_document
from steelyard.library import DEFAULT_RULESET
from steelyard.render.layout import MINUS
from tests.cli.conftest import Steelyard
from tests.dated import pets, write_pets

RULES = ("rules", "before.yaml", "--as-of", "2025-02-01")


@pytest.fixture(autouse=True)
def _pets(run: Steelyard) -> None:
    write_pets(run.folder)


def shown(run: Steelyard, *options: str) -> dict[str, Any]:
    """The view as JSON."""
    result = run(*RULES, *options, "--format", "json")
    assert (result.exit_code, result.stderr, result.stdout.count("\n")) == (0, "", 1)
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_the_table(run: Steelyard) -> None:
    """Without options, the rules are shown in a table with a legend, as they stand on the day."""
    result = run(*RULES)
    assert result.exit_code == 0
    assert f"++ excellent, + good, o fair, {MINUS} poor, x unsupported, · not known" in result.stdout
    assert f"Likes to be outdoors      1 ++  ++  {MINUS}         ·" in result.stdout
    assert "\x1b" not in result.stdout


def test_the_default_ruleset(run: Steelyard) -> None:
    """Without a ruleset, the default is shown, as of today."""
    document = json.loads(run("rules", "--format", "json").stdout)
    assert document["ruleset"]["id"] == DEFAULT_RULESET
    assert document["as_of"] >= "2026"


def test_the_document_is_that_of_the_service(run: Steelyard) -> None:
    """The table's JSON is the document that the service answers with."""
    assert shown(run) == rules_document(Knowledge.of(pets().model, date(2025, 2, 1)))


def test_parts_of_the_rules(run: Steelyard) -> None:
    """`--criterion` and `--need` leave the rules of the criterion, and those that read the need."""
    care = shown(run, "--criterion", "care")
    assert [each["id"] for each in care["criteria"]] == ["care"]
    garden = shown(run, "--need", "garden")
    assert [rule["id"] for each in garden["criteria"] for rule in each["rules"]] == ["outdoors", "alone"]


def test_needs(run: Steelyard) -> None:
    """`--needs` shows each need with its answers and the rules that read it; with `--need`, that one."""
    result = run(*RULES, "--needs")
    assert "  garden: Is there a garden?\n      A balcony is none.\n      flag: yes or no\n" in result.stdout
    assert "Read by “Likes to be outdoors” and “Copes alone”" in result.stdout
    assert "garden:" not in run(*RULES, "--needs", "--need", "hours").stdout


def test_one_candidate(run: Steelyard) -> None:
    """`--candidate` shows its facts, its ratings with their history, and what is not known."""
    document = shown(run, "--candidate", "cat")
    assert document["candidate"]["name"] == "Cat"
    text = run(*RULES, "--candidate", "dog", "--format", "markdown").stdout
    assert "- Steward: The clubs\n- Licence: Dog licence\n" in text
    assert "- **excellent**: Likes to be outdoors (`outdoors`)\n" in text


def test_changes(run: Steelyard) -> None:
    """`--since` shows what changed after the day; `--candidate` leaves what is about that one."""
    everything = shown(run, "--since", "2020-06-01")
    days = [change["day"] for change in everything["changes"]]
    assert days == ["2021-01-01", "2021-06-01", "2022-01-01", "2025-01-01"]
    cats = shown(run, "--since", "2020-06-01", "--candidate", "cat")
    assert {change["candidate"] for change in cats["changes"]} == {"cat"}


def test_balance(run: Steelyard) -> None:
    """`--balance` counts the ratings of each candidate, in every format."""
    document = shown(run, "--balance")
    assert [each["unknown"] for each in document["balance"]] == [0, 0, 1, 2]
    assert "| Dog | 1 | 0 | 0 | 1 | 0 | 0 | 2.5 |" in run(*RULES, "--balance", "--format", "markdown").stdout
    assert "Dog" in run(*RULES, "--balance").stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--as-of", "2025"], "Invalid value for '--as-of': `2025` is not a date: write it as YYYY-MM-DD"),
        (["--since", "2025-02-30"], "Invalid value for '--since': `2025-02-30` is not a day of the calendar"),
        (["--since", "2025-02-02"], "--since 2025-02-02 is after 2025-02-01, the day that is shown"),
        (["--criterion", "hom"], "Invalid value for '--criterion': no criterion `hom`: did you mean `home`?"),
        (["--need", "gardn"], "Invalid value for '--need': no need `gardn`: did you mean `garden`?"),
        (["--candidate", "kat"], "Invalid value for '--candidate': no candidate `kat`: did you mean `cat`?"),
        (["--needs", "--balance"], "--needs and --balance are views of their own: ask for one"),
        (["--balance", "--candidate", "cat"], "--balance and --candidate are views of their own: ask for one"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_misuse(run: Steelyard, options: list[str], message: str) -> None:
    """What cannot be shown is said, with what was probably meant, and exits with 2."""
    result = run(*RULES, *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_a_faulty_ruleset(run: Steelyard) -> None:
    """A ruleset that is not there, or is faulty, is told like everywhere, and exits with 2."""
    assert run("rules", "missing").exit_code == 2
    run.write("faulty.yaml", "rules: {}\n")
    result = run("rules", "faulty.yaml")
    assert result.exit_code == 2
    assert "error[value/empty]" in result.stderr


@pytest.mark.parametrize("option", [[], ["--needs"], ["--candidate", "dog"], ["--since", "2015-01-01"], ["--balance"]])
@pytest.mark.parametrize("columns", [30, 60, 120])
def test_on_a_terminal(run: Steelyard, option: list[str], columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal no line is wider than it."""
    monkeypatch.setattr("steelyard.cli.terminal.width", lambda widest=100: min(columns, widest))
    text = run(*RULES, *option).stdout
    assert all(len(line) <= columns for line in text.splitlines())


def test_hostile_texts(run: Steelyard, tmp_path: Path) -> None:
    """What the texts of a ruleset hold reaches neither a terminal nor Markdown as anything but text."""
    hostile = (tmp_path / "before.yaml").read_text().replace("title: Friendly", 'title: "\\u202e<b>|x"')
    run.write("hostile.yaml", hostile.replace("name: Cat", 'name: "[x](javascript:x) | y"'))
    for view in ([], ["--needs"], ["--candidate", "cat"], ["--since", "2015-01-01"], ["--balance"]):
        assert "\u202e" not in run("rules", "hostile.yaml", *view).stdout
        markdown = run("rules", "hostile.yaml", *view, "--format", "markdown").stdout
        assert "[x](javascript" not in markdown
        assert "<b>" not in markdown
