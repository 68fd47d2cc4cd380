"""When nothing is left: which musts to give up, and what wins then."""

from collections.abc import Sequence
from itertools import combinations

from steelyard.engine import Weighing
from steelyard.explain.effort import Effort
from steelyard.explain.then import then_of
from steelyard.explain.words import relaxation_words
from steelyard.model import Importance, Requirement
from steelyard.recommendation import Outcome, Relaxation


def relaxations(weighing: Weighing, effort: Effort) -> tuple[Relaxation, ...]:
    """The smallest sets of musts to give up, each of which leaves a candidate again; empty unless nothing is left.

    A must that is given up becomes a should. Sets are told if none of their musts could be kept, those of the fewest
    musts first, and else in the order of the ruleset. What dates or a rule's own veto exclude, no must brings back.
    """
    if weighing.outcome is not Outcome.INFEASIBLE:
        return ()
    musts = [need for need, said in weighing.request.requirements.items() if said.importance is Importance.MUST]
    if _given_up(weighing, musts).outcome is Outcome.INFEASIBLE:
        return ()
    found: list[Relaxation] = []
    for size in range(1, len(musts) + 1):
        for needs in combinations(musts, size):
            if any(set(each.needs) <= set(needs) for each in found):
                continue
            if not effort.take():
                return tuple(found)
            relaxed = _given_up(weighing, needs)
            if relaxed.outcome is not Outcome.INFEASIBLE:
                then = then_of(relaxed)
                words = relaxation_words(needs, then, weighing.compiled.ruleset)
                found.append(Relaxation(needs=needs, then=then, words=words))
    return tuple(found)


def _given_up(weighing: Weighing, needs: Sequence[str]) -> Weighing:
    for need in needs:
        said = weighing.request.requirements[need]
        weighing = weighing.varied(need, Requirement(said.value, Importance.SHOULD))
    return weighing
