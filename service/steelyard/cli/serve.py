"""`steelyard serve`: the HTTP service."""

from collections.abc import Sequence
from pathlib import Path

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer.")
@click.option(
    "--rules",
    "paths",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="A ruleset or stack, or a folder of them, to serve in place of those that ship; may be repeated.",
)
def serve(host: str, port: int, workers: int, paths: Sequence[Path]) -> None:
    """Serve recommendations over HTTP until interrupted."""
    # Imported here: no other command needs Flask or the server.
    from steelyard.web.server import ServerError  # noqa: PLC0415
    from steelyard.web.server import serve as run  # noqa: PLC0415

    try:
        run(host=host, port=port, workers=workers, paths=tuple(paths))
    except ServerError as error:
        raise click.UsageError(str(error)) from None
