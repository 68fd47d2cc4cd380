"""A site of somebody else's, on an origin of its own, whose pages embed the advice."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Browser, Page

from tests.web.serving import HOST

STYLE = """
body { margin: 0; color: rgb(10, 20, 30); font: 18px/1.5 Georgia, serif; }
a { color: rgb(200, 0, 0) !important; }
h1, h2, h3, h4, p, li, strong { letter-spacing: 7px; text-transform: uppercase; }
.ranking, .verdict-title, fieldset { display: none; }
.quiet { opacity: 0.5; }
"""
"""The style of its pages, which would show in the advice if it could."""

_TYPES = {"html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@dataclass
class Host:
    """The site.

    Attributes:
        port: where it listens.
        pages: what it has, by name.
        allowed: the origin from which its pages may load, by their Content-Security-Policy; None for any.
    """

    port: int
    pages: dict[str, str] = field(default_factory=lambda: {"style.css": STYLE})
    allowed: str | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://{HOST}:{self.port}"

    def embed(self, service: str, body: str, name: str = "index.html", style: str = "") -> str:
        """Puts a page there that embeds the advice; gives its address.

        Args:
            service: the origin of the service, which alone the page allows itself to use.
            body: what the page holds.
            name: its name.
            style: rules of its own, beside those of the site.
        """
        self.allowed = service
        self.pages["own.css"] = style
        self.pages[name] = (
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page of ours</title>'
            '<link rel="stylesheet" href="style.css"><link rel="stylesheet" href="own.css">'
            f'<script src="{service}/embed.js" async></script></head>'
            f"<body><main><h1>Ours</h1>{body}</main></body></html>"
        )
        return f"{self.origin}/{name}"

    def policy(self) -> str:
        """What its pages may load: nothing but its own style, and the script and the data of the service."""
        return (
            f"default-src 'none'; style-src 'self'; script-src 'self' {self.allowed}; connect-src {self.allowed}; "
            "form-action 'none'; base-uri 'none'"
        )


@contextmanager
def hosting() -> Iterator[Host]:
    """The site, for as long as the block lasts."""
    host = Host(0)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].removeprefix("/")
            content = host.pages.get(name)
            self.send_response(204 if content is None else 200)
            self.send_header("Content-Type", _TYPES.get(name.rpartition(".")[2], "text/plain"))
            if host.allowed is not None:
                self.send_header("Content-Security-Policy", host.policy())
            self.end_headers()
            self.wfile.write((content or "").encode())

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    host.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def visiting(browser: Browser, *, expected: str | None = None, **options: Any) -> Iterator[Page]:
    """A visit, at whose end the browser has complained of nothing, or of no more than what is expected.

    Args:
        browser: the browser.
        expected: a pattern of every complaint, of which there must be one; None if there is to be none.
        options: for the context, as Playwright takes them.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
    errors: list[str] = []
    complaints: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda message: complaints.append(message.text))
    try:
        yield context.new_page()
    finally:
        context.close()
    assert not errors
    assert [each for each in complaints if expected is None or not re.search(expected, each)] == []
    assert expected is None or complaints
