"""A project's `steelyard.yaml`: found, its decision recorded, and held to the rules of another day."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Steelyard
from tests.dated import PETS, PETS_LATER
from tests.stacks import DAY, written

FILE = """\
# What we keep.
ruleset: pets.yaml   # ours
requirements:
  garden: {value: true, importance: must}  # a big one
# The end.
"""
THEN, SOON, LATER = "2021-07-01", "2021-08-01", "2025-02-01"
"""The dog is recommended on the first two days, and ties with the cat on the third."""

BY_A_RULESET = "as_of: 2021-07-01, id: x, ruleset: {id: a, version: b, digest: c}"
BY_A_STACK = BY_A_RULESET.replace("ruleset", "stack")


@pytest.fixture
def project(run: Steelyard) -> Steelyard:
    """The command at the root of a repository that holds a project and its ruleset."""
    (run.folder / ".git").mkdir()
    run.write("pets.yaml", PETS)
    run.write("steelyard.yaml", FILE)
    return run


@pytest.fixture
def decided(project: Steelyard) -> Steelyard:
    """The same, with a decision of 2021."""
    assert project("recommend", "--write", "--as-of", THEN).exit_code == 0
    return project


def text(project: Steelyard) -> str:
    """The text of the project's file."""
    return (project.folder / "steelyard.yaml").read_text(encoding="utf-8")


def checked(project: Steelyard, *arguments: str) -> dict[str, Any]:
    """What a check tells as JSON, which its exit code agrees with."""
    result = project("recommend", "--check", *arguments, "--format", "json")
    assert result.stderr == ""
    document: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == (0 if document["holds"] else 1)
    return document


def test_the_file_is_found(project: Steelyard) -> None:
    """Where nothing is asked, the project's file is, which is said on standard error."""
    result = project("recommend", "--as-of", THEN, "--format", "json")
    assert json.loads(result.stdout)["requirements"] == {"garden": {"value": True, "importance": "must"}}
    assert result.stderr == "Asked by steelyard.yaml\n"


