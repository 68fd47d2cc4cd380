"""What a check of a recorded decision shows."""

from collections.abc import Iterator, Mapping
from itertools import islice

from steelyard.cli.project.checking import Held
from steelyard.cli.project.recorded import Chosen, RecordedDecision
from steelyard.recommendation import joined, points
from steelyard.render.page import Block, Code, Heading, Item, Items, Line, Paragraph, Strong, Title
from steelyard.render.revision import revision_page
from steelyard.revision import WHOLE

_SHORT_DIGEST = 8


def held_page(held: Held, *, command: str, is_by_file: bool) -> Iterator[Block]:
    """The view.

    Args:
        held: what is shown.
        command: what records the decision anew.
        is_by_file: whether the file names who was asked; otherwise it has to, before the decision can be recorded.
    """
    names = _Names(held)
    yield Title(_title(held, names))
    yield Items(list(_sides(held, names)))
    yield from (Paragraph(remark) for remark in _remarks(held))
    for part, revision in held.revisions.items():
        yield Heading(f"What moved: {part}" if part else "What moved")
        if revision is None:
            yield Paragraph(_untold(held))
        else:
            # Its title says who was and who is recommended, as the title above does.
            yield from islice(revision_page(revision), 1, None)
    if not held.holds:
        yield Paragraph(_taking_over(held, is_by_file=is_by_file))
        yield Paragraph([Code(command)])


class _Names:
    """Candidates by the names that they have today; who is gone by its id."""

    def __init__(self, held: Held) -> None:
        self._names: Mapping[str, str] = {
            id_: candidate.name
            for answer in held.answers.values()
            for id_, candidate in answer.asked.candidates.items()
        }

    def choice(self, chosen: Chosen | None) -> str:
        """Who was chosen, or why nobody was."""
        if chosen is None:
            return "not asked"
        if chosen.recommended is None:
            return chosen.outcome.value
        return " = ".join(self._names.get(each, each) for each in (chosen.recommended, *chosen.tied_with))

    def choices(self, decision: RecordedDecision) -> str:
        """Who was chosen in every part, with the scores."""
        return joined([_of_part(part) + self._scored(each) for part, each in decision.choices.items()])

    def _scored(self, chosen: Chosen) -> str:
        score = "" if chosen.score is None else f" with {points(chosen.score)} of 100"
        return self.choice(chosen) + score


def _title(held: Held, names: _Names) -> str:
    if held.recorded is None:
        return f"No decision is recorded in {held.file}"
    if held.holds:
        choices = held.now.choices.items()
        return f"The decision holds: {'; '.join(_of_part(part) + names.choice(each) for part, each in choices)}"
    steps = [f"{_of_part(part)}{names.choice(then)} → {names.choice(now)}" for part, then, now in held.steps]
    return f"The decision no longer holds: {'; '.join(steps)}"


def _sides(held: Held, names: _Names) -> Iterator[Item]:
    if held.recorded is not None:
        yield Item([Strong("Recorded"), f", {_told(held.recorded)}: {names.choices(held.recorded)}"])
    yield Item([Strong("Now"), f", {_told(held.now)}: {names.choices(held.now)}"])


def _told(decision: RecordedDecision) -> str:
    by = decision.by
    return f"about {decision.as_of}, by {by['id']} {by['version']} ({by['digest'][:_SHORT_DIGEST]})"


def _remarks(held: Held) -> Iterator[str]:
    if held.is_same_request is False:
        yield "The requirements are no longer those that were decided on."
    if held.pinned is not None and held.pinned != held.now.as_of:
        yield f"The file asks about {held.pinned}; it was checked about {held.now.as_of}."


def _untold(held: Held) -> Line:
    then = None if held.recorded is None else held.recorded.as_of
    if held.is_same_request is False:
        return "The requirements moved; what they were is not recorded, so more cannot be told."
    return f"It cannot be told: about {then}, these rules do not choose what was chosen then either."


def _taking_over(held: Held, *, is_by_file: bool) -> Line:
    aim = "To record what is recommended now" if held.recorded is None else "To take it over"
    kind, decided_by = held.now.kind, held.now.by["id"]
    named: Line = [] if is_by_file else [f"let the file name the {kind} ", Code(decided_by)]
    undated: Line = [] if held.pinned is None else ["leave ", Code("as_of"), " out of the file"]
    steps = [each for each in (named, undated) if each]
    joint = [piece for step in steps for piece in (" and ", *step)][1:]
    return [aim, ", ", *joint, ", then:"] if joint else f"{aim}:"


def _of_part(part: str) -> str:
    return "" if part == WHOLE else f"{part}: "
