"""An application of your own that gives advice below `/advice`: `flask --app service/examples/flask_app run`."""

from flask import Flask

from steelyard.web import Settings, blueprint

app = Flask(__name__)
app.register_blueprint(blueprint(settings=Settings(max_body_bytes=64 * 1024)), url_prefix="/advice")


@app.get("/")
def welcome() -> dict[str, str]:
    """Tells where the advice is to be had."""
    return {"ask": "/advice/v1/recommendations"}
