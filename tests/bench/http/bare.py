"""A Flask route that parses the body and returns the bytes that answer it, served as Steelyard is."""

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

from steelyard.web.serving.options import ServerOptions
from steelyard.web.serving.server import server_of
from tests.bench.http.requests import read_answers


def application(path: Path) -> Any:
    """The application."""
    answers = read_answers(path)
    app = Flask("bare")

    @app.post("/v1/recommendations")
    def answer() -> Response:
        body = request.get_data()
        json.loads(body)
        return Response(answers[body], content_type="application/json")

    return app.wsgi_app


if __name__ == "__main__":
    server = server_of(ServerOptions())
    server.bind_addr, server.bind_port = "127.0.0.1", int(sys.argv[1])
    server.serve(target_loader=partial(application, Path(sys.argv[2])), wrap_loader=False)
