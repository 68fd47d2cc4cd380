"""The pieces that the decision record of a ruleset and that of a stack have in common, as blocks of Markdown."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from steelyard.model import Importance, Need, answer_labels
from steelyard.recommendation import Recommendation, RulesetIdentity
from steelyard.render.escaping import code, code_block, escaped
from steelyard.stack import StackIdentity, StackRecommendation

Result = Recommendation | StackRecommendation
Identity = RulesetIdentity | StackIdentity


def written(blocks: Iterable[str]) -> str:
    """The blocks that hold something, with an empty line between them."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def listed(items: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {item}" for item in items)


def head(title: str, day: date) -> Iterable[str]:
    """The title and the state of a record."""
    yield f"# {title}"
    yield listed(["Status: proposed", f"Date: {day}"])


def context(title: str, result: Result, needs: Mapping[str, Need]) -> Iterable[str]:
    """The question, what the project stated, and what it left open."""
    yield "## Context and Problem Statement"
    question = f"The question was “{escaped(title)}”, weighed as of {result.as_of}."
    stated = result.requirements
    if stated:
        yield f"{question} The project stated these requirements, and how much each of them matters:"
    else:
        yield f"{question} Nothing was said about what the project requires."
    yield listed(
        f"{escaped(needs[need].question)} *{escaped(answer_labels(needs[need], answer['value']))}* ({importance.value})"
        for importance in Importance
        for need, answer in stated.items()
        if answer["importance"] == importance
    )
    if result.unanswered:
        yield "Left unanswered, and so without influence on the scores:"
        yield listed(f"{escaped(needs[need].question)} ({code(need)})" for need in result.unanswered)


def identified(what: str, identity: Identity) -> list[str]:
    """Lines that say which ruleset or stack answered."""
    return [
        f"{what.capitalize()}: {code(identity.id)}, version {escaped(identity.version)}",
        f"Digest of the {what}: {code(identity.digest)}",
    ]


def reproduction(
    kind: Literal["ruleset", "stack"], identity: Identity, result: Result, only: Sequence[str]
) -> Iterable[str]:
    """How to get the same result again.

    Args:
        kind: what was asked, as a request names it.
        identity: which one it was.
        result: its answer.
        only: the candidates that the request named; none for all.
    """
    yield "### How to reproduce"
    yield listed([*identified(kind, identity), f"As of: {result.as_of}", f"Recommendation: {code(result.id)}"])
    yield (
        "Saved as `request.json`, this request gets the same recommendation from "
        f"`steelyard recommend request.json`. A {kind} of your own is named by its path with `--{kind}`."
    )
    request: dict[str, Any] = {
        kind: identity.id,
        "as_of": result.as_of.isoformat(),
        "requirements": result.to_dict()["requirements"],
    }
    if only:
        request["candidates"] = list(only)
    yield "\n".join(code_block(json.dumps(request, ensure_ascii=False, indent=2), "json"))
