"""The kind of response that every route gives."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from flask import Response
from werkzeug.datastructures import Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_WITHOUT_BODY = (204, 304)


class Reply(Response):
    """A response that is handed to the server in one piece, where it has its body whole.

    werkzeug looks every header over again, for places that lead elsewhere, and gives servers an iterator to fetch the
    body from. Here no response leads elsewhere, and a list is sent at once.

    Attributes:
        common: headers that it has besides, where it has none of the same name (written alike) of its own.
    """

    common: Sequence[tuple[str, str]] = ()

    def get_wsgi_response(self, environ: "WSGIEnvironment") -> tuple[Iterable[bytes], str, list[tuple[str, str]]]:
        """Body, status and headers for the server."""
        own = list(self.headers)
        names = {name for name, _ in own}
        is_whole = isinstance(self.response, list) and not self._on_close and "Content-Length" in names
        if is_whole and environ["REQUEST_METHOD"] != "HEAD" and self.status_code not in _WITHOUT_BODY:
            return list(self.iter_encoded()), self.status, own + [each for each in self.common if each[0] not in names]
        return super().get_wsgi_response(environ)

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """The headers for the server."""
        headers = super().get_wsgi_headers(environ)
        for name, value in self.common:
            headers.setdefault(name, value)
        return headers
