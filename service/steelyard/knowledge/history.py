"""What changed between two days: ratings, and rules and candidates that came or went."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from steelyard.knowledge.knowledge import Knowledge
from steelyard.model import Candidate, Rating, RatingHistory, Rule, Ruleset


@dataclass(frozen=True, slots=True)
class CandidateChange:
    """A candidate came (its first day) or went (the first day without it)."""

    day: date
    candidate: Candidate
    came: bool

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """The ratings that tell of it."""
        return ()

    def is_about(self, candidate: Candidate) -> bool:
        """Whether it is this candidate."""
        return self.candidate == candidate


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule came (its first day), with the ratings in force, or went (the first day without it)."""

    day: date
    rule: Rule
    came: bool

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """The ratings that came with it."""
        return tuple(self.rule.ratings_on(self.day).values()) if self.came else ()

    def is_about(self, candidate: Candidate) -> bool:
        """Whether the rule rates the candidate on that day."""
        return candidate.id in self.rule.ratings_on(self.day)


@dataclass(frozen=True, slots=True)
class RatingChange:
    """A candidate's rating by a standing rule changed; before, there may have been none."""

    day: date
    rule: Rule
    candidate: Candidate
    before: Rating | None
    after: Rating

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """The ratings that it tells of."""
        return (self.after,) if self.before is None else (self.before, self.after)

    def is_about(self, candidate: Candidate) -> bool:
        """Whether it is this candidate's rating."""
        return self.candidate == candidate


Change = CandidateChange | RuleChange | RatingChange


def changes(knowledge: Knowledge, since: date) -> tuple[Change, ...]:
    """What is otherwise on the day of the knowledge than it was on an earlier day, and every step between.

    They are in order of date; on one day, what came stands before ratings, and what went after them. A rating that
    changes while its rule does not stand is no change: it comes with the rule.

    Args:
        knowledge: the rules that are looked at, and the later day.
        since: the earlier day. What came on it is not told: it was so already.
    """
    found = [*_candidates(knowledge.ruleset), *_rules(knowledge), *_ratings(knowledge)]
    told = (change for change in found if since < change.day <= knowledge.as_of)
    return tuple(sorted(told, key=lambda change: (change.day, _place(change))))


def _place(change: Change) -> int:
    match change:
        case CandidateChange(came=came):
            return 0 if came else 4
        case RuleChange(came=came):
            return 1 if came else 3
        case RatingChange():
            return 2


def _candidates(ruleset: Ruleset) -> Iterator[Change]:
    for candidate in ruleset.candidates.values():
        if candidate.period.since is not None:
            yield CandidateChange(candidate.period.since, candidate, came=True)
        if candidate.period.until is not None:
            yield CandidateChange(candidate.period.until, candidate, came=False)


def _rules(knowledge: Knowledge) -> Iterator[Change]:
    for rule in knowledge.rules:
        if rule.period.since is not None:
            yield RuleChange(rule.period.since, rule, came=True)
        if rule.period.until is not None:
            yield RuleChange(rule.period.until, rule, came=False)


def _ratings(knowledge: Knowledge) -> Iterator[Change]:
    for rule in knowledge.rules:
        for candidate, history in rule.ratings.items():
            for day, before, after in _steps(history):
                if rule.period.includes(day) and day != rule.period.since:
                    yield RatingChange(day, rule, knowledge.ruleset.candidates[candidate], before, after)


def _steps(history: RatingHistory) -> Iterator[tuple[date, Rating | None, Rating]]:
    before = None
    for day, rating in history.entries:
        if day is not None:
            yield day, before, rating
        before = rating
