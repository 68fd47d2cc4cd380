"""`steelyard rules`: show what a ruleset knows."""

from datetime import date
from functools import partial

import click

from steelyard.api import load
from steelyard.cli import terminal
from steelyard.cli.parameters import DAY, demand_known
from steelyard.cli.view import View
from steelyard.knowledge import (
    Knowledge,
    balance,
    balance_document,
    candidate_document,
    changes,
    changes_document,
    rules_document,
)
from steelyard.library import DEFAULT_RULESET
from steelyard.model import Candidate
from steelyard.recommendation import joined
from steelyard.render.rules import balance_page, candidate_page, changes_page, needs_page, rules_page
from steelyard.requirements import today

_WIDEST_TABLE = 160


@click.command()
@click.argument("ruleset", metavar="[RULESET]", default=DEFAULT_RULESET)
@click.option("--as-of", type=DAY, metavar="YYYY-MM-DD", help="Show the knowledge of that day, not today's (UTC).")
@click.option("--criterion", metavar="ID", help="Show only the rules of this criterion.")
@click.option("--need", metavar="NEED", help="Show only the rules that read this need.")
@click.option("--candidate", metavar="ID", help="Show all that is known of this one, with sources and history.")
@click.option("--needs", is_flag=True, help="Show the needs, and which rules read each.")
@click.option("--since", type=DAY, metavar="YYYY-MM-DD", help="Show what changed after that day.")
@click.option("--balance", "balanced", is_flag=True, help="Count the ratings of each candidate, and what is not known.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
def rules(  # noqa: PLR0913  one argument for each option, passed by name
    *,
    ruleset: str,
    as_of: date | None,
    criterion: str | None,
    need: str | None,
    candidate: str | None,
    needs: bool,
    since: date | None,
    balanced: bool,
    format_: str,
) -> None:
    """Show what RULESET knows: its rules, and how each of them rates each candidate.

    RULESET is the id of one that ships, or the path of a file or folder; without it, the default is shown. What is
    rated differently at other times is shown as it stands on one day.
    """
    model = load(ruleset).model
    demand_known("--criterion", criterion, model.criteria, "criterion")
    demand_known("--need", need, model.needs, "need")
    demand_known("--candidate", candidate, model.candidates, "candidate")
    _demand_one_view(needs=needs, since=since is not None, balanced=balanced, candidate=candidate is not None)
    knowledge = Knowledge.of(model, as_of or today(), criterion=criterion, need=need)
    room = terminal.width(_WIDEST_TABLE) if format_ == "text" else None
    weighed = model.candidates[candidate] if candidate is not None else None
    if since is not None:
        view = _changes_view(knowledge, since, weighed)
    elif weighed is not None:
        view = View(candidate_page(knowledge, weighed), partial(candidate_document, knowledge, weighed))
    elif balanced:
        shares = balance(knowledge)
        view = View(balance_page(knowledge, shares, room), partial(balance_document, knowledge, shares))
    elif needs:
        view = View(needs_page(knowledge, need), partial(rules_document, knowledge))
    else:
        view = View(rules_page(knowledge, room), partial(rules_document, knowledge), widest=_WIDEST_TABLE)
    click.echo(view.rendered(format_), nl=False)


def _demand_one_view(*, needs: bool, since: bool, balanced: bool, candidate: bool) -> None:
    views = {"--needs": needs, "--since": since, "--balance": balanced, "--candidate": candidate and not since}
    asked = [option for option, given in views.items() if given]
    if len(asked) > 1:
        raise click.UsageError(f"{joined(asked)} are views of their own: ask for one")


def _changes_view(knowledge: Knowledge, since: date, candidate: Candidate | None) -> View:
    if since > knowledge.as_of:
        raise click.UsageError(f"--since {since} is after {knowledge.as_of}, the day that is shown")
    found = [each for each in changes(knowledge, since) if candidate is None or each.is_about(candidate)]
    return View(changes_page(knowledge, since, found), partial(changes_document, knowledge, since, found))
