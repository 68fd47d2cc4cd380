"""API keys: the file of their digests, and whose key it is that a client shows.

The file holds no key, and no message about it quotes it: what stands in the wrong place may be one.
"""

import base64
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path

from steelyard.diagnostics import Code, Diagnostic, FaultsError, Source, Span, fault
from steelyard.reader.files import read_file
from steelyard.requirements import today

NAME_FORM = "letters, digits, `.`, `_` and `-`, at most 64 of them, with a letter or digit first"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DIGEST = re.compile(r"sha256:([0-9a-fA-F]{64})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_UNTIL = "until="
_WORD = re.compile(r"\S+")
_BEARER, _BASIC = "bearer ", "basic "
# What people and programs that look for lost secrets know a key by.
_PREFIX = "steelyard_"
_RANDOM_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the file.

    Attributes:
        name: whose key it is. Several keys may have one name: the old and the new one, while they are exchanged.
        digest: the SHA-256 of the key. The key has 256 random bits, which nobody can try out one by one; what makes
            digests of passwords slow would make every request slow, and nothing safer.
        until: the day, in UTC, from which on it is no longer valid.
    """

    name: str
    digest: bytes
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that are valid. Where there are none, nobody may ask."""

    entries: tuple[Key, ...]

    def holder_of(self, shown: str) -> str | None:
        """The name of the key that is shown, or None if it is none that is valid.

        The time that it takes tells nothing of how near a wrong one comes, nor of which one is right.
        """
        digest = sha256(shown.encode("utf-8", "replace")).digest()
        found = None
        for key in self.entries:
            if compare_digest(digest, key.digest):
                found = key
        if found is None or (found.until is not None and found.until <= today()):
            return None
        return found.name


def key_shown(environ: Mapping[str, str]) -> str | None:
    """The key that a request shows: as a bearer token, in `X-Api-Key`, or as the password that a browser asks for."""
    authorization = environ.get("HTTP_AUTHORIZATION", "")
    if authorization[: len(_BEARER)].lower() == _BEARER:
        return authorization[len(_BEARER) :].strip()
    if authorization[: len(_BASIC)].lower() == _BASIC:
        return _password(authorization[len(_BASIC) :].strip())
    return environ.get("HTTP_X_API_KEY")


def _password(credentials: str) -> str | None:
    """The password of basic credentials (RFC 7617), whatever the name before it; None if they are none."""
    try:
        return base64.b64decode(credentials, validate=True).decode().partition(":")[2]
    except ValueError:
        return None


def new_key() -> str:
    """A key that nobody has."""
    return _PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)


def line_of(name: str, key: str, until: date | None = None) -> str:
    """The line of the file for a key.

    Raises:
        ValueError: the name is not written as names are.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"a name is {NAME_FORM}")
    words = [name, f"sha256:{sha256(key.encode()).hexdigest()}", *([f"{_UNTIL}{until}"] if until else [])]
    return " ".join(words)


def read_keys(path: Path) -> Keys:
    """The keys in a file, one on each line: ``name sha256:<64 digits>``, and perhaps ``until=YYYY-MM-DD``.

    What follows a ``#`` is a comment.

    Raises:
        FaultsError: the file cannot be read, or a line of it is something else; all such lines are told.
    """
    try:
        source = read_file(path)
    except FaultsError as error:
        raise FaultsError(map(_without_text, error.diagnostics)) from None
    masked = _masked(source)
    entries: list[Key] = []
    faults: list[Diagnostic] = []
    digests: set[bytes] = set()
    for number, line in enumerate(source.lines):
        words = [_Word(masked, number, each) for each in _WORD.finditer(line.partition("#")[0])]
        if words:
            found = list(_faults(words, digests))
            faults += found
            if not found:
                entries.append(_key(words))
                digests.add(entries[-1].digest)
    if faults:
        raise FaultsError(faults)
    return Keys(tuple(entries))


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a line, and where it is."""

    source: Source
    line: int
    match: re.Match[str]

    @property
    def text(self) -> str:
        """The word itself, for no eyes but the program's."""
        return self.match[0]

    @property
    def span(self) -> Span:
        """Where it is, in a text in which nothing can be read."""
        return Span(self.source, self.line, self.match.start(), self.line, self.match.end())


def _faults(words: list[_Word], digests: Iterable[bytes]) -> Iterator[Diagnostic]:
    name, *rest = words
    if not _NAME.fullmatch(name.text):
        yield fault(Code.VALUE_BAD_ID, "this is no name of a key", help=f"a name is {NAME_FORM}", span=name.span)
    if not rest:
        help_ = "`steelyard key NAME` makes a key and its line"
        yield fault(Code.KEY_MISSING, "the digest of the key is missing", help=help_, span=name.span)
        return
    digest, *more = rest
    written = _DIGEST.fullmatch(digest.text)
    if not written:
        message = "the digest of a key is written `sha256:` and 64 hexadecimal digits"
        yield fault(Code.VALUE_WRONG_TYPE, message, help="a key itself does not belong here", span=digest.span)
    elif bytes.fromhex(written[1]) in digests:
        yield fault(Code.VALUE_REPEATED, "the same key stands here twice", span=digest.span)
    for place, word in enumerate(more):
        if not word.text.startswith(_UNTIL) or place > 0:
            help_ = "after the digest there may be one `until=YYYY-MM-DD`, and a comment after a `#`"
            yield fault(Code.KEY_UNKNOWN, "this means nothing here", help=help_, span=word.span)
        elif _day(word.text.removeprefix(_UNTIL)) is None:
            message = "`until` is not a day of the calendar written YYYY-MM-DD"
            yield fault(Code.VALUE_BAD_DATE, message, span=word.span)


def _key(words: list[_Word]) -> Key:
    """The key of a line without faults."""
    name, digest, *until = (word.text for word in words)
    return Key(name, bytes.fromhex(digest.partition(":")[2]), _day(until[0].removeprefix(_UNTIL)) if until else None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _masked(source: Source) -> Source:
    """The text with nothing in it to be read: what is shown of a fault is the place alone."""
    return Source(source.name, re.sub(r"\S", "•", source.text))


def _without_text(diagnostic: Diagnostic) -> Diagnostic:
    span = diagnostic.span
    return replace(diagnostic, span=span and replace(span, source=_masked(span.source)))
