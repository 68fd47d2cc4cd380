"""The action for GitHub: it is safe to run on what others propose, and its scripts do what they say."""

import base64
import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from tests.contract.documents import ROOT
from tests.contract.repositories import RULES, RULES_LATER, commit, environment, git, repository, run, write

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "service" / "deploy" / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
SCRIPTS = {step["name"]: step for step in STEPS if "run" in step}
DEFAULTS = {name: str(each["default"]) for name, each in ACTION["inputs"].items()}
HOSTILE = "$(touch stolen); `touch stolen`; touch stolen; '\"; touch stolen #"
GH = """\
#!{python} -I
import json, os, pathlib, sys
arguments = sys.argv[1:]
log = pathlib.Path(os.environ["GH_LOG"])
told = {{"arguments": arguments, "token": os.environ["GH_TOKEN"]}}
if "--input" in arguments:
    told |= json.loads(pathlib.Path(arguments[arguments.index("--input") + 1]).read_text())
with log.open("a") as stream:
    stream.write(json.dumps(told) + "\\n")
if "--jq" in arguments:
    print(os.environ["GH_COMMENTS"])
sys.exit(int(os.environ["GH_CODE"]))
"""


@dataclass(slots=True)
class Runner:
    """Runs the steps of the action as GitHub does, in a repository of two branches."""

    repository: Path
    home: Path
    base: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    comments: str = ""
    code: int = 0
    token: str = "secret of the run"  # noqa: S105  as good as any
    server: str = "https://github.example"

    def __call__(self, name: str, **outputs: str) -> "subprocess.CompletedProcess[str]":
        """What a step does; `outputs` are those of the step that compares."""
        step = SCRIPTS[name]
        values = {
            **{f"inputs.{each}": value for each, value in {**DEFAULTS, "token": self.token, **self.inputs}.items()},
            **{f"steps.compare.outputs.{each}": value for each, value in outputs.items()},
            "github.event.pull_request.base.sha": self.base,
            "github.event.pull_request.number": "7",
        }
        given = {key: _filled(value, values) for key, value in step.get("env", {}).items()}
        variables = environment(
            self.home,
            GITHUB_OUTPUT=str(self.home / "output"),
            GITHUB_STEP_SUMMARY=str(self.home / "summary"),
            GITHUB_PATH=str(self.home / "path"),
            GITHUB_REPOSITORY="somebody/pets",
            GITHUB_SERVER_URL=self.server,
            RUNNER_TEMP=str(self.home / "temp"),
            GH_LOG=str(self.home / "gh.log"),
            GH_COMMENTS=self.comments,
            GH_CODE=str(self.code),
            **given,
        )
        variables["PATH"] = f"{self.home / 'bin'}:{variables['PATH']}"
        script = self.home / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        return run(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)], self.repository, variables)

    def told(self, name: str) -> str:
        """What was written to one of the files that a step is given, such as `summary`."""
        file = self.home / name
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def outputs(self) -> dict[str, str]:
        """What steps put out."""
        return dict(line.split("=", 1) for line in self.told("output").splitlines())

    def calls(self) -> list[dict[str, Any]]:
        """What was asked of GitHub."""
        return [json.loads(line) for line in self.told("gh.log").splitlines()]


