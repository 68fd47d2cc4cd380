"""What an interview tells, in lines of a sheet: questions, what they could do, what answers changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from steelyard.interview.shift import Shift, Shifted
from steelyard.interview.state import Interview
from steelyard.model import Answer, Need, Requirement, answer_labels
from steelyard.recommendation import Outcome, Question, counted, joined
from steelyard.render.layout import Sheet, Tone, display_width, harmless, padded
from steelyard.render.wording import signed, vetoes

_T = TypeVar("_T")

_INDENT = "  "
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Telling:
    """Writes on a sheet. Whatever a ruleset says is made harmless before it is written."""

    sheet: Sheet

    def opening(self, interview: Interview) -> list[str]:
        """What is asked, from what is said already, and who leads so far."""
        ruleset = interview.ruleset
        lines = self.sheet.bold(self.sheet.fold(harmless(ruleset.title)))
        lines += self.sheet.fold(f"{ruleset.id}, version {harmless(ruleset.version)}, as of {interview.as_of}")
        for need, requirement in interview.said.items():
            question = harmless(ruleset.needs[need].question)
            lines += self._line(f"{question} {said_words(ruleset.needs[need], requirement)}")
        return [*lines, "", *self.sheet.fold(harmless(interview.answer.summary))]

    def question(self, interview: Interview, need: Need) -> list[str]:
        """A question with its help and what it could do."""
        number = f"{len(interview.steps) + 1}. "
        lines = ["", *self.sheet.bold(self.sheet.fold(harmless(need.question), first=number))]
        told = [harmless(need.help)] if need.help else []
        found = interview.question(need.id)
        told.append(effect(found, interview) if found else "As a should, it changes nothing by itself now.")
        for each in told:
            lines += self.sheet.fold(each, first=" " * len(number))
        return lines

    def importance(self, need: Need, value: Answer) -> list[str]:
        """The question how much an answer matters."""
        return self._line(f"{_in_words(need, value)}: how much does that matter?")

    def said(self, need: Need, requirement: Requirement) -> list[str]:
        """An answer, as it was understood."""
        return self.sheet.fold(said_words(need, requirement), first="  → ")

    def not_known(self) -> list[str]:
        """That a question was passed over."""
        return self._line("→ Not known. It can be answered later.")

    def back(self, interview: Interview) -> list[str]:
        """That the last question of the interview, which there must be, is taken back."""
        question = harmless(interview.ruleset.needs[interview.steps[-1].need].question)
        return self._line(f"Taken back: {question}")

    def shift(self, before: Interview, after: Interview) -> list[str]:
        """What an answer changed."""
        shift = Shift.between(before.answer, after.answer)
        summary = self.sheet.fold(harmless(after.answer.summary))
        lines = ["", *(self.sheet.bold(summary) if shift.leads_now else summary)]
        lines += self._rows(shift.rows)
        if shift.left_out:
            lines += self._line(f"… {shift.left_out} more, each at the rank that it had")
        for each in shift.excluded:
            because = [harmless(reason.because or reason.title) for reason in vetoes(each)]
            lines += self._line(f"{harmless(each.name)} is out: {' '.join(because)}")
        return lines

    def settled(self, interview: Interview) -> list[str]:
        """Why it is time to stop."""
        if not interview.rest:
            return ["", *self.sheet.fold("Every question was put.")]
        if interview.answer.settled:
            told = "No single answer that is left would change that, short of a must."
        else:
            told = "Only what is not known could still change that."
        return ["", *self.sheet.fold(told)]

    def _rows(self, rows: Sequence[Shifted]) -> list[str]:
        """Rank, name, score, points and places, in columns; names are folded where there is little room."""
        if not rows:
            return []
        digits = max(len(str(row.ranked.rank)) for row in rows)
        points = [signed(row.points) if row.points is not None else "again" for row in rows]
        points_width = max(map(len, points))
        scores = [f"{row.ranked.score:.0f}" for row in rows]
        beside = len(_INDENT) + digits + 2 + 2 + max(map(len, scores)) + 1 + points_width + 4
        room = max(3, self.sheet.width - beside)
        names = [Sheet(room).fold(harmless(row.ranked.name)) for row in rows]
        width = max(display_width(name) for folded in names for name in folded)
        lines: list[str] = []
        for row, name, score, gained in zip(rows, names, scores, points, strict=True):
            head = f"{_INDENT}{row.ranked.rank:>{digits}}  {padded(name[0], width)}  {score:>{max(map(len, scores))}}"
            change = self.sheet.signed(f"{gained:>{points_width}}")
            lines.append(f"{head} {change}{self._places(row.places)}")
            lines += [" " * (len(_INDENT) + digits + 2) + more for more in name[1:]]
        return lines

    def _places(self, places: int | None) -> str:
        if not places:
            return ""
        mark, tone = ("▲", Tone.GOOD) if places > 0 else ("▼", Tone.BAD)
        return " " + self.sheet.toned(f"{mark}{abs(places)}", tone)

    def _line(self, text: str) -> list[str]:
        return self.sheet.fold(text, first=_INDENT, rest=_INDENT)


def said_words(need: Need, requirement: Requirement) -> str:
    """An answer with its importance, as a sentence without its stop."""
    return f"{_in_words(need, requirement.value)} ({requirement.importance.value})"


def _in_words(need: Need, value: Answer) -> str:
    return harmless(answer_labels(need, need.stated(value)))


def effect(question: Question, interview: Interview) -> str:
    """What the answers to a question could do, in a sentence."""
    flipping = [each.then for each in question.answers if each.flips]
    names = {candidate: harmless(each.name) for candidate, each in interview.ruleset.candidates.items()}
    ahead = _unique(each.recommended[0] for each in flipping if each.outcome is Outcome.RECOMMENDED)
    level = _unique(each.recommended for each in flipping if each.outcome is Outcome.TIED)
    parts = []
    if ahead:
        parts.append(f"put {_any([names[each] for each in ahead])} ahead")
    elif level:
        tied = joined([names[each] for each in level[0]]) if len(level) == 1 else "some candidates"
        parts.append(f"bring {tied} level")
    if any(each.outcome is Outcome.INFEASIBLE for each in flipping):
        parts.append("exclude every candidate")
    could = f"It could {' or '.join(parts)}." if parts else "It could leave nothing to recommend."
    others = len(interview.questions) - 1
    more = f" {counted(others, 'other question')} could change it too." if others else ""
    return could + more


def _any(names: Sequence[str]) -> str:
    """One of the names, in a sentence; of many the first ones and how many more."""
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} others"]
    return joined(names, "or")


def _unique(found: Iterable[_T]) -> list[_T]:
    return list(dict.fromkeys(found))
