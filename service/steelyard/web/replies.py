"""Replies that are not problems, and the headers of all replies."""

from flask import Flask, Response, request

from steelyard.web.bodies import discard_rest
from steelyard.web.negotiation import JSON


def json_reply(text: str) -> Response:
    """The reply with one line of JSON, its end included: the bytes that the command line prints."""
    return Response(f"{text}\n", content_type=JSON)


def text_reply(text: str, mimetype: str) -> Response:
    """The reply with a recommendation in one of its other forms: the bytes that the command line prints."""
    reply = varying(Response(text, content_type=f"{mimetype}; charset=utf-8"))
    # A chart may be opened by itself: nothing in it is fetched or run, and its own style is all that it needs.
    reply.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
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


def finish_replies(app: Flask) -> None:
    """Has every reply of the application, problems included, given its headers."""
    app.after_request(discard_rest)
    app.after_request(_with_headers)


def _with_headers(response: Response) -> Response:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    # Requirements and what follows from them are nobody else's business, and the rest may change with any start.
    response.headers.setdefault("Cache-Control", "no-store")
    return response
