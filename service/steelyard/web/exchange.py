"""One request and its response: what is known of them while they last."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from flask import g, request

from steelyard.api import Ruleset, Stack
from steelyard.web.keeping import Loaded, Shelf

_REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,127}")


@dataclass(slots=True, kw_only=True)
class Exchange:
    """A request that is being answered.

    Attributes:
        request_id: by which client, log and support speak of it.
        loaded: what it is answered from, from its beginning to its end, whatever is loaded meanwhile.
        began: when, by `perf_counter`.
        asked: the ruleset or stack that is asked, once that is known.
        client: the name of the key that the client showed, if any.
        headers: what its reply tells beside what all replies tell.
        told: what the log of requests tells beside the ordinary.
    """

    request_id: str
    loaded: Loaded
    began: float = field(default_factory=perf_counter)
    asked: Ruleset | Stack | None = None
    client: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def shelf(self) -> Shelf:
        """The rulesets and stacks that can be asked."""
        return self.loaded.shelf

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return perf_counter() - self.began


def begin_exchange(loaded: Loaded) -> Exchange:
    """Begins the exchange of the request at hand."""
    exchange = Exchange(request_id=_request_id(request.environ), loaded=loaded)
    g.steelyard = exchange
    return exchange


def the_exchange() -> Exchange:
    """The exchange of the request at hand."""
    exchange: Exchange = g.steelyard
    return exchange


def _request_id(environ: Mapping[str, Any]) -> str:
    """The id that the client or a proxy gave the request, if it is one; else one that nobody else gives."""
    given: str | None = environ.get("HTTP_X_REQUEST_ID")
    if given and _REQUEST_ID.fullmatch(given):
        return given
    # Not to be the same as another is enough: nothing is kept secret by it.
    return f"{random.getrandbits(128):032x}"
