"""A program that asks the service through a generated client. What it prints is compared with what is true."""

import datetime as dt
import json
import sys
from typing import TypeVar

from steelyard_client import AuthenticatedClient
from steelyard_client.api.knowledge import describe_ruleset, list_rulesets, tell_rules
from steelyard_client.api.operations import tell_ready
from steelyard_client.api.recommendations import recall, recommend, recommend_batch, recommend_by_query
from steelyard_client.models import (
    Importance,
    Problem,
    Readiness,
    Recommendation,
    RecommendByQueryNeeds,
    Request,
    RequestRequirements,
    RequestStack,
    StackRecommendation,
    Topic,
    WeighedAnswer,
)
from steelyard_client.types import Unset

T = TypeVar("T")
DAY = dt.date(2026, 11, 25)
ASKED: dict[str, bool | float | list[str] | str | WeighedAnswer] = {
    "targets": WeighedAnswer(["android"], Importance.MUST),
    "model_kinds": ["recurrent"],
}


def the_answer(answer: T | Problem | None) -> T:
    """The answer, which was no refusal."""
    assert answer is not None
    assert not isinstance(answer, Problem), answer
    return answer


def requirements(answers: dict[str, bool | float | list[str] | str | WeighedAnswer]) -> RequestRequirements:
    """Requirements as the client has them."""
    made = RequestRequirements()
    made.additional_properties = answers
    return made


def in_short(answer: Recommendation | StackRecommendation | Problem) -> str:
    """Who is recommended, by which part, or what is wrong."""
    if isinstance(answer, Problem):
        return ",".join(f"{fault.pointer}: {fault.code}" for fault in answer.errors)
    if isinstance(answer, StackRecommendation):
        return ",".join(f"{part.part}: {in_short(part.recommendation)}" for part in answer.parts)
    winner: str | None = answer.recommended and answer.recommended.candidate
    return winner or str(answer.outcome.value)


def main(url: str, key: str) -> None:
    """Ask everything, and print what came of it."""
    with AuthenticatedClient(url, key) as client:
        first = the_answer(list_rulesets.sync(client=client)).rulesets[0]
        described = the_answer(describe_ruleset.sync(first.id, client=client))
        known = the_answer(tell_rules.sync(first.id, client=client))
        topics = [Topic.QUESTIONS, Topic.CHANGES]
        asked = Request(requirements(ASKED), as_of=DAY, explain=topics)
        answer = the_answer(recommend.sync(client=client, body=asked))
        assert isinstance(answer, Recommendation)

        needs = RecommendByQueryNeeds()
        needs.additional_properties = {"model_kinds": "recurrent", "stage": "production"}
        candidates = ["pytorch", "tensorflow"]
        found = the_answer(
            recommend_by_query.sync(client=client, needs=needs, must=["stage"], as_of=DAY, candidates=candidates)
        )
        stack = Request(requirements({"targets": ["browser"]}), stack=RequestStack.DEEP_LEARNING)
        joined = the_answer(recommend.sync(client=client, body=stack))
        wrong = Request(requirements({"targte": ["ios"]}))
        many = the_answer(recommend_batch.sync(client=client, body=[asked, wrong]))
        misspelt = Request(requirements({"stage": "prodcution"}))
        refused = recommend.sync_detailed(client=client, body=misspelt)
        assert isinstance(refused.parsed, Problem)
        kept = the_answer(recall.sync(answer.id, client=client))
        ready = the_answer(tell_ready.sync(client=client))
        assert isinstance(ready, Readiness)

    assert not isinstance(answer.questions, Unset)
    assert not isinstance(answer.changes, Unset)
    grades = {reason.rating for ranked in answer.ranking for reason in ranked.reasons}
    told = {
        "ruleset": first.id,
        "needs": [need.id for need in described.needs],
        "rules": [rule.id for criterion in known.criteria for rule in criterion.rules],
        "answer": answer.to_dict(),
        "grades": sorted(grade.value for grade in grades if grade is not None),
        "question": answer.questions[0].question,
        "change": answer.changes[0].steps[0].need,
        "query": in_short(found),
        "stack": in_short(joined),
        "many": [in_short(each) for each in many],
        "refused": {"status": refused.status_code.value, "problem": refused.parsed.to_dict()},
        "kept": kept.recommended,
        "ready": ready.status.value,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
