"""What a route is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import cache

from flask import Response, request

from steelyard.web.reading import JSON

_PLACE = re.compile(r"<(?:[^<>]+:)?(\w+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deprecation:
    """That a route is to go.

    Attributes:
        since: the day from which nobody should begin to use it.
        until: the last day on which it answers, if that is settled.
        successor: the path of what takes its place, from where the service is mounted, if something does.
    """

    since: date
    until: date | None = None
    successor: str | None = None

    def headers(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """What every reply of the route tells (RFC 9745, RFC 8594, RFC 8288), given where the service is mounted."""
        told = [("Deprecation", f"@{_midnight(self.since).timestamp():.0f}")]
        if self.until is not None:
            told.append(("Sunset", format_datetime(_midnight(self.until), usegmt=True)))
        if self.successor is not None:
            told.append(("Link", f'<{prefix}{self.successor}>; rel="successor-version"'))
        return tuple(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Something that can be asked.

    Attributes:
        path: its path as Flask takes it, from where the service is mounted.
        view: what answers; it is given the service, and the parts of the path by name.
        method: the method that it takes; GET takes HEAD with it.
        forms: the media types of its answer; whatever the client accepts, if it is empty.
        is_open: whether it answers also those who show no key, where keys are wanted.
        is_page: whether it is a page for people, or a part of one, and none of the API.
        deprecation: when it is to go, if it is.
    """

    path: str
    view: Callable[..., Response]
    method: str = "GET"
    forms: tuple[str, ...] = (JSON,)
    is_open: bool = False
    is_page: bool = False
    deprecation: Deprecation | None = None

    @property
    def name(self) -> str:
        """What Flask knows it by."""
        return self.view.__name__

    @property
    def written(self) -> str:
        """Its path as documents write it."""
        return written(self.path)


@cache
def written(path: str) -> str:
    """A path of Flask's as documents write it."""
    return _PLACE.sub(r"{\1}", path)


def mounted_at(path: str) -> str:
    """The path under which the service of the request at hand is mounted, without a slash at its end.

    Args:
        path: that of the route that answers it, as Flask takes it.
    """
    rule = request.url_rule
    return request.script_root + (rule.rule.removesuffix(path) if rule is not None else "")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