def test_the_file_is_found_above(project: Steelyard, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found from a folder below, and the path of its ruleset leads from where the file is."""
    below = project.folder / "source" / "deep"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    result = project("recommend", "--as-of", THEN, "--format", "json")
    assert json.loads(result.stdout)["ruleset"]["id"] == "pets"
    assert result.stderr == "Asked by ../../steelyard.yaml\n"


@pytest.mark.parametrize("root", ["", "inner"])
def test_the_root_of_the_repository_ends_the_search(run: Steelyard, monkeypatch: pytest.MonkeyPatch, root: str) -> None:
    """A file above the repository, or outside any in a folder above, is not its own; it is told where it looked."""
    run.write("steelyard.yaml", FILE)
    inner = run.folder / "inner"
    inner.mkdir()
    if root:
        # A worktree has a file of this name, where others have a folder.
        (inner / ".git").write_text("gitdir: elsewhere\n")
    monkeypatch.chdir(inner)
    result = run("recommend", "--check")
    assert result.exit_code == 2
    looked_at = "here or above, up to the root of the repository;" if root else "in this folder, and outside"
    assert f"there is no steelyard.yaml {looked_at}" in " ".join(result.stderr.split())
    assert "steelyard ask --save steelyard.yaml" in result.stderr
    assert run("recommend", "--as-of", "2020-04-11").stderr == ""


@pytest.mark.parametrize("options", [("--need", "garden=no"), ("--candidate", "cat"), ("--ruleset", "pets.yaml")])
def test_who_asks_something_asks_that(project: Steelyard, options: tuple[str, ...]) -> None:
    """Options that say what is asked leave the project's file out."""
    ruleset = () if "--ruleset" in options else ("--ruleset", "pets.yaml")
    result = project("recommend", *options, *ruleset, "--as-of", THEN, "--format", "json")
    assert result.stderr == ""
    assert "must" not in result.stdout


def test_a_ruleset_beside_the_file(run: Steelyard) -> None:
    """A path is taken from the folder of the file; an id that ships stays one."""
    folder = run.folder / "project"
    (folder / "deep-learning-frameworks").mkdir(parents=True)
    (folder / "own.yaml").write_text(PETS, encoding="utf-8")
    for name, id_ in (("own.yaml", "pets"), ("../pets.yaml", "pets"), ("deep-learning-frameworks", None)):
        (folder / "request.yaml").write_text(f"ruleset: {name}\nrequirements: {{}}\n", encoding="utf-8")
        result = run("recommend", "project/request.yaml", "--as-of", THEN, "--format", "json")
        assert json.loads(result.stdout)["ruleset"]["id"] == (id_ or name)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("pets.yaml", "no file or folder `project/pets.yaml`"),
        ("deep-learning-framework", "did you mean `deep-learning-frameworks`?"),
    ],
)
def test_a_ruleset_elsewhere(run: Steelyard, name: str, told: str) -> None:
    """A path that does not lead anywhere from the file is not taken from the folder at hand; a misspelt id is told."""
    (run.folder / "project").mkdir()
    run.write("project/request.yaml", f"ruleset: {name}\nrequirements: {{}}\n")
    result = run("recommend", "project/request.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_writing(decided: Steelyard) -> None:
    """The decision is recorded below all else, which stays as it was."""
    assert text(decided).startswith(FILE)
    added = text(decided).removeprefix(FILE).splitlines()
    assert added[:6] == [
        "",
        "# Recorded by `steelyard recommend --write`; `steelyard recommend --check` tells whether it still holds.",
        "decision:",
        "  recommended: dog",
        "  outcome: recommended",
        "  score: 83.33",
    ]
    assert added[6] == f"  as_of: {THEN}"
    assert added[7].startswith('  ruleset: {id: pets, version: "1", digest: "')
    assert added[8].startswith('  id: "')
    assert len(added) == 9


def test_writing_shows_the_answer(project: Steelyard) -> None:
    """The answer is shown as ever, and on standard error where it was recorded."""
    answer = project("recommend", "--as-of", THEN, "--format", "json").stdout
    result = project("recommend", "--write", "--as-of", THEN, "--format", "json")
    assert (result.stdout, result.stderr) == (answer, "Recorded in steelyard.yaml\n")
    assert json.loads(answer)["id"] in text(project)


def test_writing_again(decided: Steelyard) -> None:
    """What is recorded already is not written again; explaining more is no other decision."""
    path = decided.folder / "steelyard.yaml"
    before = path.stat().st_ino, path.read_bytes()
    result = decided("recommend", "--write", "--as-of", THEN, "--explain", "--format", "adr")
    assert (path.stat().st_ino, path.read_bytes()) == before
    assert result.stderr == "Recorded already in steelyard.yaml\n"


def test_writing_of_another_day(decided: Steelyard) -> None:
    """A new decision takes the place of the old one, and is what writing it at once would have made."""
    decided("recommend", "--write", "--as-of", LATER)
    anew = text(decided)
    assert "  tied_with: [cat]\n" in anew
    decided.write("steelyard.yaml", FILE)
    decided("recommend", "--write", "--as-of", LATER)
    assert text(decided) == anew


def test_a_recorded_decision_is_no_part_of_the_request(decided: Steelyard) -> None:
    """A file with a decision is asked, and compared, as it is without."""
    bare = decided.write("bare.yaml", FILE)
    for command in (("recommend", "--as-of", LATER), ("compare", "--as-of", THEN, "--as-of", LATER)):
        with_it = decided(*command, "steelyard.yaml")
        assert with_it.stdout == decided(*command, bare).stdout
        assert with_it.exit_code == 0


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_it_holds(decided: Steelyard, format_: str) -> None:
    """A decision that would be made again holds, whatever became of scores."""
    result = decided("recommend", "--check", "--as-of", SOON, "--format", format_)
    assert result.exit_code == 0
    assert "The decision holds: Dog" in result.stdout
    assert "To take it over" not in result.stdout


def test_it_holds_no_longer(decided: Steelyard) -> None:
    """A decision that would be another fails, with what moved and how to take it over."""
    result = decided("recommend", "--check", "--as-of", LATER)
    assert result.exit_code == 1
    assert result.stdout.startswith("The decision no longer holds: Dog → Dog = Cat\n")
    assert "Cat: good → excellent. Cats fly. [survey, 2024-05]" in result.stdout
    assert result.stdout.endswith(f"To take it over:\n\n  steelyard recommend --write --as-of {LATER}\n")
    assert decided("recommend", "--write", "--as-of", LATER).exit_code == 0
    assert decided("recommend", "--check", "--as-of", LATER).exit_code == 0
    decided.write(
        "steelyard.yaml", FILE + "decision:" + text(decided).partition("decision:")[2].replace("cat", "robot")
    )
    assert decided("recommend", "--check").stdout.endswith("To take it over:\n\n  steelyard recommend --write\n")


def test_check_as_a_document(decided: Steelyard) -> None:
    """Programs are given both decisions, and the comparison of both days."""
    document = checked(decided, "--as-of", LATER)
    assert document["recorded"]["recommended"] == document["now"]["recommended"] == "dog"
    assert (document["now"]["outcome"], document["now"]["tied_with"]) == ("tied", ["cat"])
    assert (document["file"], document["same_rules"], document["same_requirements"]) == ("steelyard.yaml", True, True)
    (moved,) = document["moved"]
    assert moved["part"] is None
    days = [moved["comparison"][side]["as_of"] for side in ("before", "after")]
    assert days == [THEN, LATER]
    assert moved["comparison"]["differs"] is True
    assert checked(decided, "--as-of", SOON)["moved"] == []


def test_nothing_is_recorded(project: Steelyard) -> None:
    """Where no decision is recorded, none holds; the command that records one is told."""
    result = project("recommend", "--check")
    assert result.exit_code == 1
    assert result.stdout.startswith("No decision is recorded in steelyard.yaml\n")
    assert result.stdout.endswith("To record what is recommended now:\n\n  steelyard recommend --write\n")
    assert checked(project)["recorded"] is None


def test_another_file(decided: Steelyard) -> None:
    """A file with another name, or standard input, is checked as well."""
    content = text(decided)
    name = decided.write("our pets.yaml", content)
    result = decided("recommend", name, "--check", "--as-of", LATER)
    assert result.stdout.endswith(
        f"To take it over:\n\n  steelyard recommend --write --as-of {LATER} 'our pets.yaml'\n"
    )
    piped = decided("recommend", "-", "--check", "--as-of", SOON, stdin=content)
    assert (piped.exit_code, piped.stdout.splitlines()[0]) == (0, "The decision holds: Dog")


def test_a_pinned_day(decided: Steelyard) -> None:
    """A check is about today, or the day of the option, whatever day the file asks about; it says so."""
    decided.write("steelyard.yaml", f"as_of: {THEN}\n" + text(decided))
    assert decided("recommend").stdout.startswith("Dog fits best")
    result = decided("recommend", "--check", "--as-of", LATER)
    assert result.exit_code == 1
    assert f"The file asks about {THEN}; it was checked about {LATER}." in result.stdout
    assert "To take it over, leave as_of out of the file, then:\n\n  steelyard recommend --write" in result.stdout
    assert checked(decided)["pinned_as_of"] == THEN
    assert checked(decided)["now"]["as_of"] > LATER


def test_other_requirements(decided: Steelyard) -> None:
    """Where the requirements are others than those decided on, it is said, and what moved is not made up."""
    changed = text(decided).replace("garden: {value: true, importance: must}", "hours: 8")
    decided.write("steelyard.yaml", changed)
    result = decided("recommend", "--check", "--as-of", SOON)
    assert result.exit_code == 1
    assert "The requirements are no longer those that were decided on." in result.stdout
    told = "The requirements moved; what they were is not recorded, so more cannot be told."
    assert told in " ".join(result.stdout.split())
    document = checked(decided, "--as-of", SOON)
    assert document["same_requirements"] is False
    assert document["moved"] == [{"part": None, "comparison": None}]


def test_other_rules(decided: Steelyard) -> None:
    """A decision by an earlier version is held to the one at hand, which knows what it chooses about that day."""
    decided.write("pets.yaml", PETS_LATER)
    document = checked(decided, "--as-of", LATER)
    assert (document["same_rules"], document["same_requirements"]) == (False, None)
    assert document["now"]["ruleset"]["version"] == "2"
    (moved,) = document["moved"]
    assert moved["comparison"] is None
    told = "about 2021-07-01, these rules do not choose what was chosen then either"
    assert told in " ".join(decided("recommend", "--check", "--as-of", LATER).stdout.split())


def test_a_check_by_others(decided: Steelyard) -> None:
    """`--ruleset` holds the decision to other rules than the file names."""
    decided.write("later.yaml", PETS_LATER)
    assert checked(decided, "--as-of", THEN)["holds"] is True
    assert checked(decided, "--as-of", THEN, "--ruleset", "later.yaml")["holds"] is False
    result = decided("recommend", "--check", "--ruleset", "later.yaml")
    taking_over = "To take it over, let the file name the ruleset pets, then:\n\n  steelyard recommend --write\n"
    assert result.stdout.endswith(taking_over)
    decided.write("steelyard.yaml", f"as_of: {THEN}\n" + FILE)
    result = decided("recommend", "--check", "--ruleset", "later.yaml")
    steps = "let the file name the ruleset pets and leave as_of out of the file, then:"
    assert f"To record what is recommended now, {steps}" in " ".join(result.stdout.split())


def test_nobody_recommended(project: Steelyard) -> None:
    """That nobody can be recommended is recorded too, and holds as long as it is so; writing it exits with 1."""
    project.write("steelyard.yaml", "ruleset: pets.yaml\nrequirements: {}\n")
    result = project("recommend", "--write", "--as-of", LATER)
    assert result.exit_code == 1
    assert "\n  outcome: undecided\n  as_of: " in text(project)
    document = checked(project, "--as-of", LATER)
    assert (document["holds"], document["recorded"]["outcome"]) == (True, "undecided")


class TestStack:
    """A project that asks a stack."""

    @pytest.fixture
    def joined(self, run: Steelyard) -> Steelyard:
        """The command, in a folder with a stack, its rulesets and a project that asks it."""
        run.rules.unlink()
        written(run.folder)
        run.write("steelyard.yaml", "stack: stacks/pet-bed-vet.yaml\nrequirements: {garden: true, hours: 2}\n")
        assert run("recommend", "--write", "--as-of", DAY).exit_code == 0
        return run

    def test_every_part_is_recorded(self, joined: Steelyard) -> None:
        """The choice of each part stands on a line of its own."""
        lines = text(joined).splitlines()
        start = lines.index("  parts:")
        assert lines[start + 1] == "    pet: {recommended: dog, outcome: recommended, score: 100.0}"
        assert lines[start + 4] == f"  as_of: {DAY}"
        assert lines[start + 5].startswith("  stack: {id: pet-bed-vet, ")
        assert joined("recommend", "--check", "--as-of", DAY).exit_code == 0

    def test_every_part_is_checked(self, joined: Steelyard) -> None:
        """Each part whose choice is another is told by itself."""
        joined.write("steelyard.yaml", text(joined).replace("hours: 2", "hours: 9"))
        result = joined("recommend", "--check", "--as-of", DAY)
        assert result.exit_code == 1
        assert result.stdout.startswith("The decision no longer holds: pet: Dog → Cat; bed: Basket → Tower")
        document = checked(joined, "--as-of", DAY)
        assert [moved["part"] for moved in document["moved"]][:2] == ["pet", "bed"]
        assert document["same_requirements"] is False

    def test_a_ruleset_instead(self, joined: Steelyard) -> None:
        """A decision of a stack does not hold where a ruleset is asked: its parts are not."""
        result = joined("recommend", "--check", "--ruleset", "pets", "--as-of", DAY)
        assert result.exit_code == 1
        assert "pet: Dog → not asked" in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--check", "--write"), "--check and --write cannot both be done"),
        (("--check", "--need", "garden=no"), "--check goes by what the file requires"),
        (("--write", "--candidate", "cat"), "--write goes by what the file requires"),
        (("--check", "--explain"), "--check tells what moved"),
        (("--check", "--format", "svg"), "--check has no format svg, but text, json, markdown"),
        (("--write", "--ruleset", "pets.yaml"), "--write records what a file asks"),
        (("--write", "-"), "--write records what a file asks"),
        (("--check", "nowhere.yaml"), "no file or folder `nowhere.yaml`"),
    ],
)
def test_misuse(decided: Steelyard, options: tuple[str, ...], told: str) -> None:
    """What does not go together is refused, and nothing is written."""
    before = text(decided)
    result = decided("recommend", *options)
    assert (result.exit_code, result.stdout, text(decided)) == (2, "", before)
    assert told in " ".join(result.stderr.split())


