"""The interview without a terminal: what is asked, what is undone, what it changed, and how to get there again."""

import json
import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from steelyard import Ruleset, load
from steelyard.cli import steelyard as command
from steelyard.cli.ask import ask
from steelyard.interview import (
    Interview,
    Menu,
    Move,
    NotUnderstoodError,
    Picking,
    Shift,
    Telling,
    as_number,
    as_picked,
    ask_command,
    importance_menu,
    menu_of,
    move_typed,
    recommend_command,
    requirements_text,
)
from steelyard.model import Answer, Importance, Need, NeedType, Request, Requirement
from steelyard.recommendation import Outcome
from steelyard.render.layout import Sheet, display_width
from tests.unit.samples import sample

DAY = date(2025, 6, 1)
MUST, SHOULD, COULD = Importance.MUST, Importance.SHOULD, Importance.COULD
EVERY_MOVE = (Move.UNKNOWN, Move.BACK, Move.STOP)
FUR_AND_HAY = (("fur", "Fur of animals"), ("hay", "Hay"), ("none-yet", "Nothing yet"))


def _interview(data: dict[str, Any] | None = None, **given: Requirement) -> Interview:
    ruleset = Ruleset.from_dict(sample() if data is None else data)
    return Interview.of(ruleset, Request(as_of=DAY, requirements=given))


_PETS = _interview()


def _crowd() -> dict[str, Any]:
    """Eight candidates, of which one need prefers the even ones, one the last, and one must have the first."""
    names = [f"c{number}" for number in range(8)]

    def rule(need: str, ratings: dict[str, str]) -> dict[str, Any]:
        return {
            "criterion": "all",
            "title": f"About {need}",
            "because": "So.",
            "when": {need: True},
            "ratings": ratings,
        }

    return {
        "ruleset": {"id": "crowd", "title": "Which one?", "version": "1"},
        "needs": {need: {"question": f"{need}?", "type": "flag"} for need in ("even", "last", "first", "idle")},
        "candidates": {name: {"name": name.upper()} for name in names},
        "criteria": {"all": "All"},
        "rules": {
            "even": rule("even", {name: "excellent" if place % 2 == 0 else "good" for place, name in enumerate(names)}),
            "last": rule("last", {"c7": "excellent", "c6": "good"}),
            "first": rule("first", dict.fromkeys(names[1:], "unsupported")),
        },
    }


def test_the_most_telling_question_comes_first() -> None:
    """What is asked next is the first of the questions that the answer itself names."""
    interview = _interview()
    questions = interview.ruleset.recommend({}, as_of=DAY, explain=["questions"]).explanation.questions
    assert questions
    assert interview.next_need == questions[0].need


def test_an_answer_counts_and_is_not_asked_again() -> None:
    """What was answered is part of the requirements, with its importance, and another need is next."""
    interview = _interview().answered("garden", Requirement(True, MUST))
    assert interview.requirements == {"garden": {"value": True, "importance": "must"}}
    assert interview.next_need != "garden"


def test_importance_is_of_account_where_a_rule_can_hold() -> None:
    """How much an answer matters is worth asking just if some rule can hold because of it, be it by a `not`."""
    interview = _interview()
    needs = interview.ruleset.needs
    crowd = _crowd()
    crowd["rules"]["last"]["when"] = {"not": {"last": True}}
    negated = _interview(crowd)

    assert interview.can_matter(needs["garden"], True)
    assert not interview.can_matter(needs["garden"], False)
    assert not interview.can_matter(needs["allergies"], frozenset())
    assert negated.can_matter(negated.ruleset.needs["last"], False)
    assert not negated.can_matter(negated.ruleset.needs["last"], True)
    assert not negated.can_matter(negated.ruleset.needs["idle"], True)


