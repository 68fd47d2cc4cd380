"""What would change the answer: for each rival, the smallest change of what was said that puts it first.

Searched in this order, each search only for the rivals that those before it did not put first:

    one answer changed or withdrawn, two of them,
    one open need answered, and last that together with another change.

Among changes of the same search, the one that reaches least far is told (see `alternatives`), and among these the
first in the order of the ruleset.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, product

from steelyard.engine import Weighing
from steelyard.explain.alternatives import Alternative, alternatives, given
from steelyard.explain.effort import Effort
from steelyard.explain.readings import Readings
from steelyard.explain.then import then_of
from steelyard.explain.varied import Additive, Alternatives
from steelyard.explain.words import change_words, no_change_words, step_words
from steelyard.recommendation import Change, Step

_Trial = tuple[Sequence[Alternative], Sequence[int]]
"""Alternatives to what is said, and who is recommended with them."""


def changes(weighing: Weighing, readings: Readings, effort: Effort) -> tuple[Change, ...]:
    """For each ranked rival, in the order of the ranking, the change that puts it first; none without a winner."""
    return _Search(weighing, readings, effort).changes()


class _Search:
    """The search for changes to one request."""

    def __init__(self, weighing: Weighing, readings: Readings, effort: Effort) -> None:
        self._weighing = weighing
        self._readings = readings
        self._effort = effort
        self._found: dict[int, Sequence[Alternative]] = {}
        self._wanted: set[int] = set()

    def changes(self) -> tuple[Change, ...]:
        """See the function of this name."""
        weighing = self._weighing
        alone = weighing.winners if len(weighing.winners) == 1 else ()
        rivals = [number for _, number in weighing.ranking if number not in alone] if weighing.winners else []
        self._wanted = set(rivals)
        if rivals:
            self._look()
        return tuple(self._change(rival) for rival in rivals)

    def _look(self) -> None:
        for trials in self._searches():
            least: dict[int, int] = {}
            for alternatives_, winners in trials:
                if not self._effort.take():
                    return
                if len(winners) == 1 and winners[0] in self._wanted:
                    reach = sum(each.reach for each in alternatives_)
                    if reach < least.get(winners[0], reach + 1):
                        least[winners[0]] = reach
                        self._found[winners[0]] = alternatives_
            self._wanted -= self._found.keys()
            if not self._wanted:
                return

    def _searches(self) -> Iterator[Iterator[_Trial]]:
        said, needs = self._weighing.request.requirements, self._readings.needs
        answered = [
            Alternatives(self._weighing, need, alternatives(self._readings, needs[need], said[need]))
            for need in self._readings.read
            if need in said
        ]
        yield _singles(answered)
        yield self._pairs(combinations(answered, 2))
        open_ = [
            Alternatives(self._weighing, need, given(self._readings, needs[need]))
            for need in self._readings.read
            if need not in said
        ]
        yield _singles(open_)
        yield self._pairs(chain(product(answered, open_), combinations(open_, 2)))

    def _pairs(self, pairs: Iterable[tuple[Alternatives, Alternatives]]) -> Iterator[_Trial]:
        additive = Additive(self._weighing, self._wanted)
        for ones, others in pairs:
            adds_up = self._readings.are_apart(ones.need, others.need)
            if adds_up and not additive.could_be(ones, others):
                continue
            for one, other in product(ones.varied, others.varied):
                if not adds_up:
                    yield (one.alternative, other.alternative), one.with_other(other.alternative).winners
                elif additive.could_pair(one, other):
                    yield (one.alternative, other.alternative), additive.winners(one, other)

    def _change(self, rival: int) -> Change:
        weighing, ruleset = self._weighing, self._weighing.compiled.ruleset
        candidate = weighing.snapshot.candidates[rival]
        name = ruleset.candidates[candidate].name
        if rival not in self._found:
            words = no_change_words(name, is_complete=not self._effort.is_spent)
            return Change(candidate=candidate, name=name, steps=(), then=None, words=words)
        order = {need: place for place, need in enumerate(ruleset.needs)}
        steps = []
        for each in sorted(self._found[rival], key=lambda each: order[each.need]):
            steps.append(self._step(each))
            weighing = weighing.varied(each.need, each.requirement)
        then = then_of(weighing)
        words = change_words([each.words for each in steps], name, then)
        return Change(candidate=candidate, name=name, steps=tuple(steps), then=then, words=words)

    def _step(self, alternative: Alternative) -> Step:
        need = self._readings.needs[alternative.need]
        before, after = self._weighing.request.requirements.get(need.id), alternative.requirement
        return Step(
            need=need.id,
            before=None if before is None else before.stated(need),
            after=None if after is None else after.stated(need),
            words=step_words(need, before, after, self._readings),
        )


def _singles(by_need: Iterable[Alternatives]) -> Iterator[_Trial]:
    for alternatives_ in by_need:
        for each in alternatives_.varied:
            yield (each.alternative,), each.weighing.winners
