"""The interview: which question is next, what was said, what it changed, and how to get there again.

It knows nothing of terminals: `cli` asks the questions and shows what is told here.
"""

from steelyard.interview.menu import (
    Menu,
    Move,
    NotUnderstoodError,
    Picked,
    answer_of,
    as_number,
    as_picked,
    hint_of,
    importance_menu,
    menu_of,
    move_typed,
    yes_or_no,
)
from steelyard.interview.picking import Picking, Row
from steelyard.interview.reproducing import ask_command, recommend_command, requirements_text
from steelyard.interview.shift import Shift, Shifted
from steelyard.interview.state import Interview, Step
from steelyard.interview.telling import Telling, effect

__all__ = [
    "Interview",
    "Menu",
    "Move",
    "NotUnderstoodError",
    "Picked",
    "Picking",
    "Row",
    "Shift",
    "Shifted",
    "Step",
    "Telling",
    "answer_of",
    "as_number",
    "as_picked",
    "ask_command",
    "effect",
    "hint_of",
    "importance_menu",
    "menu_of",
    "move_typed",
    "recommend_command",
    "requirements_text",
    "yes_or_no",
]
