"""`steelyard ask` over a pipe, and as a person meets it in a terminal."""

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

from tests.cli.conftest import Steelyard
from tests.cli.pseudo_terminal import CTRL_C, CTRL_D, DOWN, ENTER, LEFT, UP, PseudoTerminal, environment

PETS = ("ask", "pets.yaml", "--as-of", "2025-01-01")
TO_GO_ON = "To go on from here:"
# The needs are asked in this order, and all are as long as there is no garden, whatever matters how much.
RULESET = """\
ruleset: {id: pets, title: Which pet?, version: "1"}
needs:
  hours: {question: Hours alone?, type: number, minimum: 0, maximum: 24}
  garden: {question: Is there a garden?, type: flag, help: A yard counts.}
  allergies: {question: Allergic to?, type: choices, options: {fur: Fur, hay: Hay}}
candidates: {dog: {name: Dog}, cat: {name: Cat}, fish: {name: Fish}}
criteria: {home: Home}
rules:
  alone: {criterion: home, title: Alone, because: So., when: {hours: {at_least: 6}}, ratings: {cat: good}}
  run: {criterion: home, title: Outdoors, because: So., when: {garden: true}, weight: 100, ratings: {dog: good}}
  fur: {criterion: home, title: No fur, because: So., when: {allergies: fur}, weight: 10, ratings: {fish: good}}
"""
NAMES = ("An inn by the quiet lake that lies behind the hills", "A tent on the beach, with all that the wind brings")
PLACES = (
    "ruleset: {id: places, title: Where to sleep when the long way is done?, version: '1'}\n"
    "needs:\n"
    "  far:\n"
    "    question: How far may it be from the last village that one comes through?\n"
    "    help: Count what there is to walk in the evening, not what there is to drive.\n"
    "    type: choice\n"
    "    options: {"
    + ", ".join(f"o{number}: Not further than {number} hours with all of the luggage" for number in range(1, 31))
    + "}\n"
    f"candidates: {{inn: {{name: '{NAMES[0]}'}}, tent: {{name: '{NAMES[1]}'}}}}\n"
    "criteria: {way: The way}\n"
    "rules:\n"
    "  near: {criterion: way, title: Near, because: So., when: {far: o1}, ratings: {inn: good, tent: fair}}\n"
    "  away: {criterion: way, title: Away, because: So., when: {far: o30}, ratings: {inn: poor, tent: good}}\n"
)


@pytest.fixture(autouse=True)
def _pets(run: Steelyard) -> None:
    """A ruleset in which many questions stay open."""
    run.write("pets.yaml", RULESET)


