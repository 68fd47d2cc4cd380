"""The OpenAPI document as a page for people: made on the server, without scripts, and with nothing from elsewhere."""

from steelyard.web.openapi.page.page import POLICY, docs_page

__all__ = ["POLICY", "docs_page"]
