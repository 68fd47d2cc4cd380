"""What a route is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from flask import Response

from steelyard.web.reading import JSON

_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Something that can be asked.

    Attributes:
        path: its path as Flask takes it, from where the service is mounted.
        view: what answers; it is given the service, and the parts of the path by name.
        method: the method that it takes; GET takes HEAD with it.
        forms: the media types of its answer; whatever the client accepts, if it is empty.
        is_open: whether it answers also those who show no key, where keys are wanted.
    """

    path: str
    view: Callable[..., Response]
    method: str = "GET"
    forms: tuple[str, ...] = (JSON,)
    is_open: bool = False

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
