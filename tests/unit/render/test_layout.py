"""Widths, folding and bars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.render.layout import GLUE, Sheet, bar, display_width, fold, harmless

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1).map(harmless).filter(bool)


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("日本語", 6), ("e\N{COMBINING ACUTE ACCENT}", 1), ("\N{ZERO WIDTH JOINER}", 0), ("█▎", 2)],
)
def test_width_is_what_a_terminal_shows(text: str, width: int) -> None:
    """Wide characters take two columns, what stands on another character takes none."""
    assert width == display_width(text)


@given(TEXTS, st.integers(8, 60), st.integers(0, 4))
def test_folding_loses_nothing_and_keeps_to_the_width(text: str, width: int, indent: int) -> None:
    """Whatever the text, no line is too wide, and its words are all there in their order."""
    lines = fold(text, width, first=" " * indent, rest=" " * indent)

    assert all(display_width(line) <= width for line in lines)
    assert "".join(text.split()) == "".join("".join(lines).split())


def test_lines_break_between_words() -> None:
    """A line is as full as it can be without cutting a word."""
    assert ["a weight", "  on an", "  arm"] == fold("a weight on an arm", 8, rest="  ")


def test_a_percent_sign_stays_with_its_number() -> None:
    """No line begins with a percent sign, or within what is glued together."""
    assert ["it is", "71 % off"] == fold("it is 71 % off", 8)
    assert ["see", "[a, b]"] == fold(f"see [a,{GLUE}b]", 9)


def test_a_long_word_is_cut_after_a_sign() -> None:
    """What fits on no line is cut where the reader of an address can put it together again."""
    assert ["https://example.org/", "stores/heron"] == fold("https://example.org/stores/heron", 24)
    assert ["aaaaaaaa", "aa"] == fold("a" * 10, 8)


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, ""), (1, "██████████"), (0.5, "█████"), (0.52, "█████▎"), (0.001, ""), (0.99, "█████████▉")],
)
def test_a_bar_is_true_to_an_eighth(share: float, shown: str) -> None:
    """A bar is as long as its share of the width, to the nearest eighth of a column."""
    assert shown == bar(share, 10)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("two\nlines\tand\u2028more", "two lines and more"),
        ("\u202edrawkcab", "\\u202edrawkcab"),
        ("\x9b2J", "\\x9b2J"),
        ("half \ud800", "half \\ud800"),
        ("Größe 日本語 👩‍🔬", "Größe 日本語 👩‍🔬"),
    ],
)
def test_what_steers_a_terminal_is_spelled_out(text: str, shown: str) -> None:
    """Control characters and reversals are shown, not obeyed; everything else stays."""
    assert shown == harmless(text)


def test_colors_are_left_out_unless_asked_for() -> None:
    """Without colour a sheet adds nothing; with it, only the sign decides."""
    assert "+1.0" == Sheet(80).signed("+1.0")
    assert "\x1b[32m+1.0\x1b[0m" == Sheet(80, color=True).signed("+1.0")
    assert "±0" == Sheet(80, color=True).signed("±0")
