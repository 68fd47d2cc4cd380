"""The two forms of the answer to a batch. Each part is sent as soon as it is there."""

from collections.abc import Iterable, Iterator


def as_lines(answers: Iterable[bytes]) -> Iterator[bytes]:
    """One document a line."""
    for answer in answers:
        yield answer + b"\n"


def as_array(answers: Iterable[bytes]) -> Iterator[bytes]:
    """A JSON array of the documents, each on a line of its own."""
    before = b"["
    for answer in answers:
        yield before + answer
        before = b",\n"
    yield b"[]\n" if before == b"[" else b"]\n"
