"""The files that pages are made of beside their HTML: style, script, pictures. They are part of the package."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
_PACKED_ALREADY = (".png",)
_VERSION_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """A file.

    Attributes:
        content: its bytes.
        packed: the same as gzip; None where that is no smaller.
        content_type: the Content-Type.
    """

    content: bytes
    packed: bytes | None
    content_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All of them, by name.

    Attributes:
        version: a digest of all of them, which stands in their addresses, so that they can be kept for ever.
    """

    version: str
    by_name: Mapping[str, Asset]


@cache
def assets() -> Assets:
    """The files as they are installed, read once."""
    found: dict[str, Asset] = {}
    digest = sha256()
    folder = files("steelyard.web.pages") / "assets"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        ending = file.name[file.name.rfind(".") :]
        if ending in _TYPES:
            content = file.read_bytes()
            packed = None if ending in _PACKED_ALREADY else pack(content)
            found[file.name] = Asset(content, packed, _TYPES[ending])
            digest.update(file.name.encode() + b"\0" + content)
    return Assets(digest.hexdigest()[:_VERSION_LENGTH], MappingProxyType(found))


def pack(content: bytes) -> bytes:
    """Bytes as gzip, the same for the same."""
    return gzip.compress(content, compresslevel=6, mtime=0)