@pytest.mark.parametrize("mode", ["--check", "--write", "--explain"])
def test_every_fault_of_the_file(project: Steelyard, mode: str) -> None:
    """Faults are told all at once, each at its place, by a check those of the decision too; the file stays as it is."""
    faulty = (
        "ruleset: pets.yaml\nas_of: soon\nrequirements: {gardn: true}\n"
        "decision:\n  recommended: Dog!\n  outcom: tied\n  as_of: 2021-07-01\n  ruleset: {id: pets}\n  id: x\n"
    )
    project.write("steelyard.yaml", faulty)
    result = project("recommend", mode)
    assert (result.exit_code, result.stdout, text(project)) == (2, "", faulty)
    heads = [line for line in result.stderr.splitlines() if ": error[" in line]
    of_the_request = [
        "steelyard.yaml:2:8: error[value/bad-date]: `soon` is not a date",
        "steelyard.yaml:3:16: error[request/unknown-need]: unknown need `gardn`",
    ]
    of_the_decision = [
        "steelyard.yaml:5:16: error[value/bad-id]: `Dog!` is not an id of lower-case letters, digits and single `-`",
        "steelyard.yaml:6:3: error[key/unknown]: unknown key `outcom`",
        "steelyard.yaml:8:3: error[key/missing]: the key `digest` is missing",
        "steelyard.yaml:8:3: error[key/missing]: the key `version` is missing",
    ]
    assert heads == of_the_request + (of_the_decision if mode == "--check" else [])


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        ("we took the dog", "error[value/wrong-type]: expected a recorded decision, got `we took the dog`"),
        ("~", "error[value/wrong-type]: expected a recorded decision, got nothing"),
        ("", "error[value/wrong-type]: expected a recorded decision, got nothing"),
        (
            f"{{outcome: infeasible, recommended: dog, {BY_A_RULESET}}}",
            "error[key/unknown]: `recommended` does not go with the outcome `infeasible`",
        ),
        (
            f"{{outcome: tied, recommended: dog, {BY_A_RULESET}}}",
            "error[key/missing]: the key `tied_with` is missing, which the outcome `tied` must have",
        ),
        (
            f"{{parts: {{bed: {{outcome: tie}}}}, {BY_A_STACK}}}",
            "error[value/unknown-word]: `tie` is not an outcome",
        ),
        (
            f"{{parts: {{bed: {{outcome: recommended}}}}, {BY_A_STACK}}}",
            "error[key/missing]: the key `recommended` is missing, which the outcome `recommended` must have",
        ),
    ],
)
def test_faulty_decisions(project: Steelyard, decision: str, told: str) -> None:
    """A check refuses what is no decision, with its place and the way out, which writes one over it; asking goes on."""
    project.write("steelyard.yaml", f"{FILE}decision: {decision}\nexplain: []\n")
    result = project("recommend", "--check")
    assert result.exit_code == 2
    assert result.stderr.startswith("steelyard.yaml:6:")
    assert told in result.stderr
    assert "`steelyard recommend --write` records a decision in place of this one" in result.stderr
    assert project("recommend", "--as-of", THEN).exit_code == 0
    assert project("recommend", "--write", "--as-of", THEN).exit_code == 0
    assert text(project).startswith(f"{FILE}decision:\n  recommended: dog\n")
    assert text(project).endswith("\nexplain: []\n")
    assert project("recommend", "--check", "--as-of", THEN).exit_code == 0


def test_what_cannot_be_written(decided: Steelyard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file cannot be replaced it stays as it is, and nothing is left beside it."""

    def full(_path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    before = text(decided), sorted(decided.folder.iterdir())
    monkeypatch.setattr(Path, "replace", full)
    result = decided("recommend", "--write", "--as-of", LATER)
    assert result.exit_code == 2
    assert "cannot write `steelyard.yaml`: no space left on device" in result.stderr
    assert (text(decided), sorted(decided.folder.iterdir())) == before