def test_what_is_not_known_is_passed_over() -> None:
    """A need that was passed over stays unanswered and is not asked again."""
    before = _interview()
    need = before.next_need
    assert need is not None
    after = before.passed_over(need)
    assert after.not_known == {need}
    assert need in after.answer.unanswered
    assert need not in [question.need for question in after.questions]
    assert after.next_need != need


@pytest.mark.parametrize("known", [True, False])
def test_back_undoes_the_last_question(known: bool) -> None:
    """Going back asks the last question again, whether it was answered or passed over, and forgets what was said."""
    first = _interview().answered("home", Requirement("house"))
    need = first.next_need
    assert need is not None
    second = first.answered(need, Requirement(_some(first, need))) if known else first.passed_over(need)
    assert second.back() == first
    assert second.back().next_need == need


def test_nothing_is_before_the_first_question() -> None:
    """Going back from the first question stays there, and keeps what was said before the interview."""
    interview = _interview(garden=Requirement(True))
    assert interview.back() == interview
    assert interview.back().requirements == {"garden": {"value": True, "importance": "should"}}


@given(
    moves=st.lists(st.sampled_from(("first", "last", "skip", "back")), max_size=12),
    importance=st.sampled_from(Importance),
)
def test_every_way_leads_back(moves: list[str], importance: Importance) -> None:
    """Whatever was answered, passed over and taken back: no need is asked twice, and going back ends at the start."""
    start = interview = _PETS
    for move in moves:
        need = interview.next_need
        if move == "back":
            interview = interview.back()
        elif need is None:
            interview = interview.going_on()
        elif move == "skip" or interview.question(need) is None:
            interview = interview.passed_over(need)
        else:
            interview = interview.answered(need, Requirement(_some(interview, need, last=move == "last"), importance))
        assert interview.next_need not in [step.need for step in interview.steps]
        assert interview.final().id == interview.answer.id
    for _ in interview.steps:
        interview = interview.back()
    assert (interview.steps, interview.next_need) == (start.steps, start.next_need)


def test_it_stops_when_settled_and_can_go_on() -> None:
    """Without a question that changes the winner nothing is next; going on asks the rest in the ruleset's order."""
    settled = _interview(_crowd(), first=Requirement(True, MUST))
    assert settled.answer.settled
    assert settled.next_need is None
    on = settled.going_on()
    assert (on.rest, on.next_need) == (("even", "last", "idle"), "even")
    last = on.passed_over("even").answered("last", Requirement(False)).passed_over("idle")
    assert last.next_need is None


def test_back_across_going_on_offers_it_again() -> None:
    """Who goes back to before the offer to go on is not held to it."""
    asked = _interview(_crowd()).answered("first", Requirement(True, MUST))
    on = asked.going_on().passed_over("even")
    assert on.back().goes_on_after == 1
    assert on.back().back().goes_on_after is None


def test_undecided_asks_on_by_itself() -> None:
    """Where nothing is decided and no single answer decides it, the rest is asked, since two together may."""
    data = _crowd()
    for name in ("even", "last", "first"):
        data["rules"][name]["when"] = {"even": True, "idle": True}
    interview = _interview(data)
    assert (interview.answer.outcome, interview.questions) == (Outcome.UNDECIDED, ())
    assert interview.next_need == "even"


def test_answers_of_every_type_are_reproduced(tmp_path: Path) -> None:
    """The printed command and the saved file give the recommendation of the interview, to the id."""
    path = tmp_path / "it's here.yaml"
    path.write_text(yaml.safe_dump(sample(), sort_keys=False), encoding="utf-8")
    interview = Interview.of(load(path), Request(as_of=DAY, requirements={"garden": Requirement(False)}))
    interview = interview.answered("allergies", Requirement(frozenset(("hay", "egg")), COULD))
    interview = interview.answered("home", Requirement("farm", MUST)).passed_over("skill")
    interview = interview.answered("hours", Requirement(7.5))
    _same_everywhere(interview, path, tmp_path)


