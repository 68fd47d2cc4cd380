"""A closer look: one candidate with its reasons, two beside each other, and what would change the answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from steelyard.api import Answer
from steelyard.model import Importance
from steelyard.recommendation import Change, Cited, Reason, Relaxation, Versus, Weighed
from steelyard.render.escaping import web_address
from steelyard.render.wording import NOT_KNOWN, known, sides, unknown
from steelyard.web.pages.project import Project, Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source beside what rests on it; without an address where it has none that a browser should follow."""

    id: str
    cited: Cited
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A reason with its sources."""

    reason: Reason
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A candidate with all that was said of it.

    Attributes:
        weighed: the candidate.
        summary: what it is, if the ruleset says so.
        homepage: where it is at home, if it is said and can be followed.
        facts: who develops it and under what terms, as far as it is said.
        known: how much of what was asked is known of it.
        vetoes: what excludes it.
        speaking_for: the reasons for it.
        against: those against it.
        fair: those that are neither.
        unknown: titles of the rules that say nothing of it.
    """

    weighed: Weighed
    summary: str | None
    homepage: str | None
    facts: tuple[str, ...]
    known: str
    vetoes: tuple[Told, ...]
    speaking_for: tuple[Told, ...]
    against: tuple[Told, ...]
    fair: tuple[Told, ...]
    unknown: tuple[str, ...]

    @property
    def title(self) -> str:
        """What all of that answers."""
        return f"Why not {self.weighed.name}" if self.vetoes else f"Why {self.weighed.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A rule on which two candidates differ: whom it puts ahead, by how much, and what it says of each."""

    title: str
    points: float
    first: Told | None
    second: Told | None
    ratings: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Two candidates where they differ.

    Attributes:
        names: their names.
        words: how far they are apart and why, in a few sentences.
        differences: the rules for the first, then those for the second.
    """

    names: tuple[str, str]
    words: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Possible:
    """Something that could be said otherwise, in a sentence, and its address; None where there is nothing to say."""

    words: str
    address: str | None


def opened(answer: Answer, candidate: str) -> Opened | None:
    """A candidate of the answer with its reasons; None if it was not weighed."""
    weighed = weighed_of(answer, candidate)
    if weighed is None:
        return None
    declared = answer.asked.candidates[candidate]
    vetoes = [reason for reason in weighed.reasons if reason.veto]
    rest = [reason for reason in weighed.reasons if not reason.veto]
    speaking_for, against, fair = sides(rest)
    return Opened(
        weighed=weighed,
        summary=declared.summary,
        homepage=web_address(declared.homepage),
        facts=tuple(filter(None, (declared.steward, declared.licence))),
        known=known(weighed.rated),
        vetoes=_told(answer, vetoes),
        speaking_for=_told(answer, speaking_for),
        against=_told(answer, against),
        fair=_told(answer, fair),
        unknown=tuple(unknown(weighed, answer, answer.asked)),
    )


def weighed_of(answer: Answer, candidate: str | None) -> Weighed | None:
    """A candidate as it came out."""
    return next((each for each in (*answer.ranking, *answer.excluded) if each.candidate == candidate), None)


def side_by_side(answer: Answer, versus: Versus) -> SideBySide:
    """Two candidates where they differ."""
    one, other = (weighed_of(answer, each) for each in versus.candidates)
    of_one, of_other = (_by_rule(answer, each) for each in (one, other))
    return SideBySide(
        names=(_name(answer, versus.candidates[0]), _name(answer, versus.candidates[1])),
        words=versus.words,
        differences=tuple(
            Difference(
                title=each.title,
                points=float(each.points),
                first=of_one.get(each.rule),
                second=of_other.get(each.rule),
                ratings=(each.ratings[0] or NOT_KNOWN, each.ratings[1] or NOT_KNOWN),
            )
            for each in versus.rules
        ),
    )


def changes(project: Project, found: Iterable[Change]) -> tuple[Possible, ...]:
    """What would put each rival first."""
    return tuple(
        Possible(
            words=each.words,
            address=_changed(project, {step.need: step.after for step in each.steps}) if each.steps else None,
        )
        for each in found
    )


def relaxations(project: Project, found: Iterable[Relaxation]) -> tuple[Possible, ...]:
    """The musts to give up so that a candidate is left again."""
    possible = []
    for each in found:
        given_up = {need: {**project.requirements[need], "importance": Importance.SHOULD.value} for need in each.needs}
        possible.append(Possible(each.words, _changed(project, given_up)))
    return tuple(possible)


def _changed(project: Project, answers: Mapping[str, Stated | None]) -> str:
    return replace(project.saying(answers), shows_changes=False).address


def _name(answer: Answer, candidate: str) -> str:
    return answer.asked.candidates[candidate].name


def _by_rule(answer: Answer, weighed: Weighed | None) -> Mapping[str | None, Told]:
    return {} if weighed is None else {told.reason.rule: told for told in _told(answer, weighed.reasons)}


def _told(answer: Answer, reasons: Sequence[Reason]) -> tuple[Told, ...]:
    return tuple(
        Told(
            reason=reason,
            sources=tuple(_source(key, answer.evidence[key]) for key in reason.evidence),
        )
        for reason in reasons
    )


def _source(key: str, cited: Cited) -> Source:
    return Source(id=key, cited=cited, url=web_address(cited.url))
