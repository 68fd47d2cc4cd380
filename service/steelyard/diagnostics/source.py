"""Where a value was written: a text with a name, and spans within it."""

import re
from dataclasses import dataclass
from functools import cached_property

# The line breaks of YAML 1.1, which is what libyaml counts lines by; `str.splitlines` knows several more.
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True)
class Source:
    """A text that was read, kept so that a fault in it can be shown.

    Attributes:
        name: what people call it: a path as it was given, or `standard input`.
        text: all of it.
    """

    name: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines without their breaks."""
        return _LINE_BREAK.split(self.text)

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character, counted in characters from the start of the text."""
        return [0, *(line_break.end() for line_break in _LINE_BREAK.finditer(self.text))]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source. Lines and columns count from 0 and columns count characters; the end is exclusive."""

    source: Source
    line: int
    column: int
    end_line: int
    end_column: int


def span_at(source: Source, offset: int) -> Span:
    """The span of the one character at `offset`, counted in characters from the start of the text."""
    line, start = 0, 0
    for line_break in _LINE_BREAK.finditer(source.text, 0, offset):
        line, start = line + 1, line_break.end()
    return Span(source, line, offset - start, line, offset - start + 1)
