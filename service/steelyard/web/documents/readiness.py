"""Whether the service is ready, as a document for whoever runs it."""

from collections.abc import Iterable
from typing import Any

from steelyard.api import Ruleset, Stack
from steelyard.web.keeping import Keeper, Reload
from steelyard.web.problems import told


def readiness(keeper: Keeper, *, draining: bool) -> dict[str, Any]:
    """What is served just now, and what came of the latest try to load it anew."""
    shelf = keeper.loaded.shelf
    return {
        "status": "draining" if draining else "ready",
        "loaded_at": keeper.loaded.at.isoformat(timespec="seconds"),
        "rulesets": _identities(shelf.rulesets.values()),
        "stacks": _identities(shelf.stacks.values()),
        "reload": _reload(keeper.latest),
    }


def _identities(served: Iterable[Ruleset | Stack]) -> list[dict[str, str]]:
    return [{"id": each.id, "version": each.version, "digest": each.digest} for each in served]


def _reload(latest: Reload) -> dict[str, Any]:
    return {
        "status": "failed" if latest.failed else "ok",
        "at": latest.at.isoformat(timespec="seconds"),
        "errors": [told(each) for each in latest.faults],
    }