@pytest.mark.parametrize(
    "requirement", [Requirement(frozenset(), MUST), Requirement(frozenset(("egg",))), Requirement(frozenset(), COULD)]
)
def test_none_of_them_is_reproduced(requirement: Requirement, tmp_path: Path) -> None:
    """That none of the options holds is an answer, also in the command and the file."""
    path = tmp_path / "pets.yaml"
    path.write_text(yaml.safe_dump(sample(), sort_keys=False), encoding="utf-8")
    request = Request(as_of=DAY, requirements={}, candidates=("cat", "robot"))
    interview = Interview.of(load(path), request, frozenset(("garden",))).answered("allergies", requirement)
    _same_everywhere(interview, path, tmp_path)


def _same_everywhere(interview: Interview, path: Path, folder: Path) -> None:
    wanted = interview.final().id
    assert _recommended(shlex.split(recommend_command(interview, str(path)))[1:]) == wanted
    saved = folder / "requirements.yaml"
    saved.write_text(requirements_text(interview, str(path)), encoding="utf-8")
    assert _recommended(["recommend", str(saved)]) == wanted
    resumed = shlex.split(ask_command(interview, str(path), dated=True))
    output = CliRunner().invoke(ask, resumed[2:], input="").stdout
    again = next(line for line in output.splitlines() if line.startswith("steelyard recommend "))
    assert _recommended(shlex.split(again)[1:]) == wanted
    for need in interview.not_known:
        assert f"--skip {need}" in " ".join(resumed)


def _recommended(words: list[str]) -> str:
    result = CliRunner().invoke(command, [*words, "--format", "json"])
    assert result.stderr == ""
    found: str = json.loads(result.stdout)["id"]
    return found


def test_the_command_to_go_on_names_the_day_only_if_it_was_asked_for() -> None:
    """Who goes on tomorrow asks what is known then; the file to save in is named again."""
    interview = _interview(garden=Requirement(True))
    assert ask_command(interview, "pets", dated=False, save="my file") == (
        "steelyard ask --need garden=yes --save 'my file' pets"
    )
    assert ask_command(interview, "-pets", dated=True) == (
        "steelyard ask --as-of 2025-06-01 --need garden=yes -- -pets"
    )


def test_a_saved_file_asks_its_questions_in_comments() -> None:
    """Each answer stands under its question; what a ruleset says cannot end its comment."""
    data = sample()
    data["needs"]["garden"]["question"] = "Is there\n  hours: 3\u2028garden: no?"
    interview = _interview(data, garden=Requirement(True, MUST))
    assert requirements_text(interview, "pets.yaml").splitlines() == [
        "# Which pet?",
        "ruleset: pets.yaml",
        "# Without this line, what is known on the day of asking counts.",
        "as_of: 2025-06-01",
        "requirements:",
        "  # Is there hours: 3 garden: no?",
        "  garden: {value: true, importance: must}",
    ]


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("1", ("fur",)),
        (" hay ", ("hay",)),
        ("FUR of  animals", ("fur",)),
        ("2,1", ("fur", "hay")),
        ("1 2 2", ("fur", "hay")),
        ("hay, fur of animals", ("fur", "hay")),
        ("none", ()),
        ("-", ()),
        ("?", Move.UNKNOWN),
        ("I don\N{RIGHT SINGLE QUOTATION MARK}t know", Move.UNKNOWN),
        ("<", Move.BACK),
        ("Back", Move.BACK),
        (".", Move.STOP),
    ],
)
def test_lines_choose_from_many(typed: str, picked: tuple[str, ...] | Move) -> None:
    """Numbers, ids and labels choose, several with commas or blanks; signs and words go elsewhere."""
    assert as_picked(Menu(items=FUR_AND_HAY, many=True, moves=EVERY_MOVE), typed) == picked


