"""What programs that embed Steelyard use."""

from importlib import import_module
from typing import TYPE_CHECKING

from steelyard.api.answer import Answer
from steelyard.api.decision import Decision
from steelyard.api.ruleset import Ruleset, load
from steelyard.api.written import WrittenAnswer, WrittenStackAnswer

if TYPE_CHECKING:
    from steelyard.api.comparison import Comparison, compare
    from steelyard.api.stack import Stack, StackAnswer, load_stack

__all__ = [
    "Answer",
    "Comparison",
    "Decision",
    "Ruleset",
    "Stack",
    "StackAnswer",
    "WrittenAnswer",
    "WrittenStackAnswer",
    "compare",
    "load",
    "load_stack",
]

# Imported when asked for: who asks one ruleset need not wait for what compares and joins several.
if not TYPE_CHECKING:
    _MODULES = {
        "Comparison": "comparison",
        "Stack": "stack",
        "StackAnswer": "stack",
        "compare": "comparison",
        "load_stack": "stack",
    }

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