def _filled(value: str, values: dict[str, str]) -> str:
    """A value of `env`, which is nothing but one expression."""
    found = re.fullmatch(r"\$\{\{ ([\w.-]+) \}\}", value)
    assert found is not None, value
    return values[found[1]]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner at a branch whose ruleset is the later version; that of the base is the earlier one."""
    made = repository(tmp_path)
    base = commit(made)
    git(made, "checkout", "--quiet", "-b", "change")
    write(made, {"rules/pets/ruleset.yaml": RULES_LATER})
    commit(made)
    home = tmp_path / "home"
    for folder in ("bin", "temp"):
        (home / folder).mkdir(parents=True)
    gh = home / "bin" / "gh"
    gh.write_text(GH.format(python=sys.executable), encoding="utf-8")
    gh.chmod(0o755)
    return Runner(made, home, base, {"rules": "rules"})


def test_it_is_written_as_actions_are() -> None:
    """It is composite; each script names its shell, each input and output is described, and outputs are put out."""
    assert ACTION.keys() == {"name", "description", "author", "inputs", "outputs", "runs"}
    assert ACTION["runs"].keys() == {"using", "steps"}
    assert ACTION["runs"]["using"] == "composite"
    for each in (*ACTION["inputs"].values(), *ACTION["outputs"].values()):
        assert each["description"].endswith(".")
    assert all(isinstance(each["default"], str) for each in ACTION["inputs"].values())
    for step in SCRIPTS.values():
        assert step.keys() <= {"name", "id", "if", "shell", "env", "run"}
        assert step["shell"] == "bash"


def test_nothing_is_put_into_scripts() -> None:
    """No expression stands in a script, so that nothing that is given can become a part of one."""
    for step in SCRIPTS.values():
        assert "${{" not in step["run"]


def test_every_input_is_used() -> None:
    """Each input is read by a step, and no step reads one that there is not."""
    read = set(re.findall(r"\binputs\.([\w-]+)", json.dumps(STEPS)))
    assert read == set(ACTION["inputs"])


def test_other_actions_are_pinned() -> None:
    """Whatever action it uses is named by a commit, which nobody can move; so are those that the example shows."""
    used = [step["uses"] for step in STEPS if "uses" in step]
    text = (ROOT / "service" / "deploy" / "action.yml").read_text(encoding="utf-8")
    shown = re.findall(r"uses: (actions/\S+)( # v\d+\.\d+\.\d+)?", text)
    assert {name for name, _ in shown} >= set(used)
    for name, version in shown:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name)
        assert version


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_sound(name: str) -> None:
    """Each script is one that bash can read, and stops at the first failure."""
    script = SCRIPTS[name]["run"]
    assert script.startswith("set -euo pipefail\n")
    done = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_modules_of_the_repository_are_not_imported() -> None:
    """Python is started so that a file of the repository under check is no module of it."""
    starts = [line for step in SCRIPTS.values() for line in re.findall(r'python"? .*', step["run"])]
    assert len(starts) == 4
    assert all(re.match(r'python"? -I ', line) for line in starts)


def test_check_and_test(runner: Runner) -> None:
    """Rulesets are checked and tested; what is wrong fails the step."""
    assert runner("Check").returncode == 0
    assert runner("Test").returncode == 0
    runner.inputs |= {"min-coverage": "100"}
    assert runner("Test").returncode == 1
    write(runner.repository, {"rules/pets/more.yaml": "needs:\n  size: {question: How big?, type: flag}\n"})
    assert runner("Check").returncode == 0
    runner.inputs |= {"strict": "true"}
    done = runner("Check")
    assert done.returncode == 1
    assert "rules/pets/more.yaml:2:3: error[need/unused]" in done.stdout


def test_several_paths(runner: Runner) -> None:
    """Paths stand on a line each, whatever is in them."""
    git(runner.repository, "mv", "rules", "our rules")
    write(runner.repository, {"-x/ruleset.yaml": RULES})
    runner.inputs["rules"] = "our rules\n\n-x\n"
    done = runner("Check")
    heads = [line.partition(":")[0] for line in done.stdout.splitlines() if " ratings, " in line]
    assert (done.returncode, heads) == (0, ["our rules/pets", "-x"])
    assert runner("Test").returncode == 0


def test_comparing(runner: Runner) -> None:
    """The cases of the branch and of its base are put to both, and the summary tells what differs."""
    done = runner("Compare")
    assert done.returncode == 0, done.stderr
    assert runner.outputs()["differs"] == "true"
    report = Path(runner.outputs()["report"]).read_text(encoding="utf-8")
    assert report == runner.told("summary")
    assert report.startswith("<!-- steelyard -->\n\n## `pets`\n\n### ")
    assert "Quiet" in report
    assert git(runner.repository, "status", "--porcelain") == ""


def test_comparing_what_is_the_same(runner: Runner) -> None:
    """A change that changes no answer differs in nothing."""
    write(runner.repository, {"rules/pets/ruleset.yaml": RULES.replace("It barks.", "It barks a lot.")})
    assert runner("Compare").returncode == 0
    assert runner.outputs()["differs"] == "false"


def test_comparing_what_is_on_one_side(runner: Runner) -> None:
    """Rulesets that are new, gone or faulty are told; the others are compared all the same."""
    fish = RULES.replace("id: pets", "id: fish")
    write(runner.repository, {"rules/fish/ruleset.yaml": fish, "rules/pets/ruleset.yaml": "ruleset: {}\n"})
    assert runner("Compare").returncode == 0
    summary = runner.told("summary")
    assert "## `fish`\n\nThe base has no such ruleset, or it has errors there.\n" in summary
    assert "## `pets`\n\nIt is gone, or has errors.\n" in summary
    assert runner.outputs()["differs"] == "true"


def test_comparing_nothing(runner: Runner) -> None:
    """Where there is no ruleset on either side, nothing is reported that could be posted."""
    runner.inputs["rules"] = "nowhere"
    done = runner("Compare")
    assert (done.returncode, done.stdout) == (0, "There is no ruleset to compare, neither here nor in the base.\n")
    assert (runner.told("summary"), runner.outputs()) == ("", {})


@pytest.mark.parametrize(("is_base", "told"), [(False, "2 rulesets"), (True, "2 rulesets of the base")])
def test_comparing_what_has_one_id(runner: Runner, is_base: bool, told: str) -> None:
    """Where two rulesets of one side have one id, that is told, and neither is compared in place of the other."""
    write(runner.repository, {"rules/more/ruleset.yaml": RULES})
    if is_base:
        runner.base = commit(runner.repository)
        git(runner.repository, "rm", "--quiet", "-r", "rules/more")
    assert runner("Compare").returncode == 0
    assert runner.told("summary") == f"<!-- steelyard -->\n\n## `pets`\n\nIt cannot be compared: {told} have this id.\n"
    assert runner.outputs()["differs"] == "true"


def test_comparing_what_is_named_twice(runner: Runner) -> None:
    """A ruleset that two of the paths lead to is one, and compared."""
    runner.inputs["rules"] = "rules\nrules/pets\n./rules"
    assert runner("Compare").returncode == 0
    assert runner.told("summary").count("## `pets`\n\n### ") == 1


def test_comparing_what_cannot_be(runner: Runner) -> None:
    """Why two rulesets cannot be compared is told in a block of its own."""
    steelyard = runner.home / "bin" / "steelyard"
    real = Path(sys.executable).parent / "steelyard"
    steelyard.write_text(
        f'#!/bin/sh\nif [ "$1" = compare ]; then echo "error: so" >&2; exit 2; fi\nexec {real} "$@"\n', encoding="utf-8"
    )
    steelyard.chmod(0o755)
    assert runner("Compare").returncode == 0
    assert runner.told("summary").endswith("\n\nIt cannot be compared:\n\n    error: so\n")


@pytest.mark.parametrize("name", ["Check", "Test", "Compare"])
def test_blank_paths(runner: Runner, name: str) -> None:
    """Blank lines name no ruleset, so that there is nothing to do."""
    runner.inputs["rules"] = " \n\n"
    done = runner(name)
    assert (done.returncode, done.stdout, done.stderr, runner.outputs()) == (0, "", "", {})


def test_the_base_is_fetched(runner: Runner, tmp_path: Path) -> None:
    """Where the checkout does not hold the base, it is fetched, and nothing that is given for it is kept."""
    shallow = tmp_path / "shallow"
    origin = runner.repository.as_uri()
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=change", origin, str(shallow))
    runner.repository = shallow
    done = runner("Compare")
    assert done.returncode == 0, done.stderr
    assert runner.outputs()["differs"] == "true"
    assert "extraheader" not in (shallow / ".git" / "config").read_text(encoding="utf-8")


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_base_is_asked_for_once(runner: Runner, is_kept: bool) -> None:
    """One header says who asks, that of the action, whether or not the checkout kept one of its own."""
    headers: list[list[str]] = []

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers.append(self.headers.get_all("Authorization", []))
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Refusing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        runner.server = f"http://127.0.0.1:{server.server_port}"
        git(runner.repository, "remote", "add", "origin", f"{runner.server}/somebody/pets")
        if is_kept:
            git(runner.repository, "config", f"http.{runner.server}/.extraheader", "AUTHORIZATION: basic a2VwdA==")
        runner.base = "0" * 39 + "1"
        assert runner("Compare").returncode != 0
        server.shutdown()
    ours = base64.b64encode(f"x-access-token:{runner.token}".encode()).decode()
    assert headers == [[f"basic {ours}"]]


def test_a_first_comment(runner: Runner) -> None:
    """The comparison is posted as a comment."""
    runner("Compare")
    done = runner("Comment", **runner.outputs())
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    asked, posted = runner.calls()
    assert asked["arguments"][:3] == ["api", "--paginate", "repos/somebody/pets/issues/7/comments"]
    assert posted["arguments"][:5] == ["api", "--silent", "--method", "POST", "repos/somebody/pets/issues/7/comments"]
    assert posted["body"] == runner.told("summary")
    assert posted["token"] == runner.token


def test_a_later_comment(runner: Runner) -> None:
    """The comment that is there is brought up to date."""
    runner.comments = "41\n42"
    runner("Compare")
    runner("Comment", **runner.outputs())
    assert runner.calls()[-1]["arguments"][3:5] == ["PATCH", "repos/somebody/pets/issues/comments/41"]


def test_a_long_comment(runner: Runner) -> None:
    """A comparison that no comment can hold is cut at a line, and says where the rest is."""
    report = runner.home / "long.md"
    report.write_text("<!-- steelyard -->\n" + "a line\n" * 20_000, encoding="utf-8")
    runner("Comment", report=str(report))
    body = runner.calls()[-1]["body"]
    assert len(body) < 65_536
    assert body.endswith("a line\n\nThe summary of the run has the rest.\n")


def test_a_comment_that_is_refused(runner: Runner) -> None:
    """Where nothing may be written, as of a fork, that is a warning and no failure."""
    runner.code = 1
    runner("Compare")
    done = runner("Comment", **runner.outputs())
    assert done.returncode == 0
    assert done.stdout.startswith("::warning::The comparison could not be posted")


def test_a_decision(runner: Runner) -> None:
    """A recorded decision that holds passes; one that is missing, or no longer holds, fails with what moved."""
    runner.inputs = {"decision": "steelyard.yaml"}
    assert runner("Decision").returncode == 1
    assert "# No decision is recorded in steelyard.yaml" in runner.told("summary")
    assert run(["steelyard", "recommend", "--write", "steelyard.yaml"], runner.repository).returncode == 0
    done = runner("Decision")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "# The decision holds: Cat")
    write(runner.repository, {"rules/pets/ruleset.yaml": RULES})
    assert runner("Decision").returncode == 1
    assert "# The decision no longer holds: " in runner.told("summary")
    runner.inputs = {"decision": "nowhere.yaml"}
    done = runner("Decision")
    assert done.returncode == 2
    assert "no file or folder `nowhere.yaml`" in done.stderr
    told = runner.told("summary").partition("The decision cannot be checked:\n\n")[2]
    assert "no file or folder `nowhere.yaml`" in told
    assert all(line.startswith("    ") for line in told.splitlines())


@pytest.mark.parametrize(
    ("name", "given"), [("Check", "rules"), ("Test", "rules"), ("Compare", "rules"), ("Decision", "decision")]
)
def test_hostile_inputs(runner: Runner, name: str, given: str) -> None:
    """What is given is a path and nothing else: no part of it is run."""
    runner.inputs[given] = HOSTILE
    runner(name)
    assert git(runner.repository, "status", "--porcelain") == ""
    assert not list(runner.home.rglob("stolen"))


def test_hostile_repositories(runner: Runner) -> None:
    """Nothing of the repository under check is run: neither modules that are called like others, nor hooks."""
    steal = "import pathlib; pathlib.Path('stolen').touch()\n"
    write(runner.repository, {"json.py": steal, "steelyard/__init__.py": steal, "sitecustomize.py": steal})
    hook = runner.repository / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntouch stolen\n")
    hook.chmod(0o755)
    for name in ("Check", "Test", "Compare"):
        assert runner(name).returncode == 0
    runner("Comment", **runner.outputs())
    assert not list(runner.repository.rglob("stolen"))
