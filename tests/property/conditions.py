"""Random needs, conditions on them and answers to them, as plain data.

The functions here draw with a `Chooser`, which costs one small integer per choice: composing Hypothesis
strategies for every nested part made drawing several times slower.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any, TypeVar

from hypothesis import strategies as st

Data = dict[str, Any]
T = TypeVar("T")

# Valid ids that YAML, read carelessly, would take for something else are among them on purpose.
NEED_IDS = ("team_size", "targets", "no", "a", "2020", "null", "on_off")
OPTION_IDS = ("web", "on-device", "no", "1", "1e3", "null", "2020-01-01", "true")
TEXTS = ("A plain text", "no", "12:30", "1e3", "Größe: 5 # not a comment", "'quoted' \"twice\"", "日本語")
IMPORTANCES = ("must", "should", "could")
MOST_NESTED = 4


@lru_cache
def below(limit: int) -> st.SearchStrategy[int]:
    """A number from 0, below the limit."""
    return st.integers(0, limit - 1)


class Chooser:
    """Random choices from lists, whose first item is the simplest: Hypothesis shrinks towards it."""

    def __init__(self, draw: st.DrawFn) -> None:
        """Draw by Hypothesis's own function."""
        self._draw = draw
        self._texts_given = 0

    def below(self, limit: int) -> int:
        """A number from 0, below the limit."""
        return self._draw(below(limit)) if limit > 1 else 0

    def one_of(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options))]

    def rarely(self, out_of: int) -> bool:
        """True once in so many times."""
        return self.below(out_of) == out_of - 1

    def some_of(self, options: Sequence[T], at_least: int = 0, containing: T | None = None) -> list[T]:
        """Any of the options, each once, in their order or in one turned round."""
        if not options:
            return []
        everything = 2 ** len(options)
        turn, mask = divmod(self.below((everything - at_least) * len(options)), everything - at_least)
        mask += at_least
        turned = [*options[turn:], *options[:turn]]
        return [option for place, option in enumerate(turned) if mask >> place & 1 or option == containing]

    def some_ids(self, ids: Sequence[str], at_most: int) -> list[str]:
        """From one to so many of the ids; every count is as likely."""
        count, turn = 1 + self.below(min(at_most, len(ids))), self.below(len(ids))
        return [*ids[turn:], *ids[:turn]][:count]

    def text(self) -> str:
        """Each text in its turn: which text stands where changes no recommendation, so none is drawn."""
        self._texts_given += 1
        return TEXTS[self._texts_given % len(TEXTS)]


def needs(chooser: Chooser) -> Data:
    """From one to five needs of any type."""
    return {need_id: need(chooser) for need_id in chooser.some_ids(NEED_IDS, at_most=5)}


def need(chooser: Chooser) -> Data:
    """One need, sometimes with what is optional in it."""
    kind = chooser.one_of(("flag", "choice", "choices", "scale", "number"))
    body: Data = {"question": chooser.text(), "type": kind}
    extras = chooser.rarely(3)
    if extras:
        body["help"] = chooser.text()
    if kind == "number":
        # Bounds on a grid of few points, so that operands and answers often meet.
        scale, lowest = chooser.one_of((1, 2, 10, 1000)), chooser.below(25) - 12
        body["minimum"] = written(chooser, lowest, scale)
        body["maximum"] = written(chooser, lowest + 1 + chooser.below(12), scale)
        if extras:
            body["unit"] = chooser.text()
    elif kind != "flag":
        options = chooser.some_ids(OPTION_IDS, at_most=3)
        more = next(option for option in OPTION_IDS if option not in options)
        body["options"] = {option: chooser.text() for option in [*options, more]}
    return body


def written(chooser: Chooser, steps: int, scale: int) -> int | float:
    """The number `steps / scale` as one may write it: 2, 2.0 or 0.25."""
    if steps % scale == 0 and not chooser.rarely(3):
        return steps // scale
    return steps / scale


def number(chooser: Chooser, minimum: float, maximum: float) -> int | float:
    """A number within the bounds, mostly on the grid that they lie on."""
    lowest, highest = Fraction(str(minimum)), Fraction(str(maximum))
    scale = lcm(lowest.denominator, highest.denominator) * (3 if chooser.rarely(6) else 1)
    first, last = int(lowest * scale), int(highest * scale)
    return written(chooser, first + chooser.below(last - first + 1), scale)


