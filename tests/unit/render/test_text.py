"""The text for a terminal: true to the result, within its width, and harmless."""

import copy
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard import Answer, Reason, Ruleset, RulesetError
from steelyard.recommendation import Outcome
from steelyard.render.comparison import differences
from steelyard.render.layout import display_width
from steelyard.render.text import NARROWEST
from tests.property.conditions import Data
from tests.property.strategies import cases
from tests.unit.render.examples import DAY, REQUESTS, STORES, answer

MINUS = "\N{MINUS SIGN}"
NO_RANK = "\N{EN DASH}"
WIDE = 2000
STYLE = re.compile(r"\x1b\[[0-9]+m")


def answered(case: tuple[Data, Data]) -> Answer:
    """The answer to a drawn request."""
    document, request = case
    return Ruleset.from_dict(document).answer(request)


def shown(points: float) -> str:
    """Points as the text has to show them, written once more."""
    if points == 0:
        return "±0"
    size = f"{abs(points):.1f}" if abs(points) >= 0.05 else "<0.1"
    return f"{'+' if points > 0 else MINUS}{size}"


def section(text: str, heading: str) -> str:
    """The section of a text that begins with this."""
    return next(each for each in text.split("\n\n") if each.startswith(f"  {heading}"))


@given(cases(), st.sampled_from((NARROWEST, 40, 60, 80, 100)), st.booleans())
def test_no_line_is_wider_than_the_width(case: tuple[Data, Data], width: int, color: bool) -> None:
    """Whatever the answer, the text keeps to its width, and ends with one end of line."""
    text = answered(case).to_text(width=width, color=color)

    assert all(display_width(STYLE.sub("", line)) <= width for line in text.splitlines())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not any(line != line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize("width", [NARROWEST, 30, 40, 60, 80, 100, 200])
@pytest.mark.parametrize("name", REQUESTS)
def test_examples_fit_every_width(name: str, width: int) -> None:
    """The examples, whose texts are long, keep to the width as well."""
    lines = answer(name).to_text(width=width).splitlines()

    assert max(map(display_width, lines)) <= width


def test_a_width_too_narrow_for_words_is_widened() -> None:
    """A width of nothing is taken for the narrowest that can be read."""
    given_answer = answer("recommended")

    assert given_answer.to_text(width=NARROWEST) == given_answer.to_text(width=0)


@given(cases())
def test_every_point_is_told(case: tuple[Data, Data]) -> None:
    """Under "Why" stands each reason of the winner with the sign and value of the result; nothing is lost."""
    given_answer = answered(case)
    if given_answer.outcome is not Outcome.RECOMMENDED:
        return
    winner = given_answer.ranking[0]
    why = section(given_answer.to_text(width=WIDE), f"Why {winner.name}")

    told = re.findall(rf"^ +([+{MINUS}][<0-9.]+)  (.+)$", why, re.MULTILINE)
    with_points = sorted((reason for reason in winner.reasons if reason.points), key=lambda each: each.points < 0)
    assert [(shown(reason.points), reason.title) for reason in with_points] == told
    for reason in winner.reasons:
        assert reason.points or f"“{reason.title}”" in why
    unrated = {fired.rule for fired in given_answer.fired} - {reason.rule for reason in winner.reasons}
    assert bool(unrated) == ("Nothing known: " in why)


@given(cases())
def test_all_candidates_are_told(case: tuple[Data, Data]) -> None:
    """Each ranked candidate stands with its rank and score, each excluded one with every reason why."""
    given_answer = answered(case)
    text = given_answer.to_text(width=WIDE)

    for ranked in given_answer.ranking:
        row = rf"^  {ranked.rank}  {re.escape(ranked.name)} +{ranked.score:.0f}(?:  |$)"
        assert given_answer.outcome is Outcome.UNDECIDED or re.search(row, text, re.MULTILINE)
    for excluded in given_answer.excluded:
        assert f"  {NO_RANK}  {excluded.name}" in text
        for reason in excluded.reasons:
            assert not reason.veto or f": {reason.because or reason.title}" in text


@given(cases())
def test_differences_sum_to_the_difference_of_scores(case: tuple[Data, Data]) -> None:
    """What "Why not" tells of two candidates is all that sets their scores apart."""
    given_answer = answered(case)
    for other in given_answer.ranking[1:]:
        winner = given_answer.ranking[0]
        found = differences(other, winner, given_answer, given_answer.asked)

        assert sum(each.points for each in found) == pytest.approx(other.score - winner.score, abs=1e-9)


@given(cases())
def test_every_source_that_is_named_is_listed(case: tuple[Data, Data]) -> None:
    """What stands in brackets beside a reason stands under "Sources", once."""
    text = answered(case).to_text(width=WIDE)

    named = set(re.findall(r"\[([a-z0-9-]+), [0-9]{4}-[0-9]{2}(?:, stale)?\]", text))
    listed = re.findall(r"^  \[([a-z0-9-]+)\] ", text, re.MULTILINE)
    assert sorted(named) == sorted(listed)


def test_colors_change_nothing_but_colors() -> None:
    """Without its colours, a coloured text is the plain one."""
    for name in REQUESTS:
        given_answer = answer(name)

        assert given_answer.to_text() == STYLE.sub("", given_answer.to_text(color=True))


def test_asking_for_a_text_twice_gives_the_same() -> None:
    """A text depends on the answer alone."""
    assert answer("recommended").to_text() == answer("recommended").to_text()


@pytest.mark.parametrize("name", ["undecided", "nothing-said"])
def test_undecided_names_what_could_be_answered(name: str) -> None:
    """Where nothing decides, no score is shown, and each need that is left open is."""
    given_answer = answer(name)
    text = given_answer.to_text()

    assert "█" not in text
    for need in given_answer.unanswered:
        assert f"{need}: {STORES['needs'][need]['question']}" in text


def test_undecided_with_every_need_answered() -> None:
    """Where nothing decides and nothing is left to answer, the text says that no rule speaks."""
    document = copy.deepcopy(STORES)
    document["needs"] = {"sql": STORES["needs"]["sql"]}
    document["rules"] = {"speaks-sql": STORES["rules"]["speaks-sql"]}

    text = Ruleset.from_dict(document).recommend({"sql": False}, as_of=DAY).to_text()

    assert "Every need is answered, but no rule speaks to these answers." in text


def test_runners_up_that_share_a_rank_are_all_answered() -> None:
    """Every candidate on the second rank has its "Why not": none is passed over by chance."""
    text = Ruleset.from_dict(STORES).recommend({"traffic": 1000}, as_of=DAY, candidates=["magpie", "owl"]).to_text()
    assert text.count("Why not") == 1

    document = copy.deepcopy(STORES)
    document["rules"]["takes-the-load"]["ratings"]["owl"] = {"rating": "poor", "because": "So says its maker."}
    text = Ruleset.from_dict(document).recommend({"traffic": 1000}, as_of=DAY).to_text()
    assert "Why not Heron: " in text
    assert "Why not Owl: " in text


def test_control_characters_of_a_ruleset_made_in_python_do_no_harm() -> None:
    """Escape sequences in a model that no reader has checked are spelled out, not sent to the terminal."""
    model = Ruleset.from_dict(STORES).model
    heron = replace(model.candidates["heron"], name="He\x1b[2Jron\nfits \u202eworst\ud800")
    model = replace(model, candidates={**model.candidates, "heron": heron}, version="1\x07")

    text = Ruleset(model).answer(REQUESTS["recommended"]).to_text(width=WIDE)

    assert "Why He\\x1b[2Jron fits \\u202eworst\\ud800" in text
    assert not re.search(r"[^\n -\U0010ffff]|[\x7f-\x9f\u202e\ud800]", text)


def test_from_dict_refuses_control_characters() -> None:
    """A ruleset made from plain data cannot hold them in the first place."""
    document = copy.deepcopy(STORES)
    document["candidates"]["heron"]["name"] = "He\x1b[2Jron"

    with pytest.raises(RulesetError) as raised:
        Ruleset.from_dict(document)

    assert ["value/control-character"] == [found.code.value for found in raised.value.diagnostics]


def test_reasons_are_shown_without_a_because() -> None:
    """A rating without a reason stands with its title and its sources alone."""
    document = copy.deepcopy(STORES)
    document["rules"]["speaks-sql"]["ratings"]["heron"] = "good"
    given_answer = Ruleset.from_dict(document).recommend({"sql": True}, as_of=DAY)

    assert isinstance(given_answer.ranking[0].reasons[0], Reason)
    assert "  Why Heron\n  +25.0  Speaks SQL\n\n" in given_answer.to_text()