def _piped(run: Steelyard, stdin: str | bytes, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """A real process with the lines on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "steelyard", *arguments],
        input=stdin if isinstance(stdin, bytes) else stdin.encode(),
        capture_output=True,
        cwd=run.folder,
        env={**environment(), "TERM": "xterm-256color"},
        timeout=30,
        check=False,
    )


def _command(text: str, program: str = "recommend") -> list[str]:
    """The words of the command that was printed last, without the program."""
    line = [line for line in text.splitlines() if line.startswith(f"steelyard {program} ")][-1]
    return shlex.split(line)[1:]


def _requirements(run: Steelyard, *arguments: str) -> dict[str, tuple[object, str]]:
    """What a command of `recommend` asks: value and importance of each need."""
    document = json.loads(run(*arguments, "--format", "json").stdout)
    return {need: (stated["value"], stated["importance"]) for need, stated in document["requirements"].items()}


def test_a_pipe_gets_a_plain_interview(run: Steelyard) -> None:
    """Lines answer numbered questions, shifts are shown, and the command at the end gives the same again."""
    lines = ["9", "could", "no", "fur, hay", "3", ""]
    done = _piped(run, "\n".join(lines), *PETS)
    text = done.stdout.decode()
    assert (done.returncode, done.stderr, "\x1b" in text) == (0, b"", False)
    assert "1. Hours alone?\n   It could put Cat ahead. 2 other questions could change it too.\n" in text
    assert "  9: how much does that matter?\n" in text
    assert "  → 9 (could)\n\nCat fits best" in text
    assert "  1  Cat  " in text
    assert "2. Is there a garden?" in text
    # No rule asks for no garden, so it is of no account how much that matters.
    assert "No: how much does that matter?" not in text
    assert _requirements(run, *_command(text)) == {
        "garden": (False, "should"),
        "hours": (9, "could"),
        "allergies": (["fur", "hay"], "could"),
    }
    assert "Fish fits best" in text


def test_the_end_of_the_input_stops(run: Steelyard) -> None:
    """Where the lines end, the recommendation of what was said so far is given, also between value and importance."""
    nothing = _piped(run, "", *PETS)
    assert (nothing.returncode, nothing.stderr) == (1, b"")
    assert b"Nothing that was said decides" in nothing.stdout
    half = _piped(run, "9\n", *PETS)
    assert (half.returncode, half.stderr) == (0, b"")
    assert _requirements(run, *_command(half.stdout.decode())) == {"hours": (9, "should")}


def test_closed_streams(run: Steelyard) -> None:
    """A process without standard input has no answers to read, which is no failure."""
    line = f"exec {shlex.quote(sys.executable)} -m steelyard ask pets.yaml <&-"
    done = subprocess.run(["sh", "-c", line], capture_output=True, cwd=run.folder, env=environment(), check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"To get this again" in done.stdout


def test_what_is_not_understood_is_asked_again(run: Steelyard) -> None:
    """Lines that are no answer, in whatever encoding, are told why, and the question stands."""
    done = _piped(run, b"ninety\n99\n\xff\xfe\n9\nmust\nperhaps\nstop\n", *PETS)
    text = done.stdout.decode()
    assert done.stderr == b""
    assert "   expected a number, got `ninety`\n" in text
    assert "   99 is above the maximum of `hours`, 24\n" in text
    told = "`perhaps` is none of them: type 1 or 2, ? (I don't know), < (Go back) or . (Stop here)"
    assert told in " ".join(text.split())
    assert _requirements(run, *_command(text)) == {"hours": (9, "must")}


def test_back_over_a_pipe(run: Steelyard) -> None:
    """Going back takes back an importance, an answer, and what was passed over."""
    done = _piped(run, "9\n<\n8\n\n?\nback\nback\n7\n1\n.\n", *PETS)
    text = done.stdout.decode()
    assert text.count("  Taken back: ") == 2
    assert _requirements(run, *_command(text)) == {"hours": (7, "must")}


def test_it_can_start_from_what_is_said(run: Steelyard) -> None:
    """A file, options and needs to skip are not asked about; an answer to the rest adds to them."""
    run.write("project.yaml", "ruleset: pets.yaml\nas_of: 2025-02-03\nrequirements: {garden: true}\n")
    arguments = ["ask", "--from", "project.yaml", "--must", "garden", "--skip", "allergies", "--candidate", "cat"]
    text = _piped(run, "1\n2\n", *arguments, "--candidate", "dog").stdout.decode()
    assert "as of 2025-02-03\n  Is there a garden? Yes (must)\n" in text
    assert "Allergic to?" not in text.partition("Asked")[0]
    assert {"--as-of", "2025-02-03"} <= set(_command(text))
    assert _requirements(run, *_command(text))["garden"] == (True, "must")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--from", "-"], "standard input is where the answers come from"),
        (["--from", "project.yaml"], "the file asks a stack; name the one RULESET to ask about"),
        (["pets.yaml", "--skip", "gardn"], "no need `gardn`: did you mean `garden`?"),
        (["pets.yaml", "--need", "hours=25"], "--need:1:7: error[value/out-of-range]"),
        (["pets.yaml", "--from", "absent.yaml"], "absent.yaml"),
        (["pet.yaml"], "pet.yaml"),
    ],
)
def test_misuse(run: Steelyard, arguments: list[str], message: str) -> None:
    """What cannot be asked is refused before the first question."""
    run.write("project.yaml", "stack: deep-learning\nrequirements: {}\n")
    result = run("ask", *arguments, stdin="9\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_saving(run: Steelyard) -> None:
    """`--save` writes what `recommend` takes; a file that is there is kept unless `--force` is said."""
    saved = _piped(run, "9\nmust\nno\n\n.\n", *PETS, "--save", "p.yaml")
    assert (saved.returncode, saved.stderr) == (0, b"")
    assert b"Saved: p.yaml" in saved.stdout
    text = (run.folder / "p.yaml").read_text(encoding="utf-8")
    assert _requirements(run, "recommend", "p.yaml") == {"garden": (False, "should"), "hours": (9, "must")}
    refused = _piped(run, "8\n\n.\n", *PETS, "--save", "p.yaml")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert b"p.yaml exists already; --force overwrites it" in refused.stderr
    assert (run.folder / "p.yaml").read_text(encoding="utf-8") == text
    assert _piped(run, "8\n\n.\n", *PETS, "--save", "p.yaml", "--force").returncode == 0
    assert _requirements(run, "recommend", "p.yaml") == {"hours": (8, "should")}


def test_a_saved_file_asks_about_its_own_day(run: Steelyard) -> None:
    """A day is saved only if one was asked for, by an option or the file to start from; the command has it anyway."""
    undated = _piped(run, "9\n\n.\n", "ask", "pets.yaml", "--save", "p.yaml")
    assert "--as-of" in _command(undated.stdout.decode())
    assert "as_of" not in (run.folder / "p.yaml").read_text(encoding="utf-8")
    _piped(run, "9\n\n.\n", *PETS, "--save", "dated.yaml")
    _piped(run, ".\n", "ask", "--from", "dated.yaml", "--save", "again.yaml")
    for name in ("dated.yaml", "again.yaml"):
        assert "\nas_of: 2025-01-01\n" in (run.folder / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("ruleset", "saved", "written"),
    [
        ("pets.yaml", "sub/p.yaml", "../pets.yaml"),
        ("./sub/../pets.yaml", "p.yaml", "pets.yaml"),
        ("deep-learning-frameworks", "sub/p.yaml", "deep-learning-frameworks"),
        ("./deep-learning-frameworks", "p.yaml", "./deep-learning-frameworks"),
        ("pets.yaml", "link/p.yaml", "../../pets.yaml"),
        ("link/pets.yaml", "p.yaml", "sub/deep/pets.yaml"),
    ],
)
def test_the_ruleset_of_a_saved_file(run: Steelyard, ruleset: str, saved: str, written: str) -> None:
    """A path is written as it leads from the folder of the file, through links too; an id that ships stays one."""
    (run.folder / "sub" / "deep").mkdir(parents=True)
    (run.folder / "link").symlink_to(run.folder / "sub" / "deep")
    for name in ("deep-learning-frameworks", "sub/deep/pets.yaml"):
        run.write(name, RULESET)
    assert _piped(run, ".\n", "ask", ruleset, "--save", saved).stderr == b""
    text = (run.folder / saved).read_text(encoding="utf-8")
    assert f"\nruleset: {written}\n" in text
    answer = json.loads(run("recommend", saved, "--format", "json").stdout)
    assert answer["ruleset"]["id"] == ("deep-learning-frameworks" if written == "deep-learning-frameworks" else "pets")


def test_saving_from_a_folder_below(run: Steelyard, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is saved over the one above goes on naming the same ruleset."""
    run.write("project.yaml", "ruleset: pets.yaml\nrequirements: {hours: 9}\n")
    (run.folder / "sub").mkdir()
    monkeypatch.chdir(run.folder / "sub")
    arguments = ("ask", "--from", "../project.yaml", "--save", "../project.yaml", "--force")
    assert run(*arguments, stdin="no\n.\n").exit_code == 0
    assert "\nruleset: pets.yaml\n" in (run.folder / "project.yaml").read_text(encoding="utf-8")
    assert _requirements(run, "recommend", "../project.yaml")["garden"] == (False, "should")


def test_saving_keeps_the_decision(run: Steelyard) -> None:
    """The decision that a file holds stays in it where the file is saved anew, and is put into no other."""
    run.write("project.yaml", "ruleset: pets.yaml\nrequirements: {hours: 9}\n")
    run("recommend", "--write", "project.yaml")
    recorded = (run.folder / "project.yaml").read_text(encoding="utf-8").partition("decision:")[2]
    for name in ("./project.yaml", "other.yaml"):
        assert _piped(run, "no\n.\n", "ask", "--from", "project.yaml", "--save", name, "--force").returncode == 0
    assert (run.folder / "project.yaml").read_text(encoding="utf-8").partition("decision:")[2] == recorded
    assert _requirements(run, "recommend", "project.yaml")["garden"] == (False, "should")
    assert "The requirements are no longer those" in run("recommend", "--check", "project.yaml").stdout
    assert "decision" not in (run.folder / "other.yaml").read_text(encoding="utf-8")


def test_saving_over_a_faulty_decision(run: Steelyard) -> None:
    """A decision that cannot be kept is told before the first question; a file saved elsewhere does not need it."""
    text = "ruleset: pets.yaml\nrequirements: {hours: 9}\ndecision: {outcome: tie}\n"
    run.write("project.yaml", text)
    refused = run("ask", "--from", "project.yaml", "--save", "project.yaml", "--force", stdin=".\n")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "project.yaml:3:21: error[value/unknown-word]: `tie` is not an outcome" in refused.stderr
    assert (run.folder / "project.yaml").read_text(encoding="utf-8") == text
    assert run("ask", "--from", "project.yaml", "--save", "other.yaml", stdin=".\n").exit_code == 0


def test_saving_is_offered(run: Steelyard) -> None:
    """At the end a name can be typed; a name that will not do is told, and another is asked for."""
    run.write("taken.yaml", "kept\n")
    done = _piped(run, "9\n\n.\ntaken.yaml\nabsent/p.yaml\np.yaml\n", *PETS)
    assert done.returncode == 0
    assert b"Not saved: taken.yaml exists already." in done.stdout
    assert b"Not saved: absent/p.yaml: No such file or directory." in done.stdout
    assert (run.folder / "taken.yaml").read_text(encoding="utf-8") == "kept\n"
    assert _requirements(run, "recommend", "p.yaml") == {"hours": (9, "should")}


def test_a_name_that_is_typed_late(run: Steelyard) -> None:
    """A file whose name is typed at the end names its ruleset as it leads from the folder of that file."""
    (run.folder / "sub").mkdir()
    assert _piped(run, "9\n\n.\nsub/p.yaml\n", *PETS).returncode == 0
    assert "\nruleset: ../pets.yaml\n" in (run.folder / "sub" / "p.yaml").read_text(encoding="utf-8")
    assert _requirements(run, "recommend", "sub/p.yaml") == {"hours": (9, "should")}


def test_what_cannot_be_saved_is_misuse(run: Steelyard) -> None:
    """A file that was named and cannot be written is told after the recommendation, which is not lost."""
    done = _piped(run, "9\n\n.\n", *PETS, "--save", "absent/p.yaml")
    assert done.returncode == 2
    assert b"To get this again" in done.stdout
    assert b"Not saved: absent/p.yaml" in done.stdout


def test_interrupted_over_a_pipe(run: Steelyard) -> None:
    """An interrupt ends it with 130 and the command that goes on, without a traceback."""
    arguments = [sys.executable, "-m", "steelyard", *PETS, "--save", "p.yaml"]
    pipe, env = subprocess.PIPE, environment()
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe, cwd=run.folder, env=env) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"9\nmust\n")
        process.stdin.flush()
        watch = Timer(20, process.kill)
        watch.start()
        assert any(line == b"2. Is there a garden?\n" for line in process.stdout)
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate()
        watch.cancel()
    assert (process.returncode, errors) == (130, b"")
    resumed = _command(rest.decode(), "ask")
    assert {"--must", "--as-of", "--save"} <= set(resumed)
    again = _piped(run, "", *resumed)
    assert _requirements(run, *_command(again.stdout.decode())) == {"hours": (9, "must")}


