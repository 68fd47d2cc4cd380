"""Choosing from a menu with keys: where the mark stands and what is ticked. Each key makes another state."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from steelyard.interview.menu import Menu, Move, Picked

NONE_LABEL = "None of them"
_NOTHING_TICKED = f"Nothing is ticked: tick with space, or choose “{NONE_LABEL}” below."


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: an item by its id, a move, or neither, which is none of the items."""

    label: str
    item: str | None = None
    move: Move | None = None

    @property
    def is_none(self) -> bool:
        """Whether it stands for none of the items."""
        return self.item is None and self.move is None


@dataclass(frozen=True, kw_only=True)  # without slots, which leave no room for what is worked out once
class Picking:
    """A menu while somebody chooses from it.

    Attributes:
        menu: what there is to choose from.
        at: the row with the mark.
        ticked: the items that were ticked.
        none: whether "none of them" is ticked.
        message: what is to be said about the last key, if anything.
    """

    menu: Menu
    at: int = 0
    ticked: frozenset[str] = frozenset()
    none: bool = False
    message: str = ""

    @classmethod
    def of(cls, menu: Menu) -> "Picking":
        """The menu with the mark at what is preselected."""
        ids = [each for each, _ in menu.items]
        return cls(menu=menu, at=ids.index(menu.preselected) if menu.preselected in ids else 0)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The items, then none of them where that is an answer, then the moves."""
        return tuple(self._rows())

    def moved(self, by: int) -> "Picking":
        """The mark so many rows further down; after the last row comes the first."""
        return replace(self, at=(self.at + by) % len(self.rows), message="")

    def marked(self, number: int) -> "Picking":
        """The mark at the item of this number, if there is one."""
        return replace(self, at=number - 1, message="") if 1 <= number <= len(self.menu.items) else self

    def toggled(self) -> "Picking":
        """The row with the mark ticked, or no longer; none of them and some of them exclude each other."""
        row = self.rows[self.at]
        if not self.menu.many or row.move is not None:
            return self
        if row.item is None:
            return replace(self, ticked=frozenset(), none=not self.none, message="")
        return replace(self, ticked=self.ticked ^ {row.item}, none=False, message="")

    def taken(self) -> "Picking | Picked | Move":
        """What Enter takes; the same state with a message where that is nothing yet."""
        row = self.rows[self.at]
        if row.move is not None:
            return row.move
        if not self.menu.many:
            return (row.item,) if row.item is not None else ()
        if self.none or row.is_none:
            return ()
        if not self.ticked:
            return replace(self, message=_NOTHING_TICKED)
        return tuple(each for each, _ in self.menu.items if each in self.ticked)

    def box(self, row: Row) -> str:
        """What stands before the label of a row: a box where it can be ticked."""
        if not self.menu.many or row.move is not None:
            return ""
        is_ticked = self.none if row.item is None else row.item in self.ticked
        return "[x] " if is_ticked else "[ ] "

    def _rows(self) -> Iterator[Row]:
        for item, label in self.menu.items:
            yield Row(label, item=item)
        if self.menu.many:
            yield Row(NONE_LABEL)
        for move in self.menu.moves:
            yield Row(move.label, move=move)
