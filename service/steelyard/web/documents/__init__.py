"""What is served and how it does, as documents."""

from steelyard.web.documents.readiness import readiness
from steelyard.web.documents.rulesets import described, described_shelf, identity_of
from steelyard.web.documents.stacks import described_stack, described_stacks

__all__ = ["described", "described_shelf", "described_stack", "described_stacks", "identity_of", "readiness"]