def test_a_whole_interview_in_a_terminal(run: Steelyard) -> None:
    """Arrows, space and Enter answer; not known, back and importance work; what is recommended can be saved."""
    with PseudoTerminal(PETS, run.folder) as terminal:
        terminal.wait_for_prompt()
        terminal.press("9x", ENTER)
        terminal.wait_for("expected a number, got `9x`")
        terminal.press("9", ENTER)
        terminal.wait_at("It should be so")
        terminal.press(UP)
        terminal.wait_at("A must")
        terminal.press(ENTER)
        terminal.wait_for("Cat fits best")
        terminal.wait_at("Yes")
        terminal.press("?")
        terminal.wait_at("[ ] Fur")
        terminal.press(LEFT)
        terminal.wait_for("Taken back: Is there a garden?")
        terminal.wait_at("Yes")
        terminal.press(DOWN)
        terminal.wait_at("No")
        terminal.press(ENTER)
        terminal.wait_for("→ No (should)")
        terminal.wait_at("[ ] Fur")
        terminal.press(ENTER)
        terminal.wait_for("Nothing is ticked")
        terminal.press(" ")
        terminal.wait_at("[x] Fur")
        terminal.press(ENTER)
        terminal.wait_at("It should be so")
        terminal.press(DOWN, ENTER)
        terminal.wait_for("→ Fur (could)")
        terminal.wait_at("Show the recommendation")
        terminal.press(ENTER)
        terminal.wait_for("Save the requirements as (Enter: not at all):")
        terminal.press("p.yaml", ENTER)
        terminal.wait_for("Saved: p.yaml")
        assert terminal.exit_code() == 0
        assert terminal.modes() == terminal.modes_before
    assert _requirements(run, "recommend", "p.yaml") == {
        "garden": (False, "should"),
        "hours": (9, "must"),
        "allergies": (["fur"], "could"),
    }


