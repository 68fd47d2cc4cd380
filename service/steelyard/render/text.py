"""The recommendation for a terminal: who leads, by how much and how firm that is; then why; then what was asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from steelyard.model import Importance, Need, Ruleset, answer_ids
from steelyard.recommendation import Outcome, Reason, Recommendation, Weighed, joined
from steelyard.render.comparison import contrast, differences
from steelyard.render.exclusion import causes
from steelyard.render.layout import Sheet, harmless
from steelyard.render.ranking import in_brackets, ranking
from steelyard.render.wording import (
    age,
    possible_answers,
    quoted,
    sides,
    signed,
    sources_not_shown,
    unknown,
    weighed_only,
)

NARROWEST = 24
"""A narrower width is taken for this one: below it a line cannot hold points and a word."""

_INDENT = "  "
_POINTS_WIDTH = 7
_STRONGEST = 3
# The blanks put both under the digits of points like +12.5.
_WITHOUT_POINTS = f"{signed(0)}  "
_NOT_KNOWN = "?  "


def to_text(recommendation: Recommendation, ruleset: Ruleset, *, width: int = 80, color: bool = False) -> str:
    """The recommendation as text for people.

    Args:
        recommendation: the result.
        ruleset: the ruleset that gave it.
        width: columns that no line exceeds; less than `NARROWEST` is taken for that.
        color: whether to set the headline and the signs of points off by ANSI escape sequences.
    """
    sheet = Sheet(max(width, NARROWEST), color)
    text = Text(recommendation, ruleset, sheet)
    headline = sheet.bold(sheet.fold(harmless(recommendation.headline)))
    return written([headline, *text.reasoning(), text.asked()])


def written(sections: Iterable[list[str]]) -> str:
    """The sections that hold something, with an empty line between them."""
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


class Text:
    """The parts of one text; it remembers which sources it has named."""

    def __init__(self, recommendation: Recommendation, ruleset: Ruleset, sheet: Sheet) -> None:
        self._result = recommendation
        self._ruleset = ruleset
        self._sheet = sheet
        self._cited: set[str] = set()

    def reasoning(self, *, hints: bool = True) -> list[list[str]]:
        """The sections from the ranking to the sources; `hints` tells whether needs to answer are among them."""
        weighed = self._result.outcome is not Outcome.UNDECIDED
        candidates = ranking(self._sheet, self._result, self._cited, scores=weighed)
        body = {
            Outcome.RECOMMENDED: self._recommended,
            Outcome.TIED: self._tied,
            Outcome.UNDECIDED: lambda: self._undecided(hints=hints),
            Outcome.INFEASIBLE: self._infeasible,
        }[self._result.outcome]()
        return [candidates, *body, *self._explanation(), self._sources()]

    def _explanation(self) -> Iterable[list[str]]:
        if not self._result.is_explained:
            return
        # Imported here: most answers are not explained, and they need not wait for it.
        from steelyard.render.explanation import sections  # noqa: PLC0415
        from steelyard.render.page import page_as_text  # noqa: PLC0415

        for section in sections(self._result, self._ruleset):
            blocks = page_as_text(section.blocks, width=self._sheet.width, color=self._sheet.color)
            yield [*self._line(section.title), *blocks.rstrip("\n").split("\n")]

    def _recommended(self) -> list[list[str]]:
        winner, *rivals = self._result.ranking
        why = self._line(f"Why {winner.name}") + self._reasons(winner)
        return [why, *(self._why_not(rival, winner) for rival in rivals if rival.rank == rivals[0].rank)]

    def _why_not(self, rival: Weighed, winner: Weighed) -> list[str]:
        found = differences(rival, winner, self._result, self._ruleset)
        return self._line(f"Why not {rival.name}: it {contrast(found)}.")

    def _tied(self) -> list[list[str]]:
        tied = [each for each in self._result.ranking if each.rank == 1]
        sections = [self._line(f"What counts for {each.name}") + self._reasons(each, most=_STRONGEST) for each in tied]
        first, *others = tied
        for other in others:
            found = differences(other, first, self._result, self._ruleset)
            sections.append(self._line(f"Beside {first.name}, {other.name} {contrast(found)}."))
        return sections

    def _undecided(self, *, hints: bool) -> list[list[str]]:
        names = [each.name for each in self._result.ranking]
        sections = [self._line(f"Left to choose from: {joined(names)}.")]
        if not self._result.unanswered:
            sections.append(self._line("Every need is answered, but no rule speaks to these answers."))
            return sections
        needs = [self._ruleset.needs[need] for need in self._result.unanswered]
        return [*sections, could_be_answered(self._sheet, needs)] if hints else sections

    def _infeasible(self) -> list[list[str]]:
        lines = self._line("What excludes them")
        for cause in causes(self._result, self._ruleset, self._named):
            lines += self._hanging(cause)
        return [lines]

    def _reasons(self, weighed: Weighed, most: int | None = None) -> list[str]:
        """The reasons for, then those against, then what has no points; at most so many with points."""
        for_it, against, fair = sides(weighed.reasons)
        scored = [reason for reason in weighed.reasons if reason.points]
        shown = [reason for reason in (*for_it, *against) if reason in scored[:most]]
        lines = [line for reason in shown for line in self._reason(reason)]
        if len(shown) < len(scored):
            lines += self._marked("", f"and {len(scored) - len(shown)} more, none larger")
        if not scored:
            lines += self._marked("", "No rule adds or takes away a point.")
        if fair:
            titles = quoted(reason.title for reason in fair)
            lines += self._marked(_WITHOUT_POINTS, f"Rated fair, neither for nor against: {titles}")
        if missing := unknown(weighed, self._result, self._ruleset):
            lines += self._marked(_NOT_KNOWN, f"Nothing known: {quoted(missing)}")
        return lines

    def _reason(self, reason: Reason) -> list[str]:
        lines = self._marked(signed(reason.points), reason.title)
        told = [harmless(reason.because)] if reason.because else []
        told += [in_brackets(reason, self._result)] if reason.evidence else []
        self._cited.update(reason.evidence)
        return lines + (self._sheet.fold(" ".join(told), first=" " * (_POINTS_WIDTH + 2)) if told else [])

    def _sources(self) -> list[str]:
        lines: list[str] = []
        for key, cited in self._result.evidence.items():
            if key in self._cited:
                lines += self._hanging(f"[{key}] {cited.title}, {age(cited, self._result, self._ruleset)}")
                place = harmless(cited.url or cited.source or "")
                lines += self._sheet.fold(place, first=_INDENT * 3) if place else []
        rest = sources_not_shown(self._result, self._cited)
        lines += self._line(rest) if rest else []
        return self._line("Sources") + lines if self._cited else lines

    def asked(self) -> list[str]:
        """What was asked."""
        rows = {}
        if self._result.outcome is not Outcome.UNDECIDED:
            rows["unanswered"] = ", ".join(self._result.unanswered)
        rows["among"] = among(self._result, self._ruleset)
        ruleset = self._result.ruleset
        rows["ruleset"] = f"{ruleset.id}, version {ruleset.version}, as of {self._result.as_of}"
        return asked(self._sheet, self._result.requirements, self._ruleset.needs, rows)

    def _named(self, need: str) -> str:
        return f"{need} ({answer_ids(self._ruleset.needs[need], self._result.requirements[need]['value'])})"

    def _line(self, text: str) -> list[str]:
        return line(self._sheet, text)

    def _hanging(self, text: str) -> list[str]:
        return _hanging(self._sheet, text)

    def _marked(self, mark: str, text: str) -> list[str]:
        """A text that hangs beside points or another mark."""
        aligned = f"{mark:>{_POINTS_WIDTH}}"
        first, *more = self._sheet.fold(harmless(text), first=f"{aligned}  ")
        return [self._sheet.signed(aligned) + first[_POINTS_WIDTH:], *more]


def asked(
    sheet: Sheet, requirements: Mapping[str, Mapping[str, Any]], needs: Mapping[str, Need], rows: Mapping[str, str]
) -> list[str]:
    """What was asked: the requirements by importance, and then other rows by their label; empty ones are left out."""
    stated: dict[str, list[str]] = {importance.value: [] for importance in Importance}
    for need, requirement in requirements.items():
        stated[requirement["importance"]].append(f"{need}: {answer_ids(needs[need], requirement['value'])}")
    told = {**{label: "; ".join(answers) for label, answers in stated.items()}, **rows}
    told = {label: text for label, text in told.items() if text}
    width = max(map(len, told))
    lines = line(sheet, "Asked" if requirements else "Asked: nothing")
    for label, text in told.items():
        lines += sheet.fold(harmless(text), first=f"{_INDENT}{label:<{width}}  ")
    return lines


def among(recommendation: Recommendation, ruleset: Ruleset) -> str:
    """The candidates to which the request was restricted; empty if it was not."""
    only = weighed_only(recommendation, ruleset)
    return f"{joined(only)} only, of {len(ruleset.candidates)} candidates" if only else ""


def could_be_answered(sheet: Sheet, needs: Iterable[Need]) -> list[str]:
    """Needs, and the answers that they take."""
    lines = line(sheet, "What could be answered")
    for need in needs:
        lines += _hanging(sheet, f"{need.id}: {need.question}")
        lines += sheet.fold(harmless(possible_answers(need)), first=_INDENT * 3)
    return lines


def line(sheet: Sheet, text: str) -> list[str]:
    """A paragraph of the text."""
    return sheet.fold(harmless(text), first=_INDENT, rest=_INDENT)


def _hanging(sheet: Sheet, text: str) -> list[str]:
    return sheet.fold(harmless(text), first=_INDENT, rest=_INDENT * 3)
