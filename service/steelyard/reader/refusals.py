"""What is told alike of every input that cannot be read: bytes that are not UTF-8, and files that are withheld."""

import codecs
from os import PathLike

from steelyard.diagnostics import Code, Diagnostic, FaultsError, Source, fault, quote_path, span_at

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(content: bytes, name: str, code: Code, help_: str) -> Source:
    """The text that the bytes are in UTF-8; a byte order mark is not part of it.

    Args:
        content: the bytes.
        name: what messages call the text.
        code: of the fault, if it is not UTF-8.
        help_: what to do about it.

    Raises:
        FaultsError: it is not UTF-8.
    """
    text = content.removeprefix(codecs.BOM_UTF8)
    try:
        return Source(name, text.decode("utf-8"))
    except UnicodeDecodeError as error:
        source = Source(name, text.decode("utf-8", errors="replace"))
        span = span_at(source, len(text[: error.start].decode("utf-8")))
        hint = help_ + (" (it looks like UTF-16)" if text.startswith(_UTF16_MARKS) else "")
        message = f"the byte 0x{text[error.start]:02x} is not UTF-8"
        raise FaultsError([fault(code, message, span=span, help=hint)]) from None


def unreadable(path: PathLike[str] | str, error: OSError) -> Diagnostic:
    """The fault of a file or folder that the operating system withholds."""
    reason = (error.strerror or "unknown reason").lower()
    return fault(Code.FILE_UNREADABLE, f"cannot read {quote_path(path)}: {reason}")
