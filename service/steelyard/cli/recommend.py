"""`steelyard recommend`: ask a ruleset, from flags, a file or standard input."""

from typing import TYPE_CHECKING

import click

from steelyard.api import Answer, Ruleset, load
from steelyard.cli import terminal
from steelyard.cli.asking import Asking, takes_request
from steelyard.cli.exits import ExitCode
from steelyard.cli.given import Given
from steelyard.cli.naming import named, naming_nothing
from steelyard.diagnostics import FaultsError
from steelyard.model import Topic
from steelyard.reader import Document
from steelyard.requirements import as_of_a_record

if TYPE_CHECKING:
    from steelyard.api import Stack, StackAnswer


_RECORDS = ("adr", "markdown")
_FORMATS = ("text", "json", *_RECORDS, "svg")


@click.command()
@takes_request
@click.option("--as-of", metavar="YYYY-MM-DD", help="Use the knowledge of that day instead of today's (UTC).")
@click.option("--ruleset", metavar="ID|PATH", help="The ruleset to ask: one that ships, or a file or folder.")
@click.option("--stack", metavar="ID|PATH", help="The stack to ask instead: one that ships, or a file.")
@click.option("--explain", is_flag=True, help="Tell what to ask next, and what would put each rival first.")
@click.option("--trace", is_flag=True, help="Tell which rules did not fire, and why.")
@click.option("--compare", metavar="ID,ID", help="Set two candidates beside each other.")
@click.option("--format", "format_", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.pass_context
def recommend(  # noqa: PLR0913  one argument for each option, passed by name
    ctx: click.Context,
    *,
    asking: Asking,
    as_of: str | None,
    ruleset: str | None,
    stack: str | None,
    explain: bool,
    trace: bool,
    compare: str | None,
    format_: str,
) -> None:
    """Recommend a candidate for a project's requirements.

    FILE is a request in YAML or JSON, the same document that is posted over HTTP (- reads standard input); options
    add to it and win over it. The format adr, or markdown, is a decision record, which tells what would change it;
    svg is a chart. Exits with 1 if nothing is recommended, or by some part of a stack.
    """
    if ruleset is not None and stack is not None:
        raise click.UsageError("--ruleset and --stack cannot both be asked")
    document = asking.document()
    if ruleset is not None or stack is not None:
        document = naming_nothing(document)
    asked = _asked(document, ruleset, stack)
    given = asking.given(document, asked.needs)
    given.option("as_of", "--as-of", as_of)
    given.option("compare", "--compare", [each.strip() for each in compare.split(",")] if compare is not None else None)
    topics = [*([Topic.QUESTIONS, Topic.CHANGES] if explain else []), *([Topic.RULES] if trace else [])]
    given.option("explain", "--explain", [topic.value for topic in topics] or None)
    if format_ in _RECORDS:
        given.data = as_of_a_record(given.data)
    if format_ == "svg" and not isinstance(asked, Ruleset):
        raise click.UsageError("a stack has no chart; ask for one of its rulesets with --ruleset")
    answer = _answer(asked, given)
    click.echo(_rendered(answer, format_), nl=False)
    ctx.exit(ExitCode.FINE if _is_fine(answer) else ExitCode.NO)


def _asked(document: Document, ruleset: str | None, stack: str | None) -> "Ruleset | Stack":
    """What an option names, or else the file; the default ruleset without either."""
    if ruleset is not None:
        return load(ruleset)
    if stack is not None or "stack" in document.data:
        # Imported here: one ruleset, which most ask, need not wait for what joins several.
        from steelyard.api import load_stack  # noqa: PLC0415

        return load_stack(stack) if stack is not None else named(document, "stack", load_stack)
    return named(document, "ruleset", load) if "ruleset" in document.data else load()


def _is_fine(answer: "Answer | StackAnswer") -> bool:
    """Whether something is recommended, and by every part of a stack."""
    return answer.recommended is not None if isinstance(answer, Answer) else answer.is_complete


def _answer(asked: "Ruleset | Stack", given: Given) -> "Answer | StackAnswer":
    try:
        return asked.answer(given.data)
    except FaultsError as error:
        raise FaultsError(given.located(error.diagnostics)) from None


def _rendered(answer: "Answer | StackAnswer", format_: str) -> str:
    if format_ == "json":
        return answer.to_json() + "\n"
    if format_ in _RECORDS:
        return answer.to_markdown()
    if format_ == "svg" and isinstance(answer, Answer):
        return answer.to_svg()
    return answer.to_text(width=terminal.width(), color=terminal.has_color())
