"""`steelyard mcp`: a server of the Model Context Protocol, for agents."""

from collections.abc import Sequence

import click

from steelyard.cli.exits import ExitCode
from steelyard.library import shipped_stacks

_MISSING = 'the MCP SDK is needed for this: pip install "steelyard[mcp]"'
_EXTRA = ("anyio", "mcp", "mcp_types", "uvicorn")


@click.command()
@click.argument("rulesets", metavar="[RULESET]...", nargs=-1)
@click.option(
    "--transport",
    type=click.Choice(["stdio", "http"]),
    default="stdio",
    show_default=True,
    help="How to speak: over standard input and output, or over (streamable) HTTP.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on, for http.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="The port, for http.")
@click.option(
    "--allowed-host",
    "allowed_hosts",
    multiple=True,
    metavar="NAME",
    help="A name by which clients may call it over http, beside --host and this machine; may be repeated.",
)
@click.pass_context
def mcp(
    ctx: click.Context,
    *,
    rulesets: Sequence[str],
    transport: str,
    host: str,
    port: int,
    allowed_hosts: Sequence[str],
) -> None:
    """Serve recommendations to agents over the Model Context Protocol.

    RULESETs are ids of those that ship, or paths of files or folders; without any, those that ship are served. The
    first is the default. With stdio it ends when its input does, with http when it is interrupted; over http the
    address is http://HOST:PORT/mcp.
    """
    try:
        from steelyard.agents.running import ListenError, Listening, serve_http, serve_stdio  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _EXTRA:
            raise
        click.echo(f"Error: {_MISSING}", err=True)
        ctx.exit(ExitCode.MISUSE)
    from steelyard.agents.served import Served  # noqa: PLC0415  as above

    joined = [name for name in rulesets if name in shipped_stacks()]
    if joined:
        raise click.UsageError(f"{joined[0]} is a stack; name the rulesets that it joins")
    served = Served.load(rulesets)
    if transport == "stdio":
        serve_stdio(served)
        return
    try:
        serve_http(served, Listening(host=host, port=port, allowed_hosts=allowed_hosts))
    except ListenError as error:
        raise click.UsageError(str(error)) from None
