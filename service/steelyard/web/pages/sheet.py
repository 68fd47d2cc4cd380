"""Everything that the page shows of a project, worked out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from steelyard.api import Answer, Ruleset, Stack, StackAnswer
from steelyard.diagnostics import Diagnostic
from steelyard.interview import Interview
from steelyard.recommendation import Outcome, Weighed, counted, joined
from steelyard.render.page import page_as_html
from steelyard.render.revision import revision_page
from steelyard.requirements import today
from steelyard.web.keeping import Shelf
from steelyard.web.pages.bars import bars, excluded, undecided
from steelyard.web.pages.beam import beam
from steelyard.web.pages.closer import changes, opened, relaxations, side_by_side, weighed_of
from steelyard.web.pages.copies import copies, downloads
from steelyard.web.pages.moments import (
    Compared,
    Way,
    compared,
    days_beside,
    days_of_change,
    other_days,
    others_beside,
    spans,
)
from steelyard.web.pages.project import Project
from steelyard.web.pages.questionnaire import IMPORTANCES, telling, topics
from steelyard.web.pages.rendering import Place

Data = dict[str, Any]

_HOW_TO_BEGIN = "answer the question beside this, or any other, and leave out what is not known."
_MOST_EXAMPLES = 6
_HOW_STACKS_ANSWER = "Say what the project needs: each part is answered with the answers of those before it."


@dataclass(frozen=True, slots=True)
class Choosable:
    """A ruleset or stack that can be chosen: its title, and the page that asks it."""

    title: str
    address: str
    is_chosen: bool
    is_stack: bool


def sheet(project: Project, faults: Iterable[Diagnostic], shelf: Shelf, place: Place) -> Data:
    """What the template of the page is given."""
    now = today()
    data: Data = {
        "project": project,
        "faults": [*faults],
        "choosable": _choosable(project, shelf),
        "importances": IMPORTANCES,
        "is_stack": isinstance(project.asked, Stack),
        "topics": topics(project),
        "today": now,
        "hidden": project.query,
    }
    if isinstance(project.asked, Stack):
        return {**data, **_of_stack(project, project.asked, shelf, place)}
    return {**data, **_of_ruleset(project, project.asked, shelf, place, now)}


def headline(answer: Answer, *, is_empty: bool) -> tuple[str, str]:
    """What the answer comes to, and what is to be said beside it."""
    if is_empty:
        count = len(answer.ranking)
        to_weigh = f"There {'is' if count == 1 else 'are'} {counted(count, 'candidate')} to weigh"
        return "Nothing is said yet", f"So nothing is recommended. {to_weigh}: {_HOW_TO_BEGIN}"
    title, colon, rest = answer.headline.partition(": ")
    if colon and answer.outcome in (Outcome.RECOMMENDED, Outcome.TIED) and answer.rests_on_needs:
        return title, rest
    first, stop, rest = answer.headline.partition(". ")
    return first + stop.strip(), rest


def _of_ruleset(project: Project, ruleset: Ruleset, shelf: Shelf, place: Place, now: date) -> Data:
    interview = Interview.of(ruleset, ruleset.read(project.request), frozenset(project.not_known))
    answer = interview.answer
    pair = _pair(project, answer)
    explained = ruleset.answer(
        {
            **project.request,
            **({"explain": ["changes"]} if project.shows_changes else {}),
            **({"compare": [each.candidate for each in pair]} if pair else {}),
        }
    )
    is_empty = not project.requirements
    title, rest = headline(answer, is_empty=is_empty)
    looked_at = project.look_at or (answer.ranking[0].candidate if answer.recommended else None)
    explanation = explained.explanation
    return {
        "answer": answer,
        "is_empty": is_empty,
        "title": title,
        "rest": rest,
        "telling": telling(project, interview),
        "settled": bool(answer.settled),
        "bars": () if is_empty else bars(project, answer, looked_at),
        "excluded": () if is_empty else excluded(project, answer, looked_at),
        "examples": _examples(project, ruleset) if is_empty else (),
        "undecided": answer.ranking if is_empty else undecided(answer),
        "relaxations": relaxations(project, answer.relax),
        "beam": beam(answer, *pair) if pair and not is_empty else None,
        "opened": None if is_empty or looked_at is None else opened(answer, looked_at),
        "beside": side_by_side(answer, explanation.comparison) if explanation.comparison and not is_empty else None,
        "rivals": _rivals(project, answer, pair),
        "changes": changes(project, explanation.changes or ()),
        "changes_address": replace(project, shows_changes=True).address,
        **_on_other_days(project, ruleset, answer, shelf, now),
        "copies": copies(project, answer, place, interview=interview),
        "downloads": downloads(project, answer, place),
    }


def _examples(project: Project, ruleset: Ruleset) -> list[Way]:
    """Cases of the ruleset's author from which one can start: of the newest, those that say most and not all."""
    cases = ruleset.model.cases.values()
    newest = max((each.as_of for each in cases if each.as_of), default=None)
    telling = [
        each for each in cases if each.as_of in (None, newest) and len(each.requirements) * 2 <= len(ruleset.needs)
    ]
    found = []
    for case in sorted(telling, key=lambda each: -len(each.requirements))[:_MOST_EXAMPLES]:
        said = ruleset.answer(case.request).requirements
        address = Project(asked=ruleset, is_default=project.is_default, requirements=said).address
        found.append(Way(case.id.replace("-", " ").capitalize(), address, is_here=False))
    return found


