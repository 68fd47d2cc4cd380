"""What is served: loaded before anything is answered, watched, and replaced as a whole."""

from steelyard.web.keeping.keeper import Keeper, Reload
from steelyard.web.keeping.loaded import Loaded, Posted, Source
from steelyard.web.keeping.shelf import Shelf, open_shelf

__all__ = ["Keeper", "Loaded", "Posted", "Reload", "Shelf", "Source", "open_shelf"]