def test_none_of_them_in_a_terminal(run: Steelyard) -> None:
    """None of them is a row of its own, and an answer; not known is another."""
    arguments = ["ask", "pets.yaml", "--need", "hours=9", "--skip", "garden"]
    with PseudoTerminal(arguments, run.folder) as terminal:
        terminal.wait_at("[ ] Fur")
        terminal.press(" ", "2", DOWN)
        terminal.wait_at("[ ] None of them")
        terminal.press(ENTER)
        terminal.wait_at("Show the recommendation")
        terminal.press(ENTER)
        terminal.wait_for("To get this again")
        terminal.press(ENTER)
        assert terminal.exit_code() == 0
        assert "allergies=" in _command(terminal.written.decode())


def test_keys_can_be_typed_ahead(run: Steelyard) -> None:
    """What is typed before a list is there counts for it, and does not shift it though the terminal echoes it."""
    with PseudoTerminal([*PETS, "--skip", "hours"], run.folder) as terminal:
        terminal.press(ENTER, DOWN)
        terminal.wait_at("It would be nice")
        terminal.press(ENTER)
        terminal.wait_for("→ Yes (could)")


@pytest.mark.parametrize("columns", [80, 40])
def test_interrupted_at_a_list(run: Steelyard, columns: int) -> None:
    """Ctrl-C leaves the terminal as it was, shows how to go on, and exits with 130."""
    with PseudoTerminal(PETS, run.folder, columns=columns) as terminal:
        terminal.wait_for_prompt()
        terminal.press("9", ENTER)
        terminal.wait_at("It should be so")
        assert terminal.modes() != terminal.modes_before
        terminal.press(CTRL_C)
        assert terminal.exit_code() == 130
        assert terminal.modes() == terminal.modes_before
        assert TO_GO_ON in terminal.words()
        assert b"Traceback" not in terminal.written
        # The cursor is shown again, and pasting is plain again.
        assert terminal.written.rfind(b"\x1b[?25h") > terminal.written.rfind(b"\x1b[?25l")
        assert terminal.written.rfind(b"\x1b[?2004l") > terminal.written.rfind(b"\x1b[?2004h")
        command = _command(terminal.written.decode(), "ask")
    assert command == ["ask", "--as-of", "2025-01-01", "--need", "hours=9", "pets.yaml"]


