"""Renderings of a recommendation: each a module of its own that only reads it."""
