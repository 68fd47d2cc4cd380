"""Answers as small documents: what an agent wants to know, under the keys of the whole document.

A model reads every character of them, and a whole answer has tens of thousands. What is cut off is counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from steelyard.agents.parameters import plain
from steelyard.agents.picking import Picked, picked
from steelyard.api import Answer, Ruleset
from steelyard.interview import Interview
from steelyard.model import Need
from steelyard.recommendation import Cited, Excluded, Ranked, Reason, RuleDifference, Weighed
from steelyard.shape import answer_schema

_MOST_CANDIDATES = 12
_MOST_QUESTIONS = 3
_MOST_RULES = 8


def in_short(ruleset: Ruleset) -> dict[str, Any]:
    """A ruleset among others."""
    return {
        **identity(ruleset),
        "needs": len(ruleset.needs),
        "rules": len(ruleset.rules),
        "candidates": {candidate.id: candidate.name for candidate in ruleset.candidates.values()},
    }


def identity(ruleset: Ruleset) -> dict[str, Any]:
    """Which ruleset it is."""
    return {"id": ruleset.id, "title": ruleset.title, "version": ruleset.version}


def brief_answer(answer: Answer) -> dict[str, Any]:
    """The answer with the ranking, the reasons that decide between the first and the next, and what to ask."""
    telling = picked(answer)
    ranking, excluded = answer.ranking[:_MOST_CANDIDATES], answer.excluded[:_MOST_CANDIDATES]
    against = {each.candidate: [Picked(reason) for reason in each.reasons if reason.veto] for each in excluded}
    reasons = [each.reason for told in (*telling.values(), *against.values()) for each in told]
    return {
        **_head(answer),
        "unanswered": list(answer.unanswered),
        "settled": answer.settled,
        "ranking": [{"rank": each.rank, **_weighed(each, telling.get(each.candidate, ()))} for each in ranking],
        "excluded": [_weighed(each, against[each.candidate]) for each in excluded],
        "evidence": _cited(answer, reasons),
        "questions": _questions(answer),
        "relax": [{"needs": list(each.needs), "words": each.words} for each in answer.relax],
        "left_out": {"ranking": len(answer.ranking) - len(ranking), "excluded": len(answer.excluded) - len(excluded)},
    }


def explained_answer(answer: Answer, candidate: str | None) -> dict[str, Any]:
    """Every reason for and against one candidate, and what would put each of the others first."""
    weighed = of_candidate(answer, candidate)
    return {
        **_head(answer),
        "candidate": None if weighed is None else _standing(weighed),
        "changes": [
            {
                "candidate": each.candidate,
                "name": each.name,
                "steps": [step.to_dict() for step in each.steps],
                "words": each.words,
            }
            for each in answer.explanation.changes or ()
        ],
        "relax": [{"needs": list(each.needs), "words": each.words} for each in answer.relax],
        "questions": _questions(answer),
        "evidence": _cited(answer, () if weighed is None else weighed.reasons),
        "incomplete": list(answer.explanation.incomplete),
    }


def compared_answer(answer: Answer, *, full: bool) -> dict[str, Any]:
    """What sets two candidates apart, rule by rule, with the reason of each side."""
    versus = answer.explanation.comparison
    if versus is None:
        raise ValueError("the answer compares nothing")
    pair = [each for id_ in versus.candidates if (each := of_candidate(answer, id_)) is not None]
    rules = versus.rules if full else largest(versus.rules)
    said = [[_reason_of(each.rule, weighed) for weighed in pair] for each in rules]
    return {
        **_head(answer),
        "candidates": [_without_reasons(each) for each in pair],
        "difference": float(versus.difference),
        "robustness": versus.robustness,
        "words": versus.words,
        "rules": [
            {**each.to_dict(), "because": [told and told.because for told in both], "evidence": _keys(both)}
            for each, both in zip(rules, said, strict=True)
        ],
        "evidence": _cited(answer, (told for both in said for told in both if told is not None)),
        "left_out": len(versus.rules) - len(rules),
    }


def asked_next(interview: Interview) -> dict[str, Any]:
    """The question that an interview puts next, if it is not time to stop."""
    answer, need = interview.answer, interview.next_need
    return {
        **_head(answer),
        "settled": answer.settled,
        "done": need is None,
        "question": None if need is None else _question(interview, interview.ruleset.needs[need]),
        "others": [each.need for each in interview.questions if each.need != need],
        "unanswered": list(interview.rest),
    }


def of_candidate(answer: Answer, candidate: str | None) -> Ranked | Excluded | None:
    """The candidate as it was weighed; the first in the ranking, if none is named; None if it was not weighed."""
    if candidate is None:
        return answer.ranking[0] if answer.recommended is not None else None
    every: tuple[Ranked | Excluded, ...] = (*answer.ranking, *answer.excluded)
    return next((each for each in every if each.candidate == candidate), None)


def largest(rules: Sequence[RuleDifference]) -> Sequence[RuleDifference]:
    """The largest differences of two candidates, in their order."""
    most = sorted(rules, key=lambda each: -abs(each.points))[:_MOST_RULES]
    return [each for each in rules if each in most]


def _head(answer: Answer) -> dict[str, Any]:
    return {
        "id": answer.id,
        "ruleset": {"id": answer.ruleset.id, "version": answer.ruleset.version, "digest": answer.ruleset.digest},
        "as_of": answer.as_of.isoformat(),
        "requirements": {need: dict(requirement) for need, requirement in answer.requirements.items()},
        "outcome": answer.outcome.value,
        "recommended": answer.recommended and answer.recommended.to_dict(),
        "summary": answer.summary,
    }


def _without_reasons(weighed: Weighed) -> dict[str, Any]:
    told = {"candidate": weighed.candidate, "name": weighed.name, "score": weighed.score, "rated": weighed.rated}
    return {**told, "excluded": isinstance(weighed, Excluded)}


def _weighed(weighed: Weighed, reasons: Iterable[Picked]) -> dict[str, Any]:
    told = {"candidate": weighed.candidate, "name": weighed.name, "score": weighed.score, "rated": weighed.rated}
    return {**told, "reasons": [_picked(each) for each in reasons]}


def _picked(told: Picked) -> dict[str, Any]:
    return {**_reason(told.reason), **({} if told.behind is None else {"behind": told.behind})}


def _standing(weighed: Ranked | Excluded) -> dict[str, Any]:
    rank = weighed.rank if isinstance(weighed, Ranked) else None
    return {"rank": rank, **_without_reasons(weighed), "reasons": [_reason(each) for each in weighed.reasons]}


def _reason(reason: Reason) -> dict[str, Any]:
    told = {
        "rule": reason.rule,
        "title": reason.title,
        "needs": list(reason.needs),
        "rating": reason.rating,
        "points": reason.points,
        "because": reason.because,
        "evidence": list(reason.evidence),
    }
    return {**told, "veto": True} if reason.veto else told


def _reason_of(rule: str, weighed: Weighed) -> Reason | None:
    return next((each for each in weighed.reasons if each.rule == rule), None)


def _keys(reasons: Iterable[Reason | None]) -> list[str]:
    return list(dict.fromkeys(key for each in reasons if each is not None for key in each.evidence))


def _cited(answer: Answer, reasons: Iterable[Reason]) -> dict[str, Any]:
    named = {key for each in reasons for key in each.evidence}
    cited: Mapping[str, Cited] = answer.evidence
    return {key: each.to_dict() for key, each in cited.items() if key in named}


def _questions(answer: Answer) -> list[dict[str, Any]]:
    found = (answer.explanation.questions or ())[:_MOST_QUESTIONS]
    return [{"need": each.need, "question": each.question, "flips": each.flips} for each in found]


def _question(interview: Interview, need: Need) -> dict[str, Any]:
    found = interview.question(need.id)
    answers = () if found is None else found.answers
    return {
        "need": need.id,
        "question": need.question,
        "help": need.help,
        "type": need.type.value,
        "expected": plain(answer_schema(need)),
        "flips": 0.0 if found is None else found.flips,
        "answers": [
            {
                "value": each.value,
                "label": each.label,
                "flips": each.flips,
                "outcome": each.then.outcome.value,
                "recommended": list(each.then.recommended),
            }
            for each in answers
        ],
    }
