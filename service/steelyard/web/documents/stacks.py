"""Stacks as documents: what can be asked with one request, and what each part takes of the others."""

from typing import Any

from steelyard.api import Stack
from steelyard.knowledge import described_need
from steelyard.stack import Feed, Part
from steelyard.web.documents.rulesets import identity_of
from steelyard.web.keeping import Shelf


def described_stacks(shelf: Shelf) -> dict[str, Any]:
    """Every stack in short."""
    return {"stacks": [_in_short(stack) for stack in shelf.stacks.values()]}


def described_stack(stack: Stack) -> dict[str, Any]:
    """What one stack can be asked: the needs of all its parts, each once, as a ruleset describes them."""
    return {
        **identity_of(stack),
        "parts": [_part(part) for part in stack.parts.values()],
        "needs": [described_need(need) for need in stack.needs.values()],
    }


def _in_short(stack: Stack) -> dict[str, Any]:
    parts = [{"part": part.id, "ruleset": part.ruleset.id} for part in stack.parts.values()]
    return {**identity_of(stack), "parts": parts}


def _part(part: Part) -> dict[str, Any]:
    ruleset = part.ruleset
    return {
        "part": part.id,
        "ruleset": ruleset.id,
        "title": ruleset.title,
        "version": ruleset.version,
        "takes": {need: _feed(feed) for need, feed in part.takes.items()},
        "candidates": [{"id": candidate.id, "name": candidate.name} for candidate in ruleset.candidates.values()],
    }


def _feed(feed: Feed) -> dict[str, str]:
    return {"part": feed.part, "importance": feed.importance.value}
