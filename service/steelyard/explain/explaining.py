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
    wanted, compare = weighing.request.explain, weighing.request.compare
    rules = len(weighing.compiled.index.rules)
    efforts = {key: Effort(rules) for key in ("relax", Topic.QUESTIONS.value, Topic.CHANGES.value)}
    relax = relaxations(weighing, efforts["relax"])
    asked = changed = None
    if Topic.QUESTIONS in wanted:
        asked = questions(weighing, _readings(weighing), efforts[Topic.QUESTIONS])
    if Topic.CHANGES in wanted:
        changed = changes(weighing, _readings(weighing), efforts[Topic.CHANGES])
    explanation = Explanation(
        questions=asked,
        changes=changed,
        rules=traced_rules(weighing) if Topic.RULES in wanted else None,
        comparison=versus(weighing, *compare) if compare else None,
        incomplete=tuple(key for key, effort in efforts.items() if effort.is_spent),
    )
    is_empty = not relax and explanation == Explanation()
    answer = recommendation(weighing)
    return answer if is_empty else replace(answer, relax=relax, explained=explanation)


def _readings(weighing: Weighing) -> Readings:
    """What the rules of the snapshot read: worked out once, and kept as long as the snapshot is."""
    readings = _READINGS.get(weighing.snapshot)
    if readings is None:
        readings = _READINGS[weighing.snapshot] = Readings(weighing.compiled.index, weighing.snapshot)
    return readings