@pytest.mark.parametrize(
    ("typed", "picked"), [("y", "yes"), ("True", "yes"), ("no", "no"), ("2", "no"), ("n", "no"), ("Yes", "yes")]
)
def test_lines_answer_flags(typed: str, picked: str) -> None:
    """Yes and no are understood in the ways in which people type them."""
    menu = menu_of(Need(id="garden", question="?", type=NeedType.FLAG), EVERY_MOVE)
    assert menu is not None
    assert as_picked(menu, typed) == (picked,)


def test_an_option_wins_over_a_word() -> None:
    """An option that is called like a move can be chosen by name, and the sign still stands for the move."""
    menu = Menu(items=(("stop", "Stop"), ("go", "Go")), moves=EVERY_MOVE)
    assert as_picked(menu, "stop") == ("stop",)
    assert as_picked(menu, ".") is Move.STOP


def test_enter_takes_what_is_preselected() -> None:
    """An empty line is a `should` where the importance is asked, and no answer where nothing is preselected."""
    assert as_picked(importance_menu(), "") == ("should",)
    with pytest.raises(NotUnderstoodError, match="type a number from 1 to 3"):
        as_picked(Menu(items=FUR_AND_HAY), "")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("4", "`4` is none of them: type a number from 1 to 3, ? (I don't know) or . (Stop here)"),
        ("1, 2", "`1, 2` is none of them"),
        ("hey", "`hey` is none of them: did you mean `hay`?"),
        ("<", "`<` is none of them"),
    ],
)
def test_lines_that_choose_nothing(typed: str, message: str) -> None:
    """What is no answer is told, with what would be one; a move that is not offered is none either."""
    with pytest.raises(NotUnderstoodError) as error:
        as_picked(Menu(items=FUR_AND_HAY, moves=(Move.UNKNOWN, Move.STOP)), typed)
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("25", "25 is above the maximum of `hours`, 24"),
        ("many", "expected a number, got `many`"),
        ("", "expected a number, got nothing"),
    ],
)
def test_numbers_are_read_as_requests_are(typed: str, message: str) -> None:
    """A number out of bounds, or none at all, is refused in the words of the reader of requests."""
    hours = Ruleset.from_dict(sample()).needs["hours"]
    assert as_number(hours, " 7.5 ") == 7.5
    assert move_typed("b", EVERY_MOVE) is Move.BACK
    with pytest.raises(NotUnderstoodError, match=message):
        as_number(hours, typed)


def test_ticking() -> None:
    """Space ticks and unticks; Enter takes all that is ticked, in the order of the menu."""
    picking = Picking.of(Menu(items=FUR_AND_HAY, many=True)).moved(1).toggled().moved(-1).toggled()
    assert picking.taken() == ("fur", "hay")
    assert picking.toggled().taken() == ("hay",)


def test_none_of_them_excludes_the_others() -> None:
    """Ticking "none of them" unticks the others, and ticking one of them unticks it."""
    picking = Picking.of(Menu(items=FUR_AND_HAY, many=True)).toggled().marked(3).moved(1)
    none = picking.toggled()
    assert (none.rows[none.at].label, none.taken(), none.ticked) == ("None of them", (), frozenset())
    assert none.marked(1).toggled().taken() == ("fur",)


def test_nothing_ticked_is_not_taken() -> None:
    """Enter on an option without anything ticked says how to say none; Enter on "none of them" says it."""
    picking = Picking.of(Menu(items=FUR_AND_HAY, many=True))
    told = picking.taken()
    assert isinstance(told, Picking)
    assert "Nothing is ticked" in told.message
    assert told.moved(1).message == ""
    assert picking.moved(3).taken() == ()


def test_the_mark() -> None:
    """It begins at what is preselected, goes round, jumps to a number, and takes moves like answers."""
    picking = Picking.of(importance_menu())
    assert picking.taken() == ("should",)
    assert picking.moved(-2).taken() is Move.STOP
    assert picking.moved(-2).moved(1).taken() == ("must",)
    assert picking.marked(3).taken() == ("could",)
    assert picking.marked(9) == picking
    assert picking.toggled() == picking


