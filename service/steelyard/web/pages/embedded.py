"""The page inside somebody else's: the questions with the answer, or the answer alone, without what is around them."""

from dataclasses import dataclass
from enum import Enum

from werkzeug.datastructures import MultiDict

from steelyard.diagnostics import Code, Diagnostic, fault, quote, suggestion
from steelyard.web.pages.project import Project, written
from steelyard.web.pages.reading import Query
from steelyard.web.pages.rendering import Place

VIEW = "embedded-view"
"""The key of the address that says what is shown."""

_NOT_REQUIRED = ("ruleset", "stack", "as_of")


class View(Enum):
    """What is shown."""

    QUESTIONS = "questions"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True)
class Within(Place):
    """The same place for the questions inside another page: what leads on leads on in there."""

    @property
    def home(self) -> str:
        """What is shown inside the other page."""
        return f"{self.root}/embedded"


def read_view(query: Query) -> tuple[View, Query, tuple[Diagnostic, ...]]:
    """Reads what is to be shown: the view, the rest of the query, and what is wrong with the view."""
    rest: Query = MultiDict(query)
    words = rest.poplist(VIEW)
    said = words[-1] if words else View.QUESTIONS.value
    known = [view.value for view in View]
    if said in known:
        return View(said), rest, ()
    unknown = fault(Code.VALUE_UNKNOWN_WORD, f"unknown view {quote(said)}", (VIEW,), help=suggestion(said, known))
    return View.QUESTIONS, rest, (unknown,)


def required(project: Project) -> str:
    """What a project requires as a query, without what is asked and the day: `targets=android&must=targets`."""
    pairs = tuple(pair for pair in project.query_of_request if pair[0] not in _NOT_REQUIRED)
    return written(pairs).removeprefix("?")
