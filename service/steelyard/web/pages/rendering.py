"""Templates, and what all of them can use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment

from steelyard.render.wording import signed
from steelyard.web.pages.assets import assets
from steelyard.web.templating import environment, inline

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""The Content-Security-Policy of every page: nothing inline, and nothing from elsewhere."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the service is mounted, and so where everything is.

    Attributes:
        root: the path under which it is mounted, without a slash at its end.
        origin: scheme and host by which it was reached.
        has_api: whether the API is mounted beside the pages.
    """

    root: str
    origin: str = ""
    has_api: bool = True

    @property
    def home(self) -> str:
        """The page."""
        return f"{self.root}/"

    @property
    def docs(self) -> str:
        """The description of the service."""
        return f"{self.root}/docs"

    def ruleset(self, id_: str) -> str:
        """What a ruleset knows."""
        return f"{self.root}/rulesets/{id_}"

    def asset(self, name: str) -> str:
        """A file of the page."""
        return f"{self.root}/assets/{assets().version}/{name}"


def render(template: str, place: Place, data: Mapping[str, Any]) -> str:
    """A page, or a part of one.

    Args:
        template: the template's name.
        place: where the service is mounted.
        data: what the template is given beside it.
    """
    return _environment().get_template(template).render(place=place, **data)


@cache
def _environment() -> Environment:
    made = environment("steelyard.web.pages")
    made.filters.update(signed=signed, day=_day, whole=_whole, prose=inline)
    return made


def _day(day: date) -> str:
    """A day as it is read: 22 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def _whole(number: float) -> str:
    return f"{number:.0f}"
