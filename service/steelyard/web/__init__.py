"""The HTTP service: the application, and the rulesets that it serves."""

from steelyard.web.application import create_app
from steelyard.web.shelf import Shelf, open_shelf

__all__ = ["Shelf", "create_app", "open_shelf"]
