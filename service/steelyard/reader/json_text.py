"""Strict JSON text to plain data, with the place of every fault.

Text without a fault, which is nearly all of it, is read by the standard library at full speed. It says too little
about the rest, and other things from release to release, so a scanner of our own goes over a faulty text again.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import islice
from typing import Any, NoReturn

from steelyard.diagnostics import Code, Diagnostic, FaultsError, Path, Source, closest, fault, quote, span_at
from steelyard.reader.limits import DEFAULT_LIMITS, Limits
from steelyard.reader.refusals import decoded

_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_OPEN_STRING = r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*'
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
_SOUND_START_OF_STRING = re.compile(_OPEN_STRING)
_TOKEN = re.compile(
    r"[ \t\n\r]*(?:"
    rf'(?P<string>{_OPEN_STRING}")'
    rf"|(?P<plain>(?:{_NUMBER}|true|false|null)(?![\w.+-]))"
    r"|(?P<mark>[{}\[\]:,])"
    r"|(?P<end>\Z)"
    r"|(?P<unclear>\"|[^\s{}\[\]:,\"]+|.)"
    r")",
    re.DOTALL,
)
_WORDS = ("true", "false", "null")
# What is worth telling, and worth the time to find: a longer text is hardly written by hand, and may be hostile.
_MOST_FAULTS = 100
_MOST_TOKENS = 100_000


def read_json(content: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Any:
    """The data that a JSON text (RFC 8259) in UTF-8 holds; a byte order mark is passed over.

    Args:
        content: the bytes of the text.
        name: what messages call it.
        limits: of which `depth` counts here.

    Raises:
        FaultsError: it is not UTF-8, not JSON (`NaN` and `Infinity` are not), too deep, holds a key twice in one
            object, or a whole number with more digits than Python reads.
    """
    source = decoded(content, name, Code.JSON_NOT_UTF8, "write the text in UTF-8")
    try:
        return _quickly(source, limits.depth)
    except FaultsError as error:
        raise FaultsError(_Scanner(source, limits.depth).faults() or error.diagnostics) from None


def _quickly(source: Source, depth: int) -> Any:
    """What the text holds, as the standard library reads it; of a faulty one, little more than that it is."""
    if _is_deeper_than(source.text, depth):
        raise FaultsError([fault(Code.JSON_TOO_DEEP, _too_deep(depth))])
    try:
        return json.loads(source.text, object_pairs_hook=_without_repetition, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = span_at(source, error.pos)
        raise FaultsError([fault(Code.JSON_SYNTAX, "from here on, the text is not JSON", span=place)]) from None
    except FaultsError:
        raise
    except ValueError:
        # Python refuses to read so long a number.
        raise FaultsError([fault(Code.JSON_SYNTAX, "a number has too many digits")]) from None


def _is_deeper_than(text: str, depth: int) -> bool:
    """Whether objects and arrays are nested deeper, as far as the text is JSON; so no parser need recurse to see it."""
    if text.count("[") + text.count("{") <= depth:
        return False
    level = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        level += 1 if bracket in "[{" else -1
        if level > depth:
            return True
    return False


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        repeated = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise FaultsError([fault(Code.JSON_DUPLICATE_KEY, _twice(repeated))])
    return found


def _refuse_constant(constant: str) -> NoReturn:
    raise FaultsError([fault(Code.JSON_SYNTAX, f"{quote(constant)} is not JSON")])


def _twice(key: str) -> str:
    return f"the key {quote(key)} stands twice in one object"


def _too_deep(depth: int) -> str:
    return f"objects and arrays are nested more than {depth} deep"


class _StopScanningError(Exception):
    """What comes after cannot be made sense of."""


class _Expected(Enum):
    """What may come next: in words, and as kinds of tokens, of which a mark is its own kind."""

    words: str
    kinds: frozenset[str]

    def __init__(self, words: str, *kinds: str) -> None:
        self.words = words
        self.kinds = frozenset(kinds)

    VALUE = "a value", "string", "plain", "{", "["
    VALUE_OR_END = "a value or `]`", "string", "plain", "{", "[", "]"
    KEY = "a key in double quotes", "key"
    KEY_OR_END = "a key in double quotes or `}`", "key", "}"
    COLON = "`:`", ":"
    MORE_OR_END_OF_OBJECT = "`,` or `}`", ",", "}"
    MORE_OR_END_OF_ARRAY = "`,` or `]`", ",", "]"
    END = "the end of the text", "end"


@dataclass(slots=True)
class _Open:
    """An object or array that is not closed yet: its keys with their offsets, and the key or position reached."""

    bracket: str
    step: str | int
    keys: dict[str, int] = field(default_factory=dict)


class _Scanner:
    """Goes over a text from token to token; nothing recurses."""

    def __init__(self, source: Source, depth: int) -> None:
        self._source = source
        self._depth = depth
        self._open: list[_Open] = []
        self._faults: list[Diagnostic] = []
        self._expected = _Expected.VALUE

    def faults(self) -> list[Diagnostic]:
        """Every key that stands twice, up to the first fault that ends all sense, or to where patience ends."""
        try:
            for token in islice(_TOKEN.finditer(self._source.text), _MOST_TOKENS):
                group = str(token.lastgroup)
                self._take(group, token[group], token.start(group))
                if group == "end":
                    break
        except _StopScanningError:
            pass
        return self._faults

    def _take(self, group: str, written: str, start: int) -> None:
        kind = written if group == "mark" else group
        if kind == "string" and "key" in self._expected.kinds:
            kind = "key"
        if kind not in self._expected.kinds:
            self._refuse(kind, written, start)
        match kind:
            case "key":
                self._key(written, start)
            case "string" | "plain":
                self._value(written, start)
            case "{" | "[":
                self._descend(written, start)
            case "}" | "]":
                self._open.pop()
                self._after_value()
            case ":":
                self._expected = _Expected.VALUE
            case ",":
                self._next()

    def _key(self, written: str, start: int) -> None:
        key = json.loads(written)
        parent = self._open[-1]
        parent.step = key
        first = parent.keys.setdefault(key, start)
        if first != start:
            help_ = f"the first is on line {span_at(self._source, first).line + 1}"
            path = tuple(each.step for each in self._open)
            self._fault(Code.JSON_DUPLICATE_KEY, _twice(key), start, len(written), help_, path)
            if len(self._faults) == _MOST_FAULTS:
                raise _StopScanningError
        self._expected = _Expected.COLON

    def _value(self, written: str, start: int) -> None:
        digits = written.lstrip("-")
        if digits.isdecimal():
            try:
                int(digits)
            except ValueError:
                message = f"the number has {len(digits):,} digits, more than can be read"
                self._stop(Code.JSON_SYNTAX, message, start, len(written))
        self._after_value()

    def _descend(self, bracket: str, start: int) -> None:
        if len(self._open) == self._depth:
            self._stop(Code.JSON_TOO_DEEP, _too_deep(self._depth), start, 1)
        self._open.append(_Open(bracket, "" if bracket == "{" else 0))
        self._expected = _Expected.KEY_OR_END if bracket == "{" else _Expected.VALUE_OR_END

    def _next(self) -> None:
        parent = self._open[-1]
        if isinstance(parent.step, int):
            parent.step += 1
        self._expected = _Expected.KEY if parent.bracket == "{" else _Expected.VALUE

    def _after_value(self) -> None:
        if not self._open:
            self._expected = _Expected.END
        elif self._open[-1].bracket == "{":
            self._expected = _Expected.MORE_OR_END_OF_OBJECT
        else:
            self._expected = _Expected.MORE_OR_END_OF_ARRAY

    def _refuse(self, kind: str, written: str, start: int) -> NoReturn:
        if written == '"':
            self._refuse_string(start)
        before = self._source.text[:start].rstrip(" \t\n\r")
        got = quote(written) if written else "the end of the text" if before else "nothing"
        help_ = _meant(written) if kind == "unclear" else None
        if kind in ("}", "]") and before.endswith(","):
            help_ = "take away the comma before it"
        message = f"expected {self._expected.words}, got {got}"
        self._stop(Code.JSON_SYNTAX, message, start, len(written) or 1, help_)

    def _refuse_string(self, start: int) -> NoReturn:
        """Tells what is wrong with the string that starts here, which is no string of JSON."""
        text = self._source.text
        sound = _SOUND_START_OF_STRING.match(text, start)
        place = sound.end() if sound else start
        if place == len(text):
            self._stop(Code.JSON_SYNTAX, "the string that starts here is not closed", start, 1)
        if text[place] == "\\":
            escape = text[place : place + 2]
            self._stop(Code.JSON_SYNTAX, f"{quote(escape)} starts no escape of JSON", place, len(escape))
        help_ = "is the string closed?" if text[place] in "\r\n" else None
        message = f"the control character {quote(text[place])} must be escaped in a string"
        self._stop(Code.JSON_SYNTAX, message, place, 1, help_)

    def _fault(self, code: Code, message: str, start: int, length: int, help_: str | None, path: Path = ()) -> None:
        span = span_at(self._source, start)
        span = replace(span, end_column=span.column + length)
        self._faults.append(fault(code, message, path, at_key=bool(path), span=span, help=help_))

    def _stop(self, code: Code, message: str, start: int, length: int, help_: str | None = None) -> NoReturn:
        self._fault(code, message, start, length, help_)
        raise _StopScanningError


def _meant(written: str) -> str | None:
    """What was probably meant by a word that is not JSON."""
    if written.lstrip("+-").casefold() in ("nan", "inf", "infinity"):
        return "there is no such number in JSON"
    if written.startswith("'"):
        return "keys and texts stand in double quotes"
    if written.startswith(("/", "#")):
        return "there are no comments in JSON"
    if written.lstrip("+-.")[:1].isdecimal():
        return "numbers are written like `1`, `-2.5` or `1e3`"
    near = "null" if written == "None" else closest(written, _WORDS)
    return f"did you mean {quote(near)}?" if near else None
