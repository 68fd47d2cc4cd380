"""The recommendation for a terminal: who leads, by how much and how firm that is; then why; then what was asked."""

from steelyard.model import Importance, Ruleset
from steelyard.recommendation import Outcome, Reason, Recommendation, Weighed, joined
from steelyard.render.comparison import contrast, differences
from steelyard.render.exclusion import COMING_BACK, causes, has_musts
from steelyard.render.layout import Sheet, harmless
from steelyard.render.ranking import in_brackets, ranking
from steelyard.render.wording import (
    age,
    answer_ids,
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
    return _Text(recommendation, ruleset, Sheet(max(width, NARROWEST), color)).write()


class _Text:
    """One text in the making; it remembers which sources it has named."""

    def __init__(self, recommendation: Recommendation, ruleset: Ruleset, sheet: Sheet) -> None:
        self._result = recommendation
        self._ruleset = ruleset
        self._sheet = sheet
        self._cited: set[str] = set()

    def write(self) -> str:
        """All sections with an empty line between them."""
        headline = self._sheet.bold(self._sheet.fold(harmless(self._result.summary)))
        weighed = self._result.outcome is not Outcome.UNDECIDED
        candidates = ranking(self._sheet, self._result, self._cited, scores=weighed)
        body = {
            Outcome.RECOMMENDED: self._recommended,
            Outcome.TIED: self._tied,
            Outcome.UNDECIDED: self._undecided,
            Outcome.INFEASIBLE: self._infeasible,
        }[self._result.outcome]()
        sections = [headline, candidates, *body, self._sources(), self._asked()]
        return "\n\n".join("\n".join(section) for section in sections if section) + "\n"

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

    def _undecided(self) -> list[list[str]]:
        names = [each.name for each in self._result.ranking]
        sections = [self._line(f"Left to choose from: {joined(names)}.")]
        if not self._result.unanswered:
            sections.append(self._line("Every need is answered, but no rule speaks to these answers."))
            return sections
        lines = self._line("What could be answered")
        for need_id in self._result.unanswered:
            need = self._ruleset.needs[need_id]
            lines += self._hanging(f"{need_id}: {need.question}")
            lines += self._sheet.fold(harmless(possible_answers(need)), first=_INDENT * 3)
        return [*sections, lines]

    def _infeasible(self) -> list[list[str]]:
        lines = self._line("What excludes them")
        for cause in causes(self._result, self._ruleset, self._named):
            lines += self._hanging(cause)
        return [lines, self._line(COMING_BACK) if has_musts(self._result, self._ruleset) else []]

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

    def _asked(self) -> list[str]:
        stated: dict[str, list[str]] = {importance.value: [] for importance in Importance}
        for need, requirement in self._result.requirements.items():
            stated[requirement["importance"]].append(self._answer(need))
        rows = {label: "; ".join(answers) for label, answers in stated.items()}
        if self._result.outcome is not Outcome.UNDECIDED:
            rows["unanswered"] = ", ".join(self._result.unanswered)
        if only := weighed_only(self._result, self._ruleset):
            rows["among"] = f"{joined(only)} only, of {len(self._ruleset.candidates)} candidates"
        ruleset = self._result.ruleset
        rows["ruleset"] = f"{ruleset.id}, version {ruleset.version}, as of {self._result.as_of}"
        rows = {label: text for label, text in rows.items() if text}
        width = max(map(len, rows))
        lines = self._line("Asked" if self._result.requirements else "Asked: nothing")
        for label, text in rows.items():
            lines += self._sheet.fold(harmless(text), first=f"{_INDENT}{label:<{width}}  ")
        return lines

    def _answer(self, need: str) -> str:
        return f"{need}: {answer_ids(self._ruleset.needs[need], self._result.requirements[need]['value'])}"

    def _named(self, need: str) -> str:
        return f"{need} ({answer_ids(self._ruleset.needs[need], self._result.requirements[need]['value'])})"

    def _line(self, text: str) -> list[str]:
        return self._sheet.fold(harmless(text), first=_INDENT, rest=_INDENT)

    def _hanging(self, text: str) -> list[str]:
        return self._sheet.fold(harmless(text), first=_INDENT, rest=_INDENT * 3)

    def _marked(self, mark: str, text: str) -> list[str]:
        """A text that hangs beside points or another mark."""
        aligned = f"{mark:>{_POINTS_WIDTH}}"
        first, *more = self._sheet.fold(harmless(text), first=f"{aligned}  ")
        return [self._sheet.signed(aligned) + first[_POINTS_WIDTH:], *more]
