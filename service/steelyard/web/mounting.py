"""Mounting the service: in an application of its own, or below a prefix of somebody else's."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Request, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import MapAdapter

from steelyard.web.exchange import the_exchange
from steelyard.web.keeping import Keeper, Loaded, Shelf, Source
from steelyard.web.reading import acceptable
from steelyard.web.routes import ROUTES, Route
from steelyard.web.routes.nowhere import METHODS, elsewhere, nowhere
from steelyard.web.routes.route import mounted_at
from steelyard.web.service import Service
from steelyard.web.settings import Settings

_View = Callable[..., Response]


def create_app(shelf: Shelf | None = None, settings: Settings | None = None) -> Flask:
    """Makes the WSGI application.

    Args:
        shelf: the rulesets to answer from; those that ship, if not given.
        settings: how it behaves.

    Raises:
        FaultsError: a ruleset that ships is faulty, or the file of the keys.
    """
    settings = settings or Settings()
    if shelf is None or settings.api_keys_file is not None:
        keeper = Keeper.of(Source(shelf=shelf, api_keys_file=settings.api_keys_file))
    else:
        keeper = Keeper(Loaded(shelf=shelf))
    return application(Service(keeper, settings))


class _Application(Flask):
    """An application that does without what Flask does for others at every request, and that takes a while.

    None of its functions is a coroutine, and which host a request was sent to leads nowhere else.
    """

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """What finds the route of a request."""
        if request is None or self.config["SERVER_NAME"] or self.config["TRUSTED_HOSTS"]:
            return super().create_url_adapter(request)
        return MapAdapter(
            self.url_map,
            server_name=request.environ["SERVER_NAME"],
            script_name=request.root_path or "/",
            subdomain="",
            url_scheme=request.scheme,
            # That of the request has only one slash at its beginning, whatever was sent.
            path_info=request.environ["PATH_INFO"].encode("latin-1").decode(errors="replace"),
            default_method=request.method,
            query_args=request.environ.get("QUERY_STRING", ""),
        )

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def application(service: Service) -> Flask:
    """An application that is nothing but the service."""
    app = _Application("steelyard", static_folder=None, template_folder=None)
    # A path with a slash too many is told about, rather than sent elsewhere with a page of HTML.
    app.url_map.merge_slashes = False
    app.extensions["steelyard"] = service
    service.attach(app)
    for kind in (NotFound, MethodNotAllowed):
        app.register_error_handler(kind, partial(_refuse, service))
    app.register_blueprint(_routes(service, "steelyard"))
    return app


def blueprint(
    *,
    rules: Iterable[str | Path] = (),
    settings: Settings | None = None,
    name: str = "steelyard",
    api: bool = True,
    page: bool = True,
) -> Blueprint:
    """The service for an application of somebody else's, to be registered under any prefix.

    Nothing of the application is touched: errors, headers and JSON are the blueprint's own, below its prefix.

    >>> from flask import Flask
    >>> import steelyard.web
    >>> app = Flask("example")
    >>> app.register_blueprint(steelyard.web.blueprint(), url_prefix="/advice")
    >>> app.test_client().get("/advice/healthz").get_json()
    {'status': 'ok'}

    Args:
        rules: the paths of rulesets and stacks, looked at for changes while it serves; those that ship, if there are
            none.
        settings: how it behaves.
        name: the blueprint's name; an application that mounts several gives each its own.
        api: whether the API is there.
        page: whether the page is there, which does without the API.

    Raises:
        ValueError: neither is to be there.
        FaultsError: a ruleset, a stack or the file of the keys is faulty; every fault is told.
    """
    if not (api or page):
        raise ValueError("nothing would be mounted: neither the API nor the page")
    settings = settings or Settings()
    source = Source(rules=tuple(map(Path, rules)), api_keys_file=settings.api_keys_file)
    routes = [route for route in ROUTES if (page if route.is_page else api)]
    service = Service(Keeper.of(source), settings, routes)
    made = _routes(service, name)
    service.attach(made)
    return made


def _routes(service: Service, name: str) -> Blueprint:
    made = Blueprint(name, __name__)
    for route in service.routes:
        _add(made, route.path, route.name, _answering(route, service), [route.method])
    for place, path in enumerate(("/", "/<path:path>")):
        _add(made, path, f"{place}-nowhere", partial(nowhere, service), METHODS)
    return made


def _add(to: Blueprint, path: str, name: str, view: _View, methods: Sequence[str]) -> None:
    # Flask would count the methods of `nowhere` among those of every path.
    to.add_url_rule(path, name, view, methods=methods, provide_automatic_options=False)


def _answering(route: Route, service: Service) -> _View:
    """The view of a route: a client that takes no form of the answer is refused before anything else is looked at."""
    deprecation = route.deprecation
    if not route.forms and deprecation is None:
        return partial(route.view, service)

    def answer(**parts: Any) -> Response:
        if deprecation is not None:
            exchange = the_exchange()
            exchange.headers += deprecation.headers(mounted_at(route.path))
        if route.forms:
            acceptable(route.forms)
        return route.view(service, **parts)

    return answer


def _refuse(service: Service, _error: HTTPException) -> Response:
    """Refuses what is beyond even the route for all that lead nowhere: odd methods, and paths with a line break."""
    return elsewhere(request.path, service.routes).reply()
