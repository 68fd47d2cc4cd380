"""The application factory."""

from flask import Flask

from steelyard.web.problems import tell_problems
from steelyard.web.replies import finish_replies
from steelyard.web.routes import add_routes
from steelyard.web.shelf import Shelf, open_shelf


def create_app(shelf: Shelf | None = None) -> Flask:
    """Makes the WSGI application.

    Args:
        shelf: the rulesets to answer from; those that ship, if not given.

    Raises:
        RulesetError: a ruleset that ships is faulty.
    """
    app = Flask("steelyard", static_folder=None, template_folder=None)
    # A path with a slash too many is told about, rather than sent elsewhere with a page of HTML.
    app.url_map.merge_slashes = False
    tell_problems(app)
    finish_replies(app)
    add_routes(app, open_shelf() if shelf is None else shelf)
    return app
