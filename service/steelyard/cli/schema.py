"""`steelyard schema`: what a ruleset takes, as JSON Schema or as the function that a language model calls."""

import json
from typing import Any

import click

from steelyard.api import load
from steelyard.requirements import SCHEMAS, Askable, Whole


@click.command()
@click.argument("ruleset", metavar="[RULESET]", required=False)
@click.option("--stack", metavar="ID|PATH", help="Describe a stack instead: one that ships, or a file.")
@click.option(
    "--for",
    "reader",
    type=click.Choice(["json-schema", "openai", "anthropic"]),
    default="json-schema",
    show_default=True,
    help="Who is to read it.",
)
@click.option(
    "--of",
    type=click.Choice(["requirements", "request"]),
    default="requirements",
    show_default=True,
    help="The answers alone, or a whole request as it is posted.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="With --for openai, in strict mode: what is not known is null. Leave the nulls out, at every depth, before "
    "you send the request.",
)
def schema(*, ruleset: str | None, stack: str | None, reader: str, of: Whole, strict: bool) -> None:
    """Print what a ruleset takes, for programs that ask it and models that call it.

    RULESET is the id of one that ships, or the path of a file or folder; without it, the default is described. For
    openai or anthropic it is the definition of a function whose arguments are the requirements, or the request.
    """
    if ruleset is not None and stack is not None:
        raise click.UsageError("RULESET and --stack cannot both be described")
    if strict and reader != "openai":
        raise click.UsageError("--strict goes with --for openai")
    described = _described(_askable(ruleset, stack), reader, of, strict=strict)
    click.echo(json.dumps(described, ensure_ascii=False, indent=2))


def _described(asked: Askable, reader: str, of: Whole, *, strict: bool) -> dict[str, Any]:
    # No other command describes functions.
    from steelyard.agents.functions import TooLargeError, function_of  # noqa: PLC0415

    match reader:
        case "openai":
            try:
                return function_of(asked, of).for_openai(strict=strict)
            except TooLargeError as error:
                raise click.UsageError(f"{error}; leave out --strict") from None
        case "anthropic":
            return function_of(asked, of).for_anthropic()
        case _:
            return SCHEMAS[of](asked)


def _askable(ruleset: str | None, stack: str | None) -> Askable:
    if stack is None:
        return Askable.of((load() if ruleset is None else load(ruleset)).model)
    from steelyard.api import load_stack  # noqa: PLC0415  few describe a stack

    return load_stack(stack).model.askable
