"""An interview from its first question to its last, whatever face it has: keys and lists, or plain lines."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from steelyard.interview import (
    Interview,
    Menu,
    Move,
    NotUnderstoodError,
    Picked,
    Telling,
    answer_of,
    as_number,
    hint_of,
    importance_menu,
    menu_of,
    move_typed,
)
from steelyard.model import Answer, Importance, Need, Requirement
from steelyard.recommendation import counted
from steelyard.render.layout import Sheet, harmless
from steelyard.render.wording import possible_answers

PROMPT = "> "
"""What stands before an answer that is typed."""

_STOP, _ON = "stop", "on"


class Face(Protocol):
    """How an interview is held."""

    @property
    def sheet(self) -> Sheet:
        """What is written on, as wide as it is now."""
        ...

    @property
    def is_attended(self) -> bool:
        """Whether a person answers, who can be asked before something is lost."""
        ...

    @property
    def has_ended(self) -> bool:
        """Whether nothing more can be answered."""
        ...

    def tell(self, lines: Iterable[str]) -> None:
        """Shows lines."""
        ...

    def choose(self, menu: Menu) -> Picked | Move:
        """What is chosen from a menu; `Move.STOP` where nothing more can be answered."""
        ...

    def line(self, prompt: str) -> str | None:
        """A line that is typed; None where nothing more can be answered."""
        ...


class Conduct:
    """Holds an interview; `interview` is how it stands, also when it is broken off."""

    def __init__(self, interview: Interview, face: Face) -> None:
        """Starts where the interview stands."""
        self.interview = interview
        self._face = face

    def run(self) -> None:
        """Asks until all is settled, or until it is enough."""
        self._face.tell(self._telling.opening(self.interview))
        while self._turn() is not Move.STOP:
            pass

    @property
    def _telling(self) -> Telling:
        return Telling(self._face.sheet)

    def _turn(self) -> Move | None:
        need = self.interview.next_need
        move = self._offer() if need is None else self._ask(self.interview.ruleset.needs[need])
        if move is Move.BACK:
            self._face.tell(self._telling.back(self.interview))
            self.interview = self.interview.back()
        return move

    def _ask(self, need: Need) -> Move | None:
        """Asks one question; gives the move that was chosen in place of an answer, if it leads elsewhere."""
        before = self.interview
        self._face.tell(self._telling.question(before, need))
        while True:
            value = self._value(need)
            if value is Move.UNKNOWN:
                self.interview = before.passed_over(need.id)
                self._face.tell(self._telling.not_known())
                return None
            if isinstance(value, Move):
                return value
            # It counts from here on, so that it is not lost if the interview is broken off.
            self.interview = before.answered(need.id, Requirement(value))
            importance = self._importance(need, value) if before.can_matter(need, value) else Importance.SHOULD
            if importance is Move.BACK:
                self.interview = before
                continue
            if isinstance(importance, Move):
                return importance
            requirement = Requirement(value, importance)
            self.interview = before.answered(need.id, requirement)
            self._face.tell(self._telling.said(need, requirement))
            self._face.tell(self._telling.shift(before, self.interview))
            return None

    def _value(self, need: Need) -> Answer | Move:
        moves = (Move.UNKNOWN, *((Move.BACK,) if self.interview.steps else ()), Move.STOP)
        menu = menu_of(need, moves)
        if menu is None:
            return self._number(need, moves)
        picked = self._face.choose(menu)
        return picked if isinstance(picked, Move) else answer_of(need, picked)

    def _number(self, need: Need, moves: tuple[Move, ...]) -> Answer | Move:
        """What is answered to a need that is a number; asks again until it is one."""
        self._hint(harmless(possible_answers(need)))
        self._hint("   ".join(map(hint_of, moves)))
        while (typed := self._face.line(PROMPT)) is not None:
            if move := move_typed(typed, moves):
                return move
            try:
                return as_number(need, typed)
            except NotUnderstoodError as error:
                self._hint(harmless(str(error)))
        return Move.STOP

    def _hint(self, text: str) -> None:
        self._face.tell(self._face.sheet.fold(text, first="   "))

    def _importance(self, need: Need, value: Answer) -> Importance | Move:
        self._face.tell(self._telling.importance(need, value))
        picked = self._face.choose(importance_menu())
        return picked if isinstance(picked, Move) else Importance(picked[0])

    def _offer(self) -> Move | None:
        """Stops, unless the rest is wanted though it changes nothing, or the last answer is to be taken back."""
        self._face.tell(self._telling.settled(self.interview))
        menu = Menu(items=((_STOP, "Show the recommendation"),), preselected=_STOP)
        if self.interview.rest:
            rest = f"Go on with {counted(len(self.interview.rest), 'other question')}"
            menu = replace(menu, items=(*menu.items, (_ON, rest)))
        if self.interview.steps:
            menu = replace(menu, moves=(Move.BACK,))
        if len(menu.items) + len(menu.moves) == 1:
            return Move.STOP
        picked = self._face.choose(menu)
        if picked == (_ON,):
            self.interview = self.interview.going_on()
            return None
        return picked if isinstance(picked, Move) else Move.STOP
