"""The kind of response that every route gives."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_WITHOUT_BODY = (204, 304)


class Reply(Response):
    """A response that hands its body to the server in one piece, where it has it whole.

    werkzeug gives servers an iterator to fetch from, part by part, and then to close. A list is sent at once.
    """

    def get_app_iter(self, environ: "WSGIEnvironment") -> Iterable[bytes]:
        """The body for the server."""
        is_whole = isinstance(self.response, list) and not self._on_close
        if is_whole and environ["REQUEST_METHOD"] != "HEAD" and self.status_code not in _WITHOUT_BODY:
            return list(self.iter_encoded())
        return super().get_app_iter(environ)
