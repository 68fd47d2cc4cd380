"""What sets two answers to one question apart: on two days, or by two rulesets; and for many questions at once."""

from steelyard.revision.asking import LeftOut, Posed, Side, Sides, Which
from steelyard.revision.document import revision_document, survey_document
from steelyard.revision.movers import Mover, MoverTally
from steelyard.revision.replay import WHOLE, Choice, Choices, Redecided, Refused, Replay, Shift, Why, why
from steelyard.revision.replay_document import replay_document
from steelyard.revision.revision import CandidateMove, Place, PointMove, Revision, RuleMove, RuleStatus
from steelyard.revision.survey import Compared, PassedOver, Survey, survey

__all__ = [
    "WHOLE",
    "CandidateMove",
    "Choice",
    "Choices",
    "Compared",
    "LeftOut",
    "Mover",
    "MoverTally",
    "PassedOver",
    "Place",
    "PointMove",
    "Posed",
    "Redecided",
    "Refused",
    "Replay",
    "Revision",
    "RuleMove",
    "RuleStatus",
    "Shift",
    "Side",
    "Sides",
    "Survey",
    "Which",
    "Why",
    "replay_document",
    "revision_document",
    "survey",
    "survey_document",
    "why",
]
