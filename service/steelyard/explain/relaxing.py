"""When nothing is left: which musts to give up, and what wins then.

A rule excludes by its importance while it is a must. It is a must through any of some sets of musts, in each of which
every need is one: those of a true conjunction of its condition. So it takes one need out of every such set to have the
rule exclude nobody any more, and one out of every such set of all rules that exclude a candidate to bring that
candidate back: the smallest such choices are the minimal hitting sets.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from steelyard.engine import Weighing
from steelyard.engine.bits import places_of
from steelyard.explain.effort import Effort
from steelyard.explain.then import then_of
from steelyard.explain.words import relaxation_words
from steelyard.model import AllOf, AnyOf, Condition, Importance, Need, NeedTest, Requirement, passes
from steelyard.recommendation import Outcome, Relaxation

_Sets = list[frozenset[str]]

_MOST_TOLD = 50


def relaxations(weighing: Weighing, effort: Effort) -> tuple[Relaxation, ...]:
    """The smallest sets of musts to give up, each of which leaves a candidate again; empty unless nothing is left.

    A must that is given up becomes a should. Sets are told of whose musts none could be kept, those of the fewest musts
    first, and else in the order of the ruleset. What dates or a rule's own veto exclude, no must brings back.
    """
    if weighing.outcome is not Outcome.INFEASIBLE:
        return ()
    order = {need: place for place, need in enumerate(weighing.compiled.ruleset.needs)}
    found: _Sets = []
    for candidate in weighing.asked:
        bringing_back = _bringing_back(weighing, candidate, effort)
        found = _minimal([*found, *bringing_back], effort)
    sets = sorted((sorted(each, key=order.__getitem__) for each in found), key=lambda each: _place(each, order))
    if len(sets) > _MOST_TOLD:
        effort.spend()
    return tuple(_relaxation(weighing, tuple(each)) for each in sets[:_MOST_TOLD])


def _place(needs: Sequence[str], order: Mapping[str, int]) -> tuple[int, list[int]]:
    return len(needs), [order[need] for need in needs]


def _relaxation(weighing: Weighing, needs: tuple[str, ...]) -> Relaxation:
    relaxed = weighing
    for need in needs:
        said = weighing.request.requirements[need]
        relaxed = relaxed.varied(need, Requirement(said.value, Importance.SHOULD))
    then = then_of(relaxed)
    return Relaxation(needs=needs, then=then, words=relaxation_words(needs, then, weighing.compiled.ruleset))


def _bringing_back(weighing: Weighing, candidate: int, effort: Effort) -> _Sets:
    """The smallest sets of musts that bring a candidate back; none if its dates or a rule's own veto exclude it."""
    snapshot, vetoes = weighing.snapshot, weighing.snapshot.vetoes
    if not snapshot.available[candidate] or vetoes.always[candidate] & weighing.all_fired:
        return []
    index, said = weighing.compiled.index, weighing.request.requirements
    excluding = places_of(weighing.fired_as_must & vetoes.if_must[candidate])
    musts = [_musts(index.rules[place].condition, index.needs, said, effort) for place in excluding]
    found: _Sets = [frozenset()]
    for through in _minimal([each for sets in musts for each in sets or ()], effort):
        found = _minimal(list(_hitting(found, through)), effort)
    return [] if effort.is_spent else found


def _hitting(sets: Iterable[frozenset[str]], another: frozenset[str]) -> Iterator[frozenset[str]]:
    """The sets, each with a need out of another set, if it has none yet."""
    for each in sets:
        if each & another:
            yield each
        else:
            yield from (each | {need} for need in another)


def _minimal(sets: Iterable[frozenset[str]], effort: Effort) -> _Sets:
    """The sets that hold no other of them; fewer, if the effort is spent before the end."""
    minimal: _Sets = []
    for each in sorted(set(sets), key=lambda one: (len(one), sorted(one))):
        for smaller in minimal:
            if not effort.take():
                return minimal
            if smaller <= each:
                break
        else:
            minimal.append(each)
    return minimal


def _musts(
    condition: Condition, needs: Mapping[str, Need], said: Mapping[str, Requirement], effort: Effort
) -> _Sets | None:
    """The sets of musts through each of which a condition, in negation normal form, is true as a must.

    Returns:
        The smallest of them, none if it is not true as a must; None if it is true without resting on any need.
    """
    match condition:
        case NeedTest():
            answer = said.get(condition.need)
            if answer is None or not passes(condition, needs[condition.need], answer.value):
                return []
            return [frozenset((condition.need,))] if answer.importance is Importance.MUST else []
        case AnyOf(parts):
            found = [_musts(part, needs, said, effort) for part in parts]
            return _minimal([each for sets in found for each in sets or ()], effort)
        case AllOf(parts):
            resting = [each for part in parts if (each := _musts(part, needs, said, effort)) is not None]
            if not resting:
                return None
            found_together: _Sets = [frozenset()]
            for sets in resting:
                found_together = _minimal([one | other for one in found_together for other in sets], effort)
            return found_together
    raise TypeError(f"{type(condition).__name__} is not in negation normal form")
