"""`steelyard key`: a new key for a client of the service."""

from datetime import date

import click

from steelyard.cli.parameters import DAY


@click.command()
@click.argument("name")
@click.option("--until", type=DAY, metavar="YYYY-MM-DD", help="The day, in UTC, from which on it is no longer valid.")
def key(name: str, until: date | None) -> None:
    """Make a new key for the client NAME, and show it once.

    The key goes to standard error. The line for the file that `steelyard serve --api-keys-file` reads goes to standard
    output, and holds nothing secret:

        steelyard key reporting >> keys.txt

    Two lines may have the same name, so that a client can go over from its old key to a new one. A key is revoked by
    deleting its line.
    """
    # Imported here: no other command but `serve` needs what comes with the service.
    from steelyard.web.guarding.keys import line_of, new_key  # noqa: PLC0415

    made = new_key()
    try:
        line = line_of(name, made, until)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="NAME") from None
    click.echo(line)
    click.echo(made, err=True)
