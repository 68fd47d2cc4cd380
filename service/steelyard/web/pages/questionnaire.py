"""The questions of the page: by topic, each with its answer, and the one that tells most."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from steelyard.api import Ruleset, Stack
from steelyard.interview import Interview, effect
from steelyard.knowledge import needs_read
from steelyard.model import Importance, Need, NeedType, answer_labels
from steelyard.model import Ruleset as Model
from steelyard.web.pages.project import Project

UNSAID = "Not said"
NONE = "None of these"
IMPORTANCES = (Importance.COULD, Importance.SHOULD, Importance.MUST)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be ticked: its value in a form, its label, whether it is ticked."""

    value: str
    label: str
    is_ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it stands.

    Attributes:
        need: what it asks.
        choices: the answers to tick; none for a number, which is typed.
        is_many: whether any number of them can be ticked.
        number: the number that is answered, if so.
        importance: how much the answer matters, or would.
        said: the answer in words; None if there is none.
        is_not_known: whether it was said that the answer is not known.
        withdrawn: the address without the answer.
    """

    need: Need
    choices: tuple[Choice, ...]
    number: str
    importance: Importance
    said: str | None
    is_not_known: bool
    withdrawn: str

    @property
    def is_many(self) -> bool:
        """Whether several answers can be ticked."""
        return self.need.type is NeedType.CHOICES

    @property
    def is_number(self) -> bool:
        """Whether a number is typed."""
        return self.need.type is NeedType.NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Questions that belong together.

    Attributes:
        id: the topic's id.
        title: what they are about.
        questions: the questions.
    """

    id: str
    title: str
    questions: tuple[Asked, ...]

    @property
    def answered(self) -> int:
        """How many of them are answered."""
        return sum(each.said is not None for each in self.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The question that is best asked next, and what its answers could do, in a sentence."""

    asked: Asked
    effect: str


def topics(project: Project) -> tuple[Topic, ...]:
    """All questions, by the criterion under which most of what depends on them stands, in the order of the needs."""
    titles, places = _places(project.asked)
    order = {topic: place for place, topic in enumerate(dict.fromkeys(places[need] for need in project.asked.needs))}
    return tuple(
        Topic(
            id=topic,
            title=title,
            questions=tuple(asked(project, need) for need in project.asked.needs.values() if places[need.id] == topic),
        )
        for topic, title in sorted(titles.items(), key=lambda each: order.get(each[0], -1))
        if topic in order
    )


def asked(project: Project, need: Need) -> Asked:
    """A question with its answer."""
    stated = project.requirements.get(need.id)
    value = None if stated is None else stated["value"]
    return Asked(
        need=need,
        choices=() if need.type is NeedType.NUMBER else tuple(_choices(need, value)),
        number="" if value is None or need.type is not NeedType.NUMBER else str(value),
        importance=Importance.SHOULD if stated is None else Importance(stated["importance"]),
        said=None if stated is None else answer_labels(need, value),
        is_not_known=need.id in project.not_known,
        withdrawn=project.saying({need.id: None}).address,
    )


def telling(project: Project, interview: Interview) -> Telling | None:
    """The question that is best asked next; None if no answer to one alone changes who is recommended."""
    if not interview.questions:
        return None
    best = interview.questions[0]
    return Telling(asked=asked(project, project.asked.needs[best.need]), effect=effect(best, interview))


def _choices(need: Need, value: Any) -> Iterable[Choice]:
    match need.type:
        case NeedType.FLAG:
            yield Choice("true", "Yes", value is True)
            yield Choice("false", "No", value is False)
            yield Choice("", UNSAID, value is None)
        case NeedType.CHOICES:
            for option, label in need.options:
                yield Choice(option, label, value is not None and option in value)
            yield Choice("", NONE, value == [])
        case _:
            for option, label in need.options:
                yield Choice(option, label, value == option)
            yield Choice("", UNSAID, value is None)


def _places(asked: Ruleset | Stack) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The titles of the topics by id, and the topic of each need."""
    models = [asked.model] if isinstance(asked, Ruleset) else [part.ruleset for part in asked.parts.values()]
    titles: dict[str, str] = {}
    places: dict[str, str] = {}
    for model in models:
        for need, topic in _topics_of(model).items():
            places.setdefault(need, topic)
        titles = {**model.criteria, **titles}
    return {**titles, "": "The rest"}, places


def _topics_of(model: Model) -> Mapping[str, str]:
    weights: dict[str, dict[str, Decimal]] = {need: {} for need in model.needs}
    for rule in model.rules.values():
        for need in needs_read(rule):
            weights[need][rule.criterion] = weights[need].get(rule.criterion, Decimal(0)) + rule.weight
    return {need: max(found, key=found.__getitem__) if found else "" for need, found in weights.items()}
