"""A whole answer with what explains it."""

from dataclasses import replace
from weakref import WeakKeyDictionary

from steelyard.engine import Snapshot, Weighing, recommendation
from steelyard.explain.changes import changes
from steelyard.explain.effort import Effort
from steelyard.explain.questions import questions
from steelyard.explain.readings import Readings
from steelyard.explain.relaxing import relaxations
from steelyard.explain.tracing import traced_rules
from steelyard.explain.versus import versus
from steelyard.model import Topic
from steelyard.recommendation import Explanation, Recommendation

_READINGS: WeakKeyDictionary[Snapshot, Readings] = WeakKeyDictionary()


def explained(weighing: Weighing) -> Recommendation:
    """The whole answer to the request that was weighed, with what its request wants explained."""
    request = weighing.request
    answer = recommendation(weighing)
    relaxing = _effort(weighing)
    relax = relaxations(weighing, relaxing)
    if not (relax or relaxing.is_spent or request.explain or request.compare):
        return answer
    explanation = _explanation(weighing)
    if relaxing.is_spent:
        explanation = replace(explanation, incomplete=("relax", *explanation.incomplete))
    return replace(answer, relax=relax, explained=explanation)


def _explanation(weighing: Weighing) -> Explanation:
    wanted, compare = weighing.request.explain, weighing.request.compare
    asking, changing = _effort(weighing), _effort(weighing)
    explanation = Explanation(
        questions=questions(weighing, _readings(weighing), asking) if Topic.QUESTIONS in wanted else None,
        changes=changes(weighing, _readings(weighing), changing) if Topic.CHANGES in wanted else None,
        rules=traced_rules(weighing) if Topic.RULES in wanted else None,
        comparison=versus(weighing, *compare) if compare else None,
    )
    spent = {Topic.QUESTIONS: asking.is_spent, Topic.CHANGES: changing.is_spent}
    return replace(explanation, incomplete=tuple(topic.value for topic, is_spent in spent.items() if is_spent))


def _effort(weighing: Weighing) -> Effort:
    return Effort(len(weighing.compiled.index.rules))


def _readings(weighing: Weighing) -> Readings:
    """What the rules of the snapshot read: worked out once, and kept as long as the snapshot is."""
    readings = _READINGS.get(weighing.snapshot)
    if readings is None:
        readings = _READINGS[weighing.snapshot] = Readings(weighing.compiled.index, weighing.snapshot)
    return readings