def test_interrupted_at_a_text(run: Steelyard) -> None:
    """Ctrl-C where a number is typed does the same; so does a signal from elsewhere."""
    with PseudoTerminal(PETS, run.folder) as terminal:
        terminal.wait_for_prompt()
        terminal.press("12", CTRL_C)
        assert (terminal.exit_code(), terminal.modes()) == (130, terminal.modes_before)
        assert TO_GO_ON not in terminal.words()
    with PseudoTerminal([*PETS, "--skip", "hours"], run.folder) as terminal:
        terminal.wait_at("Yes")
        terminal.send(signal.SIGINT)
        assert (terminal.exit_code(), terminal.modes()) == (130, terminal.modes_before)
        assert b"Traceback" not in terminal.written


def test_ctrl_d_stops(run: Steelyard) -> None:
    """The end of the input, typed, stops and gives the recommendation, at a text as at a list."""
    with PseudoTerminal(PETS, run.folder) as terminal:
        terminal.wait_for_prompt()
        terminal.press("9", ENTER)
        terminal.wait_at("It should be so")
        terminal.press(CTRL_D)
        terminal.wait_for("Save the requirements as")
        terminal.press(CTRL_D)
        assert terminal.exit_code() == 0
        assert "hours=9" in terminal.words()


def test_overwriting_is_asked_about(run: Steelyard) -> None:
    """In a terminal a file that is there is overwritten only if that is said; otherwise another name is asked for."""
    for keys, kept in (([ENTER, ENTER], True), ([UP, ENTER], False)):
        run.write("p.yaml", "kept\n")
        arguments = [*PETS, "--need", "hours=9", "--skip", "garden", "--skip", "allergies", "--save", "p.yaml"]
        with PseudoTerminal(arguments, run.folder) as terminal:
            terminal.wait_at("No")
            terminal.press(*keys)
            terminal.exit_code()
        assert ((run.folder / "p.yaml").read_text(encoding="utf-8") == "kept\n") is kept


