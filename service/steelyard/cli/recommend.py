"""`steelyard recommend`: ask a ruleset, from flags, the file of a project, another or standard input."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from steelyard.api import Answer, Ruleset, load
from steelyard.cli import terminal
from steelyard.cli.asking import Asking, takes_request
from steelyard.cli.exits import ExitCode
from steelyard.cli.given import Given
from steelyard.cli.naming import named, naming_nothing
from steelyard.cli.parameters import takes
from steelyard.cli.project.finding import PROJECT_FILE, project_file, repository
from steelyard.diagnostics import Diagnostic, FaultsError
from steelyard.model import Topic
from steelyard.reader import Document
from steelyard.render.layout import harmless
from steelyard.requirements import as_of_a_record, faults_of_envelope
from steelyard.shape import day

if TYPE_CHECKING:
    from steelyard.api import Stack, StackAnswer
    from steelyard.cli.project.recorded import RecordedDecision

_RECORDS = ("adr", "markdown")
_CHECKED = ("text", "json", "markdown")
_FORMATS = ("text", "json", *_RECORDS, "svg")
_PIPED = "standard input"
_NOT_CHECKED = ("as_of", "explain", "compare")
"""What a check does not take from the file: it is about another day, and shows no answer."""
_WAY_OUT = "`steelyard recommend --write` records a decision in place of this one"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What was typed beside the request."""

    as_of: str | None
    ruleset: str | None
    stack: str | None
    explain: bool
    trace: bool
    compare: str | None
    check: bool
    write: bool
    format_: str

    @property
    def names_what_is_asked(self) -> bool:
        """Whether an option names the ruleset or the stack."""
        return self.ruleset is not None or self.stack is not None

    def demand_sense(self, asking: Asking) -> None:
        """Refuses options that do not go together.

        Raises:
            click.UsageError: they do not.
        """
        if self.ruleset is not None and self.stack is not None:
            raise click.UsageError("--ruleset and --stack cannot both be asked")
        if self.check and self.write:
            raise click.UsageError("--check and --write cannot both be done; --write shows the answer it records")
        if (self.check or self.write) and replace(asking, file=None).asks_something:
            option = "--check" if self.check else "--write"
            raise click.UsageError(f"{option} goes by what the file requires, without options that require more")
        if self.check and (self.explain or self.trace or self.compare is not None):
            raise click.UsageError("--check tells what moved; --explain, --trace and --compare are for an answer")
        if self.check and self.format_ not in _CHECKED:
            raise click.UsageError(f"--check has no format {self.format_}, but {', '.join(_CHECKED)}")
        if self.write and (self.names_what_is_asked or asking.is_piped):
            raise click.UsageError("--write records what a file asks, into that file; it is to name the ruleset itself")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """A request, and who is asked.

    Attributes:
        file: the file as it is called in messages.
        document: the file's request.
        decision: the decision that is recorded in the file, as plain data, if there is one.
        given: the request with the options over it.
    """

    file: str
    document: Document
    decision: Any
    asked: "Ruleset | Stack"
    given: Given

    def answer(self, faults: Iterable[Diagnostic] = ()) -> "Answer | StackAnswer":
        """The answer.

        Args:
            faults: what else is known to be wrong.

        Raises:
            FaultsError: something is wrong; every fault is told, with its place.
        """
        found = list(faults)
        try:
            answer = self.asked.answer(self.given.data)
        except FaultsError as error:
            raise FaultsError(self.given.located([*error.diagnostics, *found])) from None
        if found:
            raise FaultsError(self.given.located(found))
        return answer

    def recorded(self) -> "tuple[RecordedDecision | None, list[Diagnostic]]":
        """The recorded decision, if there is one, and its faults."""
        if self.decision is None:
            return None, []
        # Imported here, as below: most who ask have no decision to read, to check or to record.
        from steelyard.cli.project.recorded import read_decision  # noqa: PLC0415

        try:
            return read_decision(self.decision), []
        except FaultsError as error:
            *others, last = error.diagnostics
            return None, [*others, replace(last, help="; ".join(filter(None, (last.help, _WAY_OUT))))]


_PARAMETERS = (
    click.option("--as-of", metavar="YYYY-MM-DD", help="Use the knowledge of that day instead of today's (UTC)."),
    click.option("--ruleset", metavar="ID|PATH", help="The ruleset to ask: one that ships, or a file or folder."),
    click.option("--stack", metavar="ID|PATH", help="The stack to ask instead: one that ships, or a file."),
    click.option("--explain", is_flag=True, help="Tell what to ask next, and what would put each rival first."),
    click.option("--trace", is_flag=True, help="Tell which rules did not fire, and why."),
    click.option("--compare", metavar="ID,ID", help="Set two candidates beside each other."),
    click.option("--check", is_flag=True, help="Exit with 1 if the decision recorded in the file no longer holds."),
    click.option("--write", is_flag=True, help="Record the decision in the file."),
    click.option("--format", "format_", type=click.Choice(_FORMATS), default="text", show_default=True),
)


