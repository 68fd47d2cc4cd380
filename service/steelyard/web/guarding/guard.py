"""What stands before every route: may this client ask, and how often; and the headers that follow from it."""

from flask import Response, request

from steelyard.web.exchange import Exchange
from steelyard.web.guarding.addresses import address_of
from steelyard.web.guarding.cors import Cors, Headers
from steelyard.web.guarding.keys import key_shown
from steelyard.web.guarding.limits import Counter, Standing, rate_of
from steelyard.web.problems import TOO_MANY_REQUESTS, UNAUTHORIZED, ProblemError
from steelyard.web.routes import ROUTES
from steelyard.web.settings import Settings

_OPEN = frozenset(route.name for route in ROUTES if route.is_open)
_PAGES = frozenset(route.name for route in ROUTES if route.is_page)
# A browser asks for a name, which may be any, and for a password.
_ASK_PEOPLE = 'Basic realm="Steelyard: the key as password", charset="UTF-8"'


class Guard:
    """Lets requests in, or refuses them."""

    def __init__(self, settings: Settings) -> None:
        """Starts with nobody counted."""
        self._trusted_proxies = settings.trusted_proxies
        self._per_key = _Limit("key", settings.rate_per_key) if settings.rate_per_key else None
        self._per_address = _Limit("address", settings.rate_per_address) if settings.rate_per_address else None
        self._cors = Cors(settings.cors_origins) if settings.cors_origins else None
        # A page of another origin that may ask may also show what it gets, a chart for example.
        self._headers = (("Cross-Origin-Resource-Policy", "cross-origin" if self._cors else "same-origin"),)

    def admit(self, exchange: Exchange) -> Response | None:
        """Lets the request at hand in, and tells the exchange who asks; or gives the reply to a browser's own question.

        Raises:
            ProblemError: the client shows no key where one is wanted, or asks too often.
        """
        environ = request.environ
        exchange.headers = self._headers
        if self._cors is not None:
            exchange.headers += self._cors.headers(environ)
            preflight = self._cors.preflight(environ)
            if preflight is not None:
                return preflight
        keys = exchange.loaded.keys
        is_open = (self._per_address is not None or keys is not None) and _leads_to(_OPEN)
        if self._per_address is not None and not is_open:
            self._per_address.count(exchange, address_of(environ, self._trusted_proxies))
        if keys is not None:
            shown = key_shown(environ)
            exchange.client = keys.holder_of(shown) if shown else None
            if not is_open:
                self._demand_key(exchange, shown)
        return None

    def finish(self, response: Response) -> None:
        """Tells caches that the reply is another for another origin, if it is."""
        if self._cors is not None:
            others = response.headers.get("Vary")
            response.headers["Vary"] = f"{others}, Origin" if others else "Origin"

    def _demand_key(self, exchange: Exchange, shown: str | None) -> None:
        if exchange.client is None:
            detail = "The key that is shown is not valid." if shown else "This is answered to those who show a key."
            how = "Show one as `Authorization: Bearer KEY`, or as `X-Api-Key: KEY`."
            challenge = 'Bearer error="invalid_token"' if shown else "Bearer"
            if _leads_to(_PAGES):
                challenge = f"{_ASK_PEOPLE}, {challenge}"
            raise ProblemError(UNAUTHORIZED, f"{detail} {how}", headers={"WWW-Authenticate": challenge})
        if self._per_key is not None:
            self._per_key.count(exchange, exchange.client)


class _Limit:
    """One of the rates, as clients are told of it."""

    def __init__(self, name: str, rate: str) -> None:
        self._name = name
        self._counter = Counter(rate_of(rate))
        allowed = self._counter.rate
        self._policy = f'"{name}";q={allowed.amount};w={allowed.seconds}'

    def count(self, exchange: Exchange, who: str) -> None:
        """Counts a request, whose reply will tell how its client stands.

        Raises:
            ProblemError: it is one too many.
        """
        standing = self._counter.count(who)
        exchange.headers = _with_limit(exchange.headers, self._policy, f'"{self._name}";{_told(standing)}')
        if standing.is_refused:
            detail = f"So many requests are not answered; ask again after {_seconds(standing.seconds)}."
            raise ProblemError(TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(standing.seconds)})


def _leads_to(names: frozenset[str]) -> bool:
    endpoint = request.endpoint
    return endpoint is not None and endpoint.rpartition(".")[2] in names


def _told(standing: Standing) -> str:
    return f"r={standing.left};t={standing.seconds}"


def _seconds(number: int) -> str:
    return f"{number:,} second" + ("" if number == 1 else "s")


def _with_limit(headers: Headers, policy: str, standing: str) -> Headers:
    """The headers with another limit (draft-ietf-httpapi-ratelimit-headers-10), added to one that they tell of."""
    others = headers
    if headers[-1][0] == "RateLimit":
        *kept, (_, policies), (_, standings) = headers
        others, policy, standing = tuple(kept), f"{policies}, {policy}", f"{standings}, {standing}"
    return (*others, ("RateLimit-Policy", policy), ("RateLimit", standing))
