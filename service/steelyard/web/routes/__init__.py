"""The routes, and what answers each."""

from steelyard.web.routes.route import Route, written
from steelyard.web.routes.table import ROUTES

__all__ = ["ROUTES", "Route", "written"]
