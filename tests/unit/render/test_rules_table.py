"""The table of rules: keys for its columns, and tables of as many candidates as fit."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.knowledge import Knowledge, balance
from steelyard.library import check_data
from steelyard.render.layout import MINUS, display_width
from steelyard.render.page import Table, page_as_text
from steelyard.render.rules import balance_page, rules_page
from steelyard.render.rules.keys import short_keys
from tests.dated import pets

DAY = pets().recommend({}, as_of="2025-02-01").as_of


@cache
def knowledge(candidates: int, name: str = "A rather long name", rules: int = 1) -> Knowledge:
    """A ruleset with so many candidates, none of whose names fits above a column, and so many rules."""
    data: dict[str, Any] = {
        "ruleset": {"id": "many", "title": "Which?", "version": "1"},
        "needs": {"need": {"question": "Is it?", "type": "flag"}},
        "candidates": {f"candidate-{number}": {"name": f"{name} {number}"} for number in range(candidates)},
        "criteria": {"one": "One"},
        "rules": {
            f"rule-{place}": {
                "criterion": "one",
                "title": "A rule whose title is long enough to be folded",
                "when": {"need": True},
                "ratings": {f"candidate-{number}": "good" for number in range(candidates)},
            }
            for place in range(rules)
        },
    }
    return Knowledge.of(check_data(data).required(), DAY)


def heads(known: Knowledge, room: int) -> list[list[str]]:
    """The heads of the columns for candidates, table by table."""
    tables = [block for block in rules_page(known, room) if isinstance(block, Table)]
    return [["".join(map(str, column.head)) for column in table.columns[2:]] for table in tables]


@pytest.mark.parametrize(
    ("ids", "keys"),
    [
        (["pytorch", "tensorflow"], ["PY", "TE"]),
        (["pytorch", "python", "pyro", "py"], ["PY", "PT", "PR", "P1"]),
        (["a", "a-b", "b-1"], ["A1", "AB", "B1"]),
        (["x", "x1", "xx"], ["X1", "X2", "XX"]),
    ],
)
def test_keys(ids: list[str], keys: list[str]) -> None:
    """A key is the first letter with the first later one that makes it unlike the others, or with a number."""
    assert list(short_keys(ids).values()) == keys


@given(st.lists(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True), unique=True))
def test_no_two_keys_are_the_same(ids: list[str]) -> None:
    """However alike the ids are, each has a key of its own."""
    keys = short_keys(ids)
    assert len(set(keys.values())) == len(ids) == len(keys)


def test_ten_candidates_fit_eighty_columns() -> None:
    """Up to ten candidates stand beside each other on an ordinary terminal, and more in tables of one size."""
    assert [len(part) for part in heads(knowledge(10), 80)] == [10]
    assert [len(part) for part in heads(knowledge(20), 80)] == [10, 10]
    assert [len(part) for part in heads(knowledge(21), 80)] == [11, 10]


def test_names_stand_where_they_fit() -> None:
    """Where there is room for the names, they head the columns, and no legend is needed."""
    assert heads(knowledge(2), 120) == [["A rather long name 0", "A rather long name 1"]]
    assert heads(knowledge(2), 60) == [["CA", "CN"]]


@given(st.integers(1, 40), st.integers(24, 160))
def test_no_table_is_wider_than_the_terminal(candidates: int, room: int) -> None:
    """Whatever the number of candidates and the width, every candidate has a column, and lines keep to the width."""
    known = knowledge(candidates)
    assert sum(map(len, heads(known, room))) == candidates
    assert all(display_width(line) <= room for line in page_as_text(rules_page(known, room), width=room).split("\n"))


@given(st.sampled_from([1, 10, 120]), st.integers(24, 160))
def test_no_balance_is_wider_than_the_terminal(rules: int, room: int) -> None:
    """However many ratings there are to count and however narrow the terminal, lines keep to its width."""
    known = knowledge(3, rules=rules)
    page = page_as_text(balance_page(known, balance(known), room), width=room)
    assert all(display_width(line) <= room for line in page.split("\n"))


def test_counts_without_a_table() -> None:
    """Where columns have no room, the counts stand in a line below each candidate."""
    known = knowledge(1, "Dog", rules=120)
    assert page_as_text(balance_page(known, balance(known), 30), width=30).endswith(
        f"  Dog 0\n      ++ 0, + 120, o 0, {MINUS} 0,\n      x 0, · 0, weight 120\n"
    )
