"""Two answers beside each other, or many pairs of them, and what sets them apart."""

from steelyard.render.revision.many import survey_page
from steelyard.render.revision.one import revision_page
from steelyard.render.revision.replay import replay_page

__all__ = ["replay_page", "revision_page", "survey_page"]