@click.command()
@takes_request
@takes(*_PARAMETERS)
@click.pass_context
def recommend(ctx: click.Context, /, asking: Asking, **typed: Any) -> None:
    """Recommend a candidate for a project's requirements.

    FILE is a request in YAML or JSON, as it is posted over HTTP (- reads standard input); options add to it and win
    over it. Where nothing is asked, it is steelyard.yaml, in this folder or above, up to the root of the repository;
    outside any, in this folder alone. The format adr, or markdown, is a decision record, which tells what would
    change it; svg is a chart. Exits with 1 if nothing is recommended, or by some part of a stack.

    --write records the decision in the file, beside the request; what is posted has none. --check holds the recorded
    one to the rules of today, or of --as-of, whatever day the file asks about, and tells what moved.
    """
    wanted = _Typed(**typed)
    wanted.demand_sense(asking)
    question = _question(_in_project(asking, wanted), wanted)
    fine = _checked(question, wanted) if wanted.check else _answered(question, wanted)
    ctx.exit(ExitCode.FINE if fine else ExitCode.NO)


def _in_project(asking: Asking, wanted: _Typed) -> Asking:
    """The same with the file of the project, where no other is named and it is wanted."""
    is_kept = wanted.check or wanted.write
    if asking.file is not None or (not is_kept and (asking.asks_something or wanted.names_what_is_asked)):
        return asking
    found = project_file(Path())
    if found is None and is_kept:
        looked_at = "in this folder, and outside a repository no other is looked at"
        if repository(Path()) is not None:
            looked_at = "here or above, up to the root of the repository"
        make = f"steelyard ask --save {PROJECT_FILE}"
        raise click.UsageError(f"there is no {PROJECT_FILE} {looked_at}; name a FILE, or make one: {make}")
    if found is not None and not is_kept:
        click.echo(f"Asked by {harmless(str(found))}", err=True)
    return replace(asking, file=found)


def _question(asking: Asking, wanted: _Typed) -> _Question:
    document, decision = asking.parts()
    if wanted.names_what_is_asked:
        document = naming_nothing(document)
    asked = _asked(document, wanted.ruleset, wanted.stack)
    given = asking.given(document, asked.needs)
    given.option("as_of", "--as-of", wanted.as_of)
    compared = wanted.compare
    given.option("compare", "--compare", None if compared is None else [each.strip() for each in compared.split(",")])
    topics = [*([Topic.QUESTIONS, Topic.CHANGES] if wanted.explain else []), *([Topic.RULES] if wanted.trace else [])]
    given.option("explain", "--explain", [topic.value for topic in topics] or None)
    file = _PIPED if asking.is_piped else str(asking.file)
    return _Question(file=file, document=document, decision=decision, asked=asked, given=given)


def _asked(document: Document, ruleset: str | None, stack: str | None) -> "Ruleset | Stack":
    """What an option names, or else the file; the default ruleset without either."""
    if ruleset is not None:
        return load(ruleset)
    if stack is not None or "stack" in document.data:
        # Imported here: one ruleset, which most ask, need not wait for what joins several.
        from steelyard.api import load_stack  # noqa: PLC0415

        return load_stack(stack) if stack is not None else named(document, "stack", load_stack)
    return named(document, "ruleset", load) if "ruleset" in document.data else load()


def _answered(question: _Question, wanted: _Typed) -> bool:
    """Shows the answer, and records it if that is wanted; whether something is recommended."""
    given = question.given
    if wanted.format_ in _RECORDS:
        given.data = as_of_a_record(given.data)
    if wanted.format_ == "svg" and not isinstance(question.asked, Ruleset):
        raise click.UsageError("a stack has no chart; ask for one of its rulesets with --ruleset")
    answer = question.answer()
    if wanted.write:
        from steelyard.cli.project.recorded import decision_of  # noqa: PLC0415
        from steelyard.cli.project.writing import write_decision  # noqa: PLC0415

        is_new = write_decision(Path(question.file), decision_of(answer))
        said = "Recorded in" if is_new else "Recorded already in"
        click.echo(f"{said} {harmless(question.file)}", err=True)
    click.echo(_rendered(answer, wanted.format_), nl=False)
    return answer.recommended is not None if isinstance(answer, Answer) else answer.is_complete


def _checked(question: _Question, wanted: _Typed) -> bool:
    """Shows what became of the recorded decision; whether it holds."""
    from steelyard.cli.project.checking import Asked, held_document, hold  # noqa: PLC0415
    from steelyard.cli.project.page import held_page  # noqa: PLC0415
    from steelyard.cli.view import View  # noqa: PLC0415

    given = question.given
    recorded, faults = question.recorded()
    faults += faults_of_envelope(given.data)
    given.data = {key: value for key, value in given.data.items() if key not in _NOT_CHECKED}
    given.option("as_of", "--as-of", wanted.as_of)
    answer = question.answer(faults)
    said = question.document.data.get("as_of")
    asked = Asked(question.asked, given.data)
    held = hold(asked, answer, recorded, file=question.file, pinned=None if said is None else day(said))
    page = held_page(held, command=_recording(question.file, wanted), is_by_file=not wanted.names_what_is_asked)
    view = View(page, lambda: held_document(held))
    click.echo(view.rendered(wanted.format_), nl=False)
    return held.holds


def _recording(file: str, wanted: _Typed) -> str:
    """The command that records the decision of the checked day in the file."""
    dated = [] if wanted.as_of is None else ["--as-of", wanted.as_of]
    name = [] if Path(file) == Path(PROJECT_FILE) else ["FILE" if file == _PIPED else file]
    return shlex.join(["steelyard", "recommend", "--write", *dated, *name])


def _rendered(answer: "Answer | StackAnswer", format_: str) -> str:
    if format_ == "json":
        return answer.to_json() + "\n"
    if format_ in _RECORDS:
        return answer.to_markdown()
    if format_ == "svg" and isinstance(answer, Answer):
        return answer.to_svg()
    return answer.to_text(width=terminal.width(), color=terminal.has_color())
