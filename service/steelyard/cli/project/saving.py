"""Saving what an interview gathered as the file of a project, which may hold a decision already."""

from dataclasses import dataclass
from pathlib import Path

from steelyard.cli.project.finding import seen_from
from steelyard.cli.project.recorded import RecordedDecision
from steelyard.cli.project.writing import with_decision
from steelyard.diagnostics import Source
from steelyard.interview import Interview, requirements_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What an interview starts from.

    Attributes:
        ruleset: the id of the ruleset, or its path from the folder at hand.
        file: the file of the request, if there is one.
        decision: the decision that is recorded in it, if there is one.
        is_dated: whether a day was asked for.
    """

    ruleset: str
    file: Path | None
    decision: RecordedDecision | None
    is_dated: bool

    def text(self, interview: Interview, path: Path) -> str:
        """What was said, as the text of a file at the path. The file of the request keeps its decision."""
        text = requirements_text(interview, seen_from(path.parent, self.ruleset), dated=self.is_dated)
        if self.decision is None or not is_same_file(path, self.file):
            return text
        return with_decision(Source(str(path), text), self.decision)


def is_same_file(path: Path | None, other: Path | None) -> bool:
    """Whether both lead to the same file."""
    return path is not None and other is not None and path.resolve() == other.resolve()
