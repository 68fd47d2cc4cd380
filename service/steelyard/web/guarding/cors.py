"""Which pages may ask from a browser (CORS). Cookies play no part: whoever asks shows a key, or need not."""

import re
from collections.abc import Iterable, Mapping

from flask import Response

from steelyard.diagnostics import quote
from steelyard.web.reply import Reply

ANY = "*"

_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://(?:[a-z0-9._-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")
_PREFLIGHT = (
    ("Access-Control-Allow-Methods", "GET, HEAD, POST"),
    ("Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match, X-Api-Key, X-Request-Id"),
    ("Access-Control-Max-Age", "3600"),
)
_EXPOSED = (
    "Access-Control-Expose-Headers",
    "ETag, RateLimit, RateLimit-Policy, Retry-After, Steelyard-Ruleset, X-Request-Id",
)

Headers = tuple[tuple[str, str], ...]


def demand_origin(text: str) -> None:
    """Refuses what no browser would send as the origin of a page.

    Raises:
        ValueError: it is neither an origin nor `*`.
    """
    if text != ANY and not _ORIGIN.fullmatch(text):
        help_ = "in lower case and without a path, as in `https://example.org`, or `*` for any"
        raise ValueError(f"{quote(text)} is no origin of a page; say scheme and host, {help_}")


class Cors:
    """Lets the pages of some origins ask."""

    def __init__(self, origins: Iterable[str]) -> None:
        """Lets in these origins; all of them, if `*` is among them."""
        self._origins = frozenset(origins)

    def headers(self, environ: Mapping[str, str]) -> Headers:
        """What every reply to a request tells the browser."""
        allowed = self._allowed(environ)
        return (*allowed, _EXPOSED) if allowed else ()

    def preflight(self, environ: Mapping[str, str]) -> Response | None:
        """The reply to a browser that asks whether it may ask; None if it does something else."""
        if environ["REQUEST_METHOD"] != "OPTIONS" or "HTTP_ACCESS_CONTROL_REQUEST_METHOD" not in environ:
            return None
        return Reply(status=204, headers=_PREFLIGHT if self._allowed(environ) else None)

    def _allowed(self, environ: Mapping[str, str]) -> Headers:
        origin = environ.get("HTTP_ORIGIN")
        if origin is None:
            return ()
        if ANY in self._origins:
            return (("Access-Control-Allow-Origin", ANY),)
        return (("Access-Control-Allow-Origin", origin),) if origin in self._origins else ()
