"""`steelyard serve`: the HTTP service."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from steelyard.cli.environment import EnvironmentCommand, SecretOption


@click.command(cls=EnvironmentCommand, prefix="STEELYARD_SERVE")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer.")
@click.option(
    "--rules",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="A ruleset or stack, or a folder of them, to serve in place of those that ship; may be repeated.",
)
@click.option(
    "--reload-seconds",
    type=click.FloatRange(0, 86_400),
    default=1.0,
    show_default=True,
    help="How often files are looked at for a change; 0 for never. SIGHUP loads them anew at any time.",
)
@click.option(
    "--drain-seconds",
    type=click.FloatRange(0, 3600),
    default=0.0,
    show_default=True,
    help="How long requests are still taken after SIGTERM, while /readyz says 503.",
)
@click.option(
    "--stalled-seconds",
    type=click.FloatRange(0.1, 3600),
    default=30.0,
    show_default=True,
    help="How long a client may send nothing in the middle of a body before its connection is closed.",
)
@click.option("--log-format", type=click.Choice(["text", "json"]), default="json", show_default=True)
@click.option("--log-requests/--no-log-requests", default=True, show_default=True, help="A line for each request.")
@click.option("--log-requirements", is_flag=True, help="Tell in that line what was required.")
@click.option("--tracing", is_flag=True, help="Trace requests by OpenTelemetry; its OTEL_ variables say where to.")
@click.option("--mask", "masked_needs", multiple=True, metavar="NEED", help="Never log the answers to this need.")
@click.option(
    "--decision-log",
    cls=SecretOption,
    metavar="ADDRESS",
    help="Keep every decision: sqlite:///PATH, postgresql://..., or ndjson:PATH.",
)
@click.option("--decision-log-days", type=click.IntRange(1), metavar="DAYS", help="Delete what was kept after so long.")
@click.option(
    "--api-keys-file",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Want a key of each client, one of those in this file; `steelyard key` makes them.",
)
@click.option("--rate-per-key", metavar="RATE", help="How often the holder of one key may ask, such as 100/minute.")
@click.option("--rate-per-address", metavar="RATE", help="How often one address may ask, such as 100/minute.")
@click.option(
    "--trusted-proxies",
    type=click.IntRange(0, 16),
    default=0,
    show_default=True,
    help="Proxies before the service, each of which adds who asked it to X-Forwarded-For.",
)
@click.option(
    "--cors-origin",
    "cors_origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of this origin ask from a browser, or of any if it is *; may be repeated.",
)
@click.option("--max-body-bytes", type=click.IntRange(1024), default=1024 * 1024, show_default=True)
@click.option("--max-batch-bytes", type=click.IntRange(1024), default=64 * 1024 * 1024, show_default=True)
@click.option("--max-batch-items", type=click.IntRange(1), default=100_000, show_default=True)
def serve(**given: Any) -> None:
    """Serve recommendations over HTTP until interrupted.

    Every option can be given as an environment variable, --port as STEELYARD_SERVE_PORT.
    """
    # Imported here: no other command needs Flask or the server.
    from steelyard.web import Settings  # noqa: PLC0415
    from steelyard.web.serving.options import ServerOptions  # noqa: PLC0415
    from steelyard.web.serving.server import ServerError  # noqa: PLC0415
    from steelyard.web.serving.server import serve as run  # noqa: PLC0415

    of_server = {each.name for each in fields(ServerOptions)}
    options = ServerOptions(**{key: value for key, value in given.items() if key in of_server})
    try:
        settings = Settings(**{key: value for key, value in given.items() if key not in of_server})
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    try:
        run(options, settings)
    except ServerError as error:
        raise click.UsageError(str(error)) from None