def test_the_shift_shows_the_first_five_and_what_moved() -> None:
    """Of eight, the first five are shown and those whose rank changed; the rest is counted."""
    before = _interview(_crowd()).answered("even", Requirement(True))
    shift = Shift.between(before.answer, before.answered("last", Requirement(True, COULD)).answer)
    assert shift.leads_now
    moved = {row.ranked.candidate: row.places for row in shift.rows}
    assert moved["c6"] == 0
    assert moved["c7"] is not None
    assert moved["c7"] > 0
    assert len(shift.rows) + shift.left_out == 8
    gained = {row.ranked.candidate: row.points for row in shift.rows}
    scores = {each.candidate: each.score for each in before.answer.ranking}
    for row in shift.rows:
        assert gained[row.ranked.candidate] == pytest.approx(row.ranked.score - scores[row.ranked.candidate])


def test_no_place_is_lost_among_equals() -> None:
    """Where nothing was decided before, points are told but no rank was lost."""
    before = _interview(_crowd())
    shift = Shift.between(before.answer, before.answered("even", Requirement(True)).answer)
    assert {row.places for row in shift.rows} == {0}
    assert [row.points for row in shift.rows[:2]] == [50, 50]


def test_exclusions_are_told_once() -> None:
    """A candidate is told to be out after the answer that excludes it, and not after the next."""
    before = _interview(_crowd()).answered("even", Requirement(True))
    out = before.answered("first", Requirement(True, MUST))
    told = "\n".join(_told(before, out))
    assert all(f"C{number} is out: So." in told for number in range(1, 8))
    assert "is out" not in "\n".join(_told(out, out.answered("last", Requirement(True))))


def _told(before: Interview, after: Interview) -> list[str]:
    return Telling(Sheet(200)).shift(before, after)


def test_what_a_question_could_do() -> None:
    """A question says whom its answers would put ahead; one that changes nothing says so."""
    interview = _interview(_crowd()).answered("even", Requirement(True))
    telling = Telling(Sheet(200))
    assert "   It could put C0 ahead. 1 other question could change it too." in telling.question(
        interview, interview.ruleset.needs["first"]
    )
    assert "   As a should, it changes nothing by itself now." in telling.question(
        interview, interview.ruleset.needs["idle"]
    )


@pytest.mark.parametrize("width", [24, 40, 80])
def test_everything_that_is_told_folds(width: int) -> None:
    """No line is wider than the sheet, and what reverses the direction of reading is spelled out."""
    data = _crowd()
    data["candidates"]["c7"]["name"] = "A rather long name that \u202eturns round, and 漢字"
    data["needs"]["first"] |= {"question": "Is it\u202e so?", "help": "Think twice, \u2066and then\nonce more."}
    data["ruleset"]["title"] = "A title\u202e"
    before = _interview(data).answered("even", Requirement(True)).answered("last", Requirement(True, COULD))
    after = before.answered("first", Requirement(True, MUST))
    telling = Telling(Sheet(width))
    need = before.ruleset.needs["first"]
    parts: list[Callable[[], list[str]]] = [
        lambda: telling.opening(_interview(data, first=Requirement(True))),
        lambda: telling.question(before, need),
        lambda: telling.importance(need, True),
        lambda: telling.said(need, Requirement(True)),
        lambda: telling.shift(before, after),
        lambda: telling.shift(after, before),
        lambda: telling.back(after),
        lambda: telling.settled(after),
    ]
    for line in (line for part in parts for line in part()):
        assert display_width(line) <= width, line
        assert not {"\n", "\u202e", "\u2066"}.intersection(line), line


def _some(interview: Interview, need: str, *, last: bool = False) -> Answer:
    """Some answer to a need: the first one that the rules tell apart, or the last."""
    found = interview.question(need)
    assert found is not None
    value = found.answers[-1 if last else 0].value
    return frozenset(value) if isinstance(value, list) else value
