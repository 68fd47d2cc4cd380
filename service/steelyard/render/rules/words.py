"""What the views of the knowledge say alike: ratings as signs, dates, conditions, reasons with their sources."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from steelyard.knowledge import Knowledge, plain_number
from steelyard.model import ALWAYS, Candidate, Grade, Period, Rating, Rule, condition_words
from steelyard.recommendation import Cited, counted
from steelyard.render.layout import MINUS, Tone
from steelyard.render.page import Block, Code, Heading, Kept, Line, Paragraph, Piece, Source, Sources, Title, Toned
from steelyard.render.wording import NOT_KNOWN

SIGNS = {
    Grade.EXCELLENT: Toned("++", Tone.GOOD),
    Grade.GOOD: Toned("+", Tone.GOOD),
    Grade.FAIR: Toned("o", Tone.PLAIN),
    Grade.POOR: Toned(MINUS, Tone.BAD),
    Grade.UNSUPPORTED: Toned("x", Tone.BAD),
}
NO_SIGN = Toned("·", Tone.FAINT)
LEGEND: Sequence[Piece] = [
    *(piece for grade, sign in SIGNS.items() for piece in (Kept(f"{sign.text} {grade.word}"), ", ")),
    Kept(f"{NO_SIGN.text} {NOT_KNOWN}"),
]


def head(knowledge: Knowledge, since: date | None = None) -> Iterator[Block]:
    """The ruleset's title; which ruleset it is, how much of it is shown, and for which days."""
    ruleset = knowledge.ruleset
    yield Title(ruleset.title)
    days = f"as of {knowledge.as_of}" if since is None else f"after {since}, up to {knowledge.as_of}"
    yield Paragraph([Code(ruleset.id), f", version {ruleset.version}: {extent(knowledge)}, {days}"])


def extent(knowledge: Knowledge) -> str:
    """How many rules stand on the day, and of how many if some do not or are not looked at."""
    shown, known = len(knowledge.standing), len(knowledge.ruleset.rules)
    return counted(shown, "rule") if shown == known else f"{shown} of {known} rules"


def dates(period: Period) -> str:
    """The days of a rule or a candidate; empty if they are all days."""
    since = [f"from {period.since}"] if period.since else []
    return " ".join([*since, *([f"until {period.until}"] if period.until else [])])


def absence(candidate: Candidate, knowledge: Knowledge) -> str:
    """Why the candidate cannot be chosen on the day; empty if it can."""
    if knowledge.is_available(candidate):
        return ""
    since, until = candidate.period.since, candidate.period.until
    return f"only from {since}" if since is not None and knowledge.as_of < since else f"retired {until}"


def asks(rule: Rule, knowledge: Knowledge) -> str:
    """The condition of a rule in words, and whether it can exclude whatever the need's importance."""
    words = condition_words(rule.when, knowledge.ruleset.needs)
    return f"{words} (unsupported always excludes)" if rule.veto else words


def applies(rule: Rule, knowledge: Knowledge) -> str:
    """When a rule applies, and how much it weighs then."""
    words = asks(rule, knowledge)
    return f"{words if rule.when == ALWAYS else f'if {words}'}; weight {weight(rule)}"


def weight(rule: Rule) -> str:
    """The weight of a rule as it is written."""
    return str(plain_number(rule.weight))


def word(rating: Rating | None) -> str:
    """The word of a rating."""
    return NOT_KNOWN if rating is None else rating.grade.word


def reason(rating: Rating, knowledge: Knowledge) -> Line:
    """Why a rating is what it is, with its sources."""
    named = [(key, Cited.by(knowledge.ruleset, key, knowledge.as_of)) for key in rating.evidence]
    sources = (piece for key, cited in named for piece in (" ", Source(key, cited)))
    return [rating.because or "No reason is given.", *sources]


def sources_of(ratings: Iterable[Rating], knowledge: Knowledge) -> Iterator[Block]:
    """The sources of the ratings, under a heading, if there are any."""
    named = {key for rating in ratings for key in rating.evidence}
    evidence = [key for key in knowledge.ruleset.evidence if key in named]
    if evidence:
        yield Heading("Sources")
        yield Sources({key: Cited.by(knowledge.ruleset, key, knowledge.as_of) for key in evidence})
