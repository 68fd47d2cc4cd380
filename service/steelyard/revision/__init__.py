"""What sets two answers to one question apart: on two days, or by two rulesets; and for many questions at once."""

from steelyard.revision.asking import LeftOut, Posed, Side, Sides, Which
from steelyard.revision.document import revision_document, survey_document
from steelyard.revision.revision import CandidateMove, Place, PointMove, Revision, RuleMove, RuleStatus
from steelyard.revision.survey import Compared, Mover, PassedOver, Survey, survey

__all__ = [
    "CandidateMove",
    "Compared",
    "LeftOut",
    "Mover",
    "PassedOver",
    "Place",
    "PointMove",
    "Posed",
    "Revision",
    "RuleMove",
    "RuleStatus",
    "Side",
    "Sides",
    "Survey",
    "Which",
    "revision_document",
    "survey",
    "survey_document",
]