def value(chooser: Chooser, need: Data) -> Any:
    """Any value a project may give for the need."""
    match need["type"]:
        case "flag":
            return chooser.one_of((True, False))
        case "number":
            return number(chooser, need["minimum"], need["maximum"])
        case "choices":
            return chooser.some_of(list(need["options"]))
    return chooser.one_of(list(need["options"]))


def answer(chooser: Chooser, need: Data, importances: Sequence[str] = IMPORTANCES) -> Any:
    """A value, bare or with its importance."""
    given = value(chooser, need)
    match chooser.one_of(("full", "full", "full", "bare", "value only")):
        case "bare":
            return given
        case "value only":
            return {"value": given}
    return {"value": given, "importance": chooser.one_of(importances)}


def test_of(chooser: Chooser, need: Data) -> Any:
    """A test of one need in any written form: a bare value, a list, or operators some value satisfies."""
    kind = need["type"]
    form = chooser.one_of(("bare", "operators", "operators", "list"))
    if form == "bare":
        return value(chooser, {**need, "type": "choice"} if kind == "choices" else need)
    if form == "list" and kind not in ("flag", "number"):
        return chooser.some_of(list(need["options"]), at_least=1)
    operands = operands_for(chooser, need, value(chooser, need))
    return {operator: operands[operator]() for operator in chooser.some_of(list(operands), at_least=1)}


def operands_for(chooser: Chooser, need: Data, passing: Any) -> dict[str, Callable[[], Any]]:
    """For each operator of the need's type, how to draw an operand with which that value passes the test."""
    match need["type"]:
        case "flag":
            return {"is": lambda: passing}
        case "number":
            return {
                "at_least": lambda: number(chooser, need["minimum"], passing),
                "at_most": lambda: number(chooser, passing, need["maximum"]),
                "is": lambda: passing,
            }
        case "choices":
            return operands_for_several(chooser, list(need["options"]), passing)
    options = list(need["options"])
    others = [option for option in options if option != passing]
    operands: dict[str, Callable[[], Any]] = {
        "is": lambda: passing,
        "any_of": lambda: chooser.some_of(options, containing=passing),
        "none_of": lambda: chooser.some_of(others, at_least=1),
    }
    if need["type"] == "scale":
        place = options.index(passing)
        operands["at_least"] = lambda: chooser.one_of(options[: place + 1])
        operands["at_most"] = lambda: chooser.one_of(options[place:])
    return operands


def operands_for_several(chooser: Chooser, options: list[str], passing: list[str]) -> dict[str, Callable[[], Any]]:
    """The same for a `choices` need, whose value is a list."""
    others = [option for option in options if option not in passing]
    operands: dict[str, Callable[[], Any]] = {"is": lambda: list(reversed(passing))}
    if passing:
        operands["includes"] = lambda: chooser.one_of(passing)
        operands["all_of"] = lambda: chooser.one_of((passing, chooser.some_of(passing, at_least=1)))
        operands["any_of"] = lambda: chooser.some_of(options, containing=chooser.one_of(passing))
    if others:
        operands["none_of"] = lambda: chooser.some_of(others, at_least=1)
    return operands


def condition(chooser: Chooser, needs: Data) -> Data:
    """A condition with `all`, `any` and `not` nested up to four deep; shallow ones are the most frequent."""
    return mapping(chooser, needs, chooser.one_of((0, 0, 0, 1, 1, 1, 2, 3, MOST_NESTED)))


def mapping(chooser: Chooser, needs: Data, depth: int) -> Data:
    """A mapping of one to three entries, one of which is nested exactly `depth` deep."""
    entries: Data = {}
    if depth:
        entries |= connective(chooser, needs, depth)
    if depth > 1 and chooser.rarely(3):
        # A shallow entry beside the deep one; if both are of one kind, the deep one stays.
        entries = connective(chooser, needs, 1) | entries
    if not depth or chooser.rarely(3):
        for tested in chooser.some_ids(list(needs), at_most=chooser.one_of((1, 1, 2))):
            entries[tested] = test_of(chooser, needs[tested])
    return entries


def connective(chooser: Chooser, needs: Data, depth: int) -> Data:
    """One entry `all`, `any` or `not`, nested exactly `depth` deep."""
    name = chooser.one_of(("any", "any", "all", "not"))
    deep = mapping(chooser, needs, depth - 1)
    if name == "not":
        return {"not": deep}
    parts = [mapping(chooser, needs, 0) for _ in range(chooser.one_of((1, 2, 0)))]
    parts.insert(chooser.below(len(parts) + 1), deep)
    return {name: parts}
