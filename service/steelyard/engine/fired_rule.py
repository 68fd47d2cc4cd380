"""A rule that fired, and what it says of a candidate."""

from dataclasses import dataclass

from steelyard.model import THOUSANDTHS, Grade, Importance, Rating, Rule
from steelyard.recommendation import Reason

POINTS_PER_WORTH = 25
_MILLIONTHS = THOUSANDTHS * THOUSANDTHS


@dataclass(frozen=True, slots=True, eq=False)
class FiredRule:
    """A rule that fired; the same object, and no other, whenever it fires with the same importance for the same needs.

    Attributes:
        place: its place in the index.
        order: its number in the ruleset.
        rule: the rule.
        needs: those on which it rests.
        importance: how important it is therefore.
        effective: its effective weight in millionths.
    """

    place: int
    order: int
    rule: Rule
    needs: tuple[str, ...]
    importance: Importance
    effective: int

    @property
    def weight(self) -> float:
        """The effective weight as people write it: whole where it is whole."""
        whole, rest = divmod(self.effective, _MILLIONTHS)
        return self.effective / _MILLIONTHS if rest else whole

    @property
    def is_must(self) -> bool:
        """Whether it excludes whom it rates `unsupported`, whatever else is said of it."""
        return self.importance is Importance.MUST

    def points(self, worth: int) -> int:
        """What a rating of so much worth adds to a score, times the total effective weight in millionths."""
        return POINTS_PER_WORTH * self.effective * worth

    def reason(self, rating: Rating, points: float) -> Reason:
        """What the rule says of a candidate with this rating, to whose score it adds so much."""
        rule = self.rule
        return Reason(
            rule=rule.id,
            criterion=rule.criterion,
            title=rule.title,
            needs=self.needs,
            importance=self.importance,
            rating=rating.grade.word,
            weight=self.weight,
            points=points,
            because=rating.because,
            evidence=rating.evidence,
            veto=rating.grade is Grade.UNSUPPORTED and (rule.veto or self.is_must),
        )
