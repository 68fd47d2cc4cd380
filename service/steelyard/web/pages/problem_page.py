"""A problem as a page for whoever meets it in a browser: made of nothing but itself, since anything may be wrong."""

from typing import TYPE_CHECKING

from flask import Response, request
from markupsafe import Markup

from steelyard.web.pages.rendering import Place, render
from steelyard.web.reply import Reply
from steelyard.web.templating import style_source

if TYPE_CHECKING:
    from steelyard.web.problems import ProblemError

_STYLE = Markup(
    "body{max-width:40rem;margin:15vh auto 0;padding:0 1.5rem;font:1rem/1.5 system-ui,sans-serif;"
    "color:light-dark(#1c1b1a,#e9e6e1);background:light-dark(#faf9f6,#171614)}"
    ":root{color-scheme:light dark}h1{font-size:1.5rem;line-height:1.25}a{color:light-dark(#8a6116,#d6a756)}"
    "small{color:light-dark(#615d57,#a8a29a)}"
)
_POLICY = f"default-src 'none'; {style_source(_STYLE)}; base-uri 'none'; frame-ancestors 'none'"


def problem_page(error: "ProblemError") -> Response:
    """The problem as a page."""
    data = {"error": error, "style": _STYLE, "home": f"{request.script_root}/"}
    html = render("problem.html", Place(root=request.script_root), data)
    reply = Reply(html, error.problem.status.value, error.headers, content_type="text/html; charset=utf-8")
    reply.headers["Content-Security-Policy"] = _POLICY
    reply.headers["Vary"] = "Accept"
    return reply
