"""What can be said to a question, and how a line that was typed says it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from steelyard.diagnostics import Code, FaultsError, closest, quote
from steelyard.model import Answer, Importance, Need, NeedType
from steelyard.reader import PlainText
from steelyard.recommendation import joined
from steelyard.shape import read_answer


class Move(Enum):
    """What can be said in place of an answer: how it reads, its key, and the words that are typed for it."""

    UNKNOWN = ("I don't know", "?", ("?", "skip", "unknown", "don't know", "dont know", "i don't know"))
    BACK = ("Go back", "b", ("<", "b", "back"))
    STOP = ("Stop here", "q", (".", "q", "quit", "stop", "exit"))

    def __init__(self, label: str, key: str, words: tuple[str, ...]) -> None:
        """Takes the parts."""
        self.label = label
        self.key = key
        self.words = words


Item = tuple[str, str]
"""An id and a label."""

_NONE_WORDS = ("none", "none of them", "-", "0")
_YES_NO: tuple[Item, ...] = (("yes", "Yes"), ("no", "No"))
_SHORT = {"y": "yes", "true": "yes", "n": "no", "false": "no"}
_IMPORTANCES = {
    Importance.MUST: "A must: what does not support it is out",
    Importance.SHOULD: "It should be so",
    Importance.COULD: "It would be nice",
}


class NotUnderstoodError(Exception):
    """What was typed is no answer to the question; the message says what would be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """What there is to choose from.

    Attributes:
        items: id and label of each.
        many: whether any number of them can be chosen, also none.
        preselected: the item that is meant if nothing else is said.
        moves: what can be said in place of an answer.
    """

    items: tuple[Item, ...]
    many: bool = False
    preselected: str | None = None
    moves: tuple[Move, ...] = ()


Picked = tuple[str, ...]
"""The ids that were chosen from a menu."""


def menu_of(need: Need, moves: Iterable[Move]) -> Menu | None:
    """The menu of a need's answers; None for a number, which is typed."""
    match need.type:
        case NeedType.NUMBER:
            return None
        case NeedType.FLAG:
            return Menu(items=_YES_NO, moves=tuple(moves))
    return Menu(items=need.options, many=need.type is NeedType.CHOICES, moves=tuple(moves))


def importance_menu() -> Menu:
    """How much an answer matters; it should be so, if nothing else is said."""
    items = tuple((importance.value, label) for importance, label in _IMPORTANCES.items())
    return Menu(items=items, preselected=Importance.SHOULD.value, moves=(Move.BACK, Move.STOP))


def yes_or_no() -> Menu:
    """A plain question; no, if nothing else is said."""
    return Menu(items=_YES_NO, preselected="no")


def answer_of(need: Need, picked: Picked) -> Answer:
    """The answer that was chosen from the need's menu."""
    if need.type is NeedType.CHOICES:
        return frozenset(picked)
    return picked == ("yes",) if need.type is NeedType.FLAG else picked[0]


def move_typed(text: str, moves: Iterable[Move]) -> Move | None:
    """The move that a line stands for, if it is one of these."""
    typed = _plain(text)
    return next((move for move in moves if typed in move.words), None)


def as_number(need: Need, text: str) -> Answer:
    """The number that a line answers.

    Raises:
        NotUnderstoodError: it is none, or out of bounds; the message is the one that a request would get.
    """
    try:
        return read_answer(need, PlainText(text.strip()), Code.REQUEST_UNKNOWN_OPTION)
    except FaultsError as error:
        first = error.diagnostics[0]
        raise NotUnderstoodError(": ".join(filter(None, (first.message, first.help)))) from None


def as_picked(menu: Menu, text: str) -> Picked | Move:
    """What a line chooses: items by number, id or label, several with commas; or a move.

    An item's own id or label wins over the words for moves; their signs `?`, `<` and `.` always stand for them.

    Raises:
        NotUnderstoodError: it chooses nothing of the menu.
    """
    typed = _plain(text)
    if not typed:
        if menu.preselected is not None:
            return (menu.preselected,)
        raise NotUnderstoodError(_what_could_be(menu))
    whole = _item(menu, typed)
    if whole is not None:
        return (whole,)
    move = move_typed(typed, menu.moves)
    if move is not None:
        return move
    if not menu.many:
        raise NotUnderstoodError(_not_there(menu, text.strip()))
    return () if typed in _NONE_WORDS else _several(menu, typed)


def _several(menu: Menu, typed: str) -> Picked:
    parts = [part.strip() for part in typed.split(",") if part.strip()]
    if len(parts) == 1:
        # Blanks will do between numbers and ids, which have none in them.
        parts = re.split(r"\s+", typed)
    found = set()
    for part in parts:
        item = _item(menu, part)
        if item is None:
            raise NotUnderstoodError(_not_there(menu, part))
        found.add(item)
    return tuple(each for each, _ in menu.items if each in found)


def _item(menu: Menu, typed: str) -> str | None:
    """The item of this number, id or label."""
    ids = [each for each, _ in menu.items]
    if re.fullmatch("[0-9]{1,9}", typed) and 1 <= int(typed) <= len(ids):
        return ids[int(typed) - 1]
    short = _SHORT.get(typed, typed) if menu.items == _YES_NO else typed
    if short in ids:
        return short
    return next((each for each, label in menu.items if _plain(label) == typed), None)


def _not_there(menu: Menu, typed: str) -> str:
    near = closest(typed, [each for each, _ in menu.items])
    meant = f"did you mean {quote(near)}?" if near else _what_could_be(menu)
    return f"{quote(typed)} is none of them: {meant}"


def _what_could_be(menu: Menu) -> str:
    count = len(menu.items)
    numbers = f"a number from 1 to {count}" if count > 2 else joined([str(number + 1) for number in range(count)], "or")
    several = [f"{numbers} (several with commas)", "none"] if menu.many else [numbers]
    return f"type {joined([*several, *(hint_of(move) for move in menu.moves)], 'or')}"


def hint_of(move: Move) -> str:
    """The sign of a move and what it means, as a plain line tells it."""
    return f"{move.words[0]} ({move.label})"


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
