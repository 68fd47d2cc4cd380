"""Templates, in whichever room they are, and what the pages that are made of them have in common."""

import base64
import hashlib
import re

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

_CODE = re.compile("`([^`]+)`")


def environment(package: str) -> Environment:
    """What makes pages of the templates in a package: nothing that they are given is markup, and nothing is missing."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def inline(text: str) -> Markup:
    """A text in which only code is marked."""
    pieces = enumerate(_CODE.split(text))
    return Markup("").join(Markup("<code>{}</code>").format(each) if at % 2 else escape(each) for at, each in pieces)


def style_source(style: str) -> str:
    """What a Content-Security-Policy says to let a page have this style within it, and no other: its digest."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"style-src 'sha256-{digest}'"
