"""Asking the engine, through the public interface, and reading its answers."""

from itertools import pairwise
from typing import Any

import steelyard
from tests.property.conditions import Data


def ask(document: Data, request: Data) -> steelyard.Answer:
    """The engine's answer to a case."""
    return put(steelyard.Ruleset.from_dict(document), request)


def put(ruleset: steelyard.Ruleset, request: Data) -> steelyard.Answer:
    """The answer of a ruleset that is already made."""
    return ruleset.recommend(request["requirements"], as_of=request["as_of"], candidates=request.get("candidates"))


def entries(answer: steelyard.Answer) -> dict[str, Data]:
    """What is told of each candidate, ranked or excluded."""
    told = answer.to_dict()
    return {entry["candidate"]: entry for entry in [*told["ranking"], *told["excluded"]]}


def ranks(answer: steelyard.Answer) -> dict[str, int]:
    """The rank of each ranked candidate."""
    return {entry["candidate"]: entry["rank"] for entry in answer.to_dict()["ranking"]}


def fired(answer: steelyard.Answer) -> dict[str, Any]:
    """Each fired rule with what it rests on."""
    return {rule.rule: rule for rule in answer.fired}


def is_clear(answer: steelyard.Answer) -> bool:
    """Whether no two scores differ by so little that scaling them could make or undo a tie."""
    scores = sorted(entry["score"] for entry in entries(answer).values())
    return all(low == high or high - low > 1e-6 for low, high in pairwise(scores))
