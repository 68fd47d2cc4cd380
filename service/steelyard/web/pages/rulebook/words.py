"""What all parts of the page say alike: ratings as marks, conditions, sources."""

from collections.abc import Iterable
from dataclasses import dataclass

from steelyard.knowledge import Knowledge
from steelyard.model import ALWAYS, Rating, Rule, condition_words
from steelyard.recommendation import Cited
from steelyard.render.escaping import web_address
from steelyard.render.rules.words import NO_SIGN, SIGNS, word
from steelyard.web.pages.closer import Source


@dataclass(frozen=True, slots=True)
class Mark:
    """A rating at a glance: its sign, its word, and the name of its ground."""

    sign: str
    word: str
    ground: str


_MARKS = {grade: Mark(sign.text, grade.word, grade.word) for grade, sign in SIGNS.items()}
NOTHING = Mark(NO_SIGN.text, word(None), "unknown")
"""The mark where nothing is known."""
LEGEND = (*_MARKS.values(), NOTHING)


def mark(rating: Rating | None) -> Mark:
    """The mark of a rating."""
    return NOTHING if rating is None else _MARKS[rating.grade]


def condition(rule: Rule, knowledge: Knowledge) -> str:
    """When a rule applies."""
    words = condition_words(rule.when, knowledge.ruleset.needs)
    return words if rule.when == ALWAYS else f"if {words}"


def sources(keys: Iterable[str], knowledge: Knowledge) -> tuple[Source, ...]:
    """Evidence, by its ids, as it is cited on the day."""
    cited = ((key, Cited.by(knowledge.ruleset, key, knowledge.as_of)) for key in keys)
    return tuple(Source(id=key, cited=each, url=web_address(each.url)) for key, each in cited)
