"""Replies that are not problems, and the headers of all replies."""

import re
from functools import lru_cache

from flask import Response, request

from steelyard.web.exchange import Exchange
from steelyard.web.reading import JSON, discard_rest
from steelyard.web.reply import Reply

_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    # Requirements and what follows from them are nobody else's business, and the rest may change with any start.
    ("Cache-Control", "no-store"),
    # A reply that is opened by itself fetches and runs nothing, is framed by no page, and tells nobody where it was.
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
)
_ESCAPED = re.compile(rb'[^ -~]|["%]')


def json_reply(text: str) -> Response:
    """The reply with one line of JSON, its end included: the bytes that the command line prints."""
    return line_reply(text.encode() + b"\n")


def line_reply(line: bytes) -> Response:
    """The reply with one line of JSON that has its end."""
    return Reply(line, content_type=JSON)


def text_reply(text: str, mimetype: str) -> Response:
    """The reply with a recommendation in one of its other forms: the bytes that the command line prints."""
    reply = varying(Reply(text, content_type=f"{mimetype}; charset=utf-8"))
    # A chart may be opened by itself: nothing in it is fetched or run, and its own style is all that it needs.
    reply.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    return reply


def varying(reply: Response) -> Response:
    """The reply, marked as one of several forms, of which the client chose by `Accept`."""
    reply.headers["Vary"] = "Accept"
    return reply


def revalidated(reply: Response) -> Response:
    """The reply with a strong entity tag, for the client to keep and to ask again whether it still holds.

    It is the client's own: a cache that several share must not keep what somebody requires.
    """
    reply.add_etag()
    reply.headers["Cache-Control"] = "private, no-cache"
    reply.make_conditional(request)
    return reply


def finish_reply(response: Response, exchange: Exchange) -> None:
    """Gives any reply, a problem as well, the headers that all have."""
    discard_rest(response)
    asked = exchange.asked or exchange.shelf.default
    named = _named(asked.id, asked.version, asked.digest)
    common = (("X-Request-Id", exchange.request_id), ("Steelyard-Ruleset", named), *exchange.headers, *_ALWAYS)
    if isinstance(response, Reply):
        response.common = common
    else:
        response.headers.extend(common)


@lru_cache(maxsize=256)
def _named(id_: str, version: str, digest: str) -> str:
    """Which ruleset or stack was asked, as a structured field (RFC 9651): a token with parameters."""
    return f'{id_};version={_text(version)};digest="{digest}"'


def _text(text: str) -> str:
    """A text as a string of a structured field, or, where that cannot hold it, as a display string."""
    if text.isascii() and text.isprintable():
        return '"' + text.replace("\\", r"\\").replace('"', r"\"") + '"'
    escaped = _ESCAPED.sub(lambda found: b"%%%02x" % found.group()[0], text.encode())
    return f'%"{escaped.decode()}"'
