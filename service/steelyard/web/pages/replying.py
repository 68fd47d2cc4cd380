"""Replies that are pages, or files of them."""

from typing import TYPE_CHECKING

from flask import Response, request

from steelyard.web.pages.assets import Asset, assets, pack
from steelyard.web.pages.rendering import POLICY, Place
from steelyard.web.reading import HTML
from steelyard.web.replies import revalidated
from steelyard.web.reply import Reply
from steelyard.web.routes.route import mounted_at

if TYPE_CHECKING:
    from steelyard.web.service import Service

_FOR_EVER = "public, max-age=31536000, immutable"


def place_at(service: "Service", path: str) -> Place:
    """Where the service is mounted, and by what it was reached.

    Args:
        service: what is mounted.
        path: the path, as Flask takes it, of the route that answers the request at hand.
    """
    origin = request.root_url.removesuffix("/").removesuffix(request.script_root)
    has_api = any(not route.is_page for route in service.routes)
    return Place(root=mounted_at(path), origin=origin, has_api=has_api)


def page_reply(html: str, *, status: int = 200) -> Response:
    """The reply with a page, which a browser may keep and ask again whether it still holds."""
    content = html.encode()
    reply = _packed(content, pack(content) if _takes_gzip() else None, f"{HTML}; charset=utf-8")
    reply.status_code = status
    reply.headers["Content-Security-Policy"] = POLICY
    return revalidated(reply) if status == 200 else reply


def asset_reply(version: str, asset: Asset) -> Response:
    """The reply with a file of the pages: to be kept for ever under the address that has its version."""
    reply = _packed(asset.content, asset.packed if _takes_gzip() else None, asset.content_type)
    if version != assets().version:
        return revalidated(reply)
    reply.headers["Cache-Control"] = _FOR_EVER
    return reply


def _takes_gzip() -> bool:
    return request.accept_encodings.quality("gzip") > 0


def _packed(content: bytes, packed: bytes | None, content_type: str) -> Reply:
    reply = Reply(content if packed is None else packed, content_type=content_type)
    reply.headers["Vary"] = "Accept-Encoding"
    if packed is not None:
        reply.headers["Content-Encoding"] = "gzip"
    return reply
