"""Finding YAML files and reading their text, within limits."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from steelyard.diagnostics import Code, FaultsError, Source, fault, quote_path
from steelyard.reader.limits import DEFAULT_LIMITS, Limits
from steelyard.reader.refusals import decoded, unreadable

_SUFFIXES = (".yaml", ".yml")


def yaml_files(folder: Path) -> Iterator[Path]:
    """The YAML files in the folder and below, in the order of their paths.

    What starts with a dot is passed over, and links to folders, which may lead round in circles. A link that leads
    nowhere is given, so that whoever reads it says so.
    """
    left = [folder]
    while left:
        entry = left.pop()
        if entry == folder or (entry.is_dir() and not entry.is_symlink()):
            left += sorted((each for each in entry.iterdir() if not each.name.startswith(".")), reverse=True)
        elif entry.suffix in _SUFFIXES and (entry.is_file() or not entry.exists()):
            yield entry


def read_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The text of one file.

    Raises:
        FaultsError: the file is missing, unreadable, too large, or not UTF-8.
    """
    try:
        with path.open("rb") as stream:
            return read_stream(stream, str(path), limits)
    except FileNotFoundError:
        raise FaultsError([fault(Code.FILE_NOT_FOUND, f"no file or folder {quote_path(path)}")]) from None
    except OSError as error:
        raise FaultsError([unreadable(path, error)]) from None


def read_stream(stream: BinaryIO, name: str, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The text that the stream holds; `name` is what messages call it.

    Raises:
        FaultsError: there is too much of it, or it is not UTF-8.
    """
    content = stream.read(limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        message = f"{quote_path(name)} is larger than {limits.file_bytes:,} bytes"
        raise FaultsError([fault(Code.FILE_TOO_LARGE, message)])
    return decoded(content, name, Code.FILE_NOT_UTF8, "save the file as UTF-8")