def _on_other_days(project: Project, ruleset: Ruleset, answer: Answer, shelf: Shelf, now: date) -> Data:
    days = days_of_change(ruleset)
    other = compared(project, answer, shelf)
    then = None
    if isinstance(other, Compared):
        # The writer of the page escapes whatever a ruleset says.
        then = Markup(page_as_html(revision_page(other.revision, other.left_out), heading_level=4))  # noqa: S704
    return {
        "spans": () if not project.requirements else spans(project, ruleset, days, now),
        "other_days": other_days(project, days, now),
        "days_beside": days_beside(project, days, now),
        "others_beside": others_beside(project, shelf),
        "alone_address": replace(project, beside=None).address,
        "compared": other,
        "compared_html": then,
    }


def _of_stack(project: Project, stack: Stack, shelf: Shelf, place: Place) -> Data:
    answer = stack.answer(project.request)
    parts = []
    for id_, part in answer.parts.items():
        ruleset = shelf.rulesets[part.asked.id]
        alone = replace(project.asking(ruleset, is_default=ruleset is shelf.default), requirements=part.requirements)
        title, rest = headline(part, is_empty=False)
        parts.append(
            {
                "id": id_,
                "name": id_.replace("-", " ").capitalize(),
                "title": title,
                "rest": rest,
                "bars": bars(alone, part, None),
                "excluded": excluded(alone, part, None),
                "undecided": undecided(part),
                "address": alone.address,
            }
        )
    return {
        "answer": answer,
        "is_empty": not project.requirements,
        "title": _together(stack, answer) if project.requirements else "Nothing is said yet",
        "rest": answer.summary if project.requirements else _HOW_STACKS_ANSWER,
        "parts": parts,
        "telling": None,
        "copies": copies(project, answer, place, interview=None),
        "downloads": downloads(project, answer, place),
    }


def _together(stack: Stack, answer: StackAnswer) -> str:
    """What is recommended for all parts; the stack's own title where that is not settled for one of them."""
    names = [part.recommended.name for part in answer.parts.values() if part.recommended is not None]
    return f"{joined(names)} fit together" if len(names) == len(answer.parts) else stack.title


def _pair(project: Project, answer: Answer) -> tuple[Weighed, Weighed] | None:
    """The two candidates on the beam: those that are compared, or the first of the ranking and the next."""
    if project.compare is not None:
        one, other = (weighed_of(answer, each) for each in project.compare)
        if one is not None and other is not None:
            return one, other
    ranked = answer.ranking
    if len(ranked) < 2 or answer.recommended is None:
        return None
    return ranked[0], ranked[1]


def _rivals(project: Project, answer: Answer, pair: tuple[Weighed, Weighed] | None) -> list[Way]:
    """The candidates that can be put on the beam against the first of the two."""
    if pair is None:
        return []
    first, second = pair
    return [
        Way(
            label=each.name,
            address=replace(project, compare=(first.candidate, each.candidate)).address,
            is_here=each.candidate == second.candidate,
        )
        for each in (*answer.ranking, *answer.excluded)
        if each.candidate != first.candidate
    ]


def _choosable(project: Project, shelf: Shelf) -> list[Choosable]:
    """What can be asked, the default first."""
    asked: list[tuple[Ruleset | Stack, bool]] = [(each, False) for each in shelf.rulesets.values()]
    asked += [(each, True) for each in shelf.stacks.values()]
    return [
        Choosable(
            title=each.title,
            address=project.asking(each, is_default=each is shelf.default).address,
            is_chosen=each is project.asked,
            is_stack=is_stack,
        )
        for each, is_stack in asked
    ]
