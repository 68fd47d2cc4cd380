"""The HTTP service: an application of its own, or a blueprint in somebody else's."""

from steelyard.web.keeping import Shelf, open_shelf
from steelyard.web.mounting import blueprint, create_app
from steelyard.web.settings import Settings

__all__ = ["Settings", "Shelf", "blueprint", "create_app", "open_shelf"]