@pytest.mark.parametrize("columns", [40, 24])
def test_a_narrow_terminal_folds(run: Steelyard, columns: int) -> None:
    """Every word of questions, options and the recommendation stands on one line; a window made wider is used."""
    run.write("places.yaml", PLACES)
    with PseudoTerminal(["ask", "places.yaml"], run.folder, columns=columns, rows=30) as terminal:
        terminal.wait_at("Not further than")
        for text in ("How far may it be from the last village", "Not further than 2 hours with all of the luggage"):
            assert text in terminal.words()
        terminal.resize(100, 30)
        terminal.wait_at("Not further than 1 hours with all of the luggage")
        terminal.resize(columns, 30)
        terminal.press(ENTER)
        terminal.wait_at("It should be so")
        terminal.press(ENTER)
        terminal.wait_for(f"{NAMES[0]} fits best")


def test_a_low_terminal_scrolls(run: Steelyard) -> None:
    """A list that is longer than the window follows its mark, down to the last row and up again."""
    run.write("places.yaml", PLACES)
    with PseudoTerminal(["ask", "places.yaml"], run.folder, rows=8) as terminal:
        terminal.wait_at("Not further than 1 hours")
        terminal.press(*[DOWN] * 29)
        terminal.wait_at("Not further than 30 hours")
        terminal.press(DOWN, DOWN)
        terminal.wait_at("Stop here (q)")
        terminal.press(DOWN)
        terminal.wait_at("Not further than 1 hours")


@pytest.mark.parametrize("value", ["1", ""])
def test_colours(run: Steelyard, value: str) -> None:
    """A terminal gets colours, unless `NO_COLOR` is set."""
    with PseudoTerminal(PETS, run.folder, env={"NO_COLOR": value}) as terminal:
        terminal.wait_for_prompt()
        terminal.press("9", ENTER)
        terminal.wait_at("It should be so")
        terminal.press(ENTER)
        terminal.wait_at("Yes")
        assert (b"\x1b[32m" in terminal.written) is not bool(value)


def test_a_dumb_terminal_gets_lines(run: Steelyard) -> None:
    """Where the terminal cannot move its cursor, answers are typed, and nothing but text is written."""
    with PseudoTerminal(PETS, run.folder, env={"TERM": "dumb"}) as terminal:
        terminal.wait_for("? (I don't know) . (Stop here)")
        terminal.press("9", ENTER)
        terminal.wait_for("2 It should be so (Enter)")
        terminal.press(ENTER)
        terminal.wait_for("2. Is there a garden?")
        terminal.press(CTRL_C)
        assert terminal.exit_code() == 130
        assert b"\x1b" not in terminal.written
        assert b"Traceback" not in terminal.written


def test_without_prompt_toolkit_there_are_lines(run: Steelyard, tmp_path: Path) -> None:
    """Where the extra is not installed, a hint says how to get it, and the interview is held in lines."""
    broken = tmp_path / "missing" / "prompt_toolkit"
    broken.mkdir(parents=True)
    text = "raise ModuleNotFoundError(\"No module named 'prompt_toolkit'\", name='prompt_toolkit')\n"
    (broken / "__init__.py").write_text(text, encoding="utf-8")
    path = os.pathsep.join((str(broken.parent), os.environ.get("PYTHONPATH", "")))
    with PseudoTerminal(PETS, run.folder, env={"PYTHONPATH": path}) as terminal:
        terminal.wait_for('pip install "steelyard[ask]"')
        terminal.wait_for("? (I don't know) . (Stop here)")
        terminal.press("stop", ENTER)
        assert terminal.exit_code() == 1


def test_other_commands_do_not_wait_for_it() -> None:
    """Neither `recommend` nor the module of `ask` itself imports prompt_toolkit."""
    code = "import sys, steelyard.cli.recommend, steelyard.cli.ask; print('prompt_toolkit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment())
    assert done.stdout.strip() == b"False"


def test_a_stack_is_not_asked_about(run: Steelyard) -> None:
    """A stack joins rulesets, of which one is asked about; no option is advised that there is not."""
    result = run("ask", "deep-learning")
    assert result.exit_code == 2
    assert "deep-learning is a stack; ask about one of the rulesets that it joins" in result.stderr
