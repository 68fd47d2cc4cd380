"""Decisions of a log made again: which of them change, why, and what could not be made again."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from steelyard.recommendation import Reason, counted, joined
from steelyard.render.page import (
    Block,
    Code,
    Column,
    Group,
    Heading,
    Item,
    Items,
    Line,
    Paragraph,
    Row,
    Strong,
    Table,
    Title,
)
from steelyard.render.revision.many import movers_table
from steelyard.render.wording import signed
from steelyard.revision import CandidateMove, Choice, Redecided, Refused, Replay, RuleStatus, Shift, Why

_MOST_SHOWN = 20
_MOST_SHIFTS = 4
_SHORT_DIGEST = 8
_NOTHING = "not asked"
_TIMES = "\N{MULTIPLICATION SIGN}"
_STATUS = {
    RuleStatus.NEW: ", a new rule",
    RuleStatus.GONE: ", a rule that is gone",
    RuleStatus.FIRES: ", which applies only now",
    RuleStatus.SILENT: ", which applies no longer",
    RuleStatus.KEPT: "",
}


def replay_page(replay: Replay, *, everything: bool = False) -> Iterator[Block]:
    """The view.

    Args:
        replay: what is shown.
        everything: whether all decisions, also those that do not change, and all rules are listed.
    """
    changed = replay.changed
    yield Title(f"{replay.changes or 'None'} of {counted(replay.asked, 'decision')} would change")
    yield Paragraph(_who(replay))
    if len(changed) > 1:
        yield _transitions(changed)
    if changed:
        yield Heading("What changes")
        yield from _listed(changed, everything=everything)
    if any(each.why is None for each in changed):
        yield Paragraph("Why is not told where the ruleset that decided then is not at hand: say it with --before.")
    yield from movers_table(replay.movers, everything=everything)
    if replay.refused:
        yield Heading(f"{counted(replay.refusals, 'decision')} cannot be made again")
        yield Items([_refused(each) for each in replay.refused])
    if same := [each for each in replay.redecided if not each.differs]:
        yield Heading("What stays the same")
        yield Items([_redecided(each) for each in same])
    if passed_over := list(_passed_over(replay)):
        yield Heading("Passed over")
        yield Items(passed_over)


def _who(replay: Replay) -> Line:
    against = replay.against
    asked = counted(replay.distinct, "different request")
    about = f", about {replay.as_of}" if replay.as_of else ""
    digest = against.digest[:_SHORT_DIGEST]
    return ["Asked again: ", Code(against.id), f", version {against.version}, digest {digest}{about}: {asked}."]


def _transitions(changed: Sequence[Redecided]) -> Table:
    counts: Counter[tuple[str, str, str]] = Counter()
    for each in changed:
        for part, then, now in each.steps:
            counts[part, _choice(then), _choice(now)] += each.count
    rows = [Row([_of_part(part) + then, now, str(count)]) for (part, then, now), count in counts.most_common()]
    return Table([Column("Then"), Column("Now"), Column("Decisions", right=True)], [Group("", rows)])


def _listed(changed: Sequence[Redecided], *, everything: bool) -> Iterator[Block]:
    shown = changed if everything else changed[:_MOST_SHOWN]
    yield Items([_redecided(each) for each in shown])
    if rest := changed[len(shown) :]:
        decisions = counted(sum(each.count for each in rest), "more decision")
        yield Paragraph(f"and {decisions}, of {counted(len(rest), 'request')}")


def _redecided(each: Redecided) -> Item:
    below: list[Line | Item] = [f"{_requirements(each.requirements)}{_among(each)}, {_about(each.days)}"]
    for why in each.why or ():
        below += _why(why)
    steps = "; ".join(f"{_of_part(part)}{_choice(then)} → {_choice(now)}" for part, then, now in each.steps)
    stays = "; ".join(f"{_of_part(part)}{_choice(choice)}" for part, choice in each.after.items())
    return Item([Strong(steps or stays)], mark=f"{each.count}{_TIMES}", below=below)


def _refused(each: Refused) -> Item:
    faults = [_fault(found.pointer, found.message) for found in each.faults]
    return Item(
        faults[0], mark=f"{each.count}{_TIMES}", below=[*faults[1:], f"such as {_requirements(each.requirements)}"]
    )


def _fault(pointer: str, message: str) -> Line:
    return [message, " at ", Code(pointer)] if pointer else message


def _passed_over(replay: Replay) -> Iterator[Item]:
    for id_, count in replay.others.items():
        yield Item([f"{counted(count, 'decision')} by ", Code(id_)])
    if replay.passed_masked:
        names = joined([f"{need} ({count})" for need, count in replay.masked.items()])
        yield Item(f"{counted(replay.passed_masked, 'decision')} whose answers are masked: {names}")
    if replay.faulty_lines:
        lines: list[Line] = [f"line {number}: {message}" for number, message in replay.faulty]
        if more := replay.faulty_lines - len(lines):
            lines.append(f"and {counted(more, 'more line')}")
        yield Item(f"{counted(replay.faulty_lines, 'line')} without a record", below=lines)


def _why(why: Why) -> Iterator[Line | Item]:
    """What moved who is chosen now past who was chosen then."""
    if why.then is not None:
        yield from _excluded(why.then, "now", why.vetoes)
        if why.then.after is None:
            yield f"{why.then.name} is not weighed now"
    if why.now is not None and why.now is not why.then:
        yield from _excluded(why.now, "then", why.lifted)
        if why.now.before is None:
            yield f"{why.now.name} was not weighed then"
    if (why.shifts or why.shares) and why.then is not None and why.now is not None:
        yield f"{why.now.name} gained on {why.then.name}:"
    shown, rest = why.shifts[:_MOST_SHIFTS], why.shifts[_MOST_SHIFTS:]
    yield from (_shift(each) for each in shown)
    if rest:
        points = float(sum(shift.points for shift in rest))
        yield Item(f"through {counted(len(rest), 'more rule')}", mark=signed(points))
    if why.shares:
        yield Item("since the rules weigh another share of the whole", mark=signed(float(why.shares)))


def _excluded(move: CandidateMove, when: str, reasons: Sequence[Reason]) -> Iterator[Line]:
    if reasons:
        yield f"{move.name}, excluded {when}: {' '.join(reason.because or reason.title for reason in reasons)}"


def _shift(shift: Shift) -> Item:
    return Item(f"{shift.title}{_STATUS[shift.status]}", mark=signed(float(shift.points)))


def _choice(choice: Choice | None) -> str:
    if choice is None:
        return _NOTHING
    if choice.candidate is None:
        return choice.outcome
    return f"{choice.candidate} (tied)" if choice.outcome == "tied" else choice.candidate


def _of_part(part: str) -> str:
    return f"{part}: " if part else ""


def _requirements(requirements: Mapping[str, Mapping[str, object]]) -> str:
    return ", ".join(_requirement(need, each) for need, each in requirements.items()) or "nothing required"


def _requirement(need: str, requirement: Mapping[str, object]) -> str:
    """An answer as it is typed, with its importance where that is not the usual one."""
    value, importance = requirement["value"], requirement.get("importance", "should")
    if isinstance(value, bool):
        value = "yes" if value else "no"
    elif isinstance(value, list | tuple):
        value = "+".join(str(each) for each in value) or "none"
    return f"{need}={value}" + ("" if importance == "should" else f" ({importance})")


def _among(each: Redecided) -> str:
    return "" if each.candidates is None else f", among {', '.join(each.candidates)}"


def _about(days: tuple[date, date]) -> str:
    first, last = days
    return f"about {first}" if first == last else f"about {first} to {last}"
