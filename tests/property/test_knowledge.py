"""The laws of what a ruleset knows on a day, on random rulesets."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from steelyard.engine import Engine
from steelyard.knowledge import (
    CandidateChange,
    Knowledge,
    RatingChange,
    RuleChange,
    balance,
    changes,
    rules_document,
)
from steelyard.library import check_data
from steelyard.model import Rating
from tests.property.conditions import Data
from tests.property.strategies import DAYS, documents

State = tuple[dict[str, dict[str, Rating]], set[str]]

days = st.sampled_from(sorted(DAYS)).map(date.fromisoformat)


def state_on(knowledge: Knowledge) -> State:
    """The ratings in force by standing rule, and the candidates to be had, as the engine takes them."""
    ruleset = knowledge.ruleset
    compiled = Engine(ruleset).compiled
    snapshot = compiled.snapshot_on(knowledge.as_of)
    rules = {
        indexed.rule.id: dict(ratings)
        for place, (indexed, ratings) in enumerate(zip(compiled.index.rules, snapshot.ratings, strict=True))
        if snapshot.standing >> place & 1
    }
    available = {each for each, is_there in zip(snapshot.candidates, snapshot.available, strict=True) if is_there}
    return rules, available


@given(documents(), days, days)
def test_changes_lead_from_one_day_to_the_other(document: Data, one: date, other: date) -> None:
    """What stood on the earlier day, with every change made to it in turn, is what stands on the later day."""
    ruleset = check_data(document).required()
    since, as_of = sorted((one, other))
    rules, available = state_on(Knowledge.of(ruleset, since))
    for change in changes(Knowledge.of(ruleset, as_of), since):
        match change:
            case CandidateChange(candidate=candidate, came=came):
                assert (candidate.id in available) != came
                (available.add if came else available.discard)(candidate.id)
            case RuleChange(day=day, rule=rule, came=True):
                rules[rule.id] = rule.ratings_on(day)
            case RuleChange(rule=rule):
                del rules[rule.id]
            case RatingChange(rule=rule, candidate=candidate, before=before, after=after):
                assert rules[rule.id].get(candidate.id) == before
                rules[rule.id][candidate.id] = after
    assert (rules, available) == state_on(Knowledge.of(ruleset, as_of))


@given(documents(), days)
def test_balance_counts_every_standing_rule_once(document: Data, day: date) -> None:
    """For each candidate, the ratings of all words and what is not known are as many as the rules that stand."""
    knowledge = Knowledge.of(check_data(document).required(), day)
    for share in balance(knowledge):
        assert sum(share.ratings.values()) + share.unknown == len(knowledge.standing)
        assert 0 <= share.rated <= share.total
        assert (share.rated == share.total) == (share.unknown == 0)


@given(documents(), days)
def test_the_document_says_what_the_engine_takes(document: Data, day: date) -> None:
    """Just those rules, ratings and candidates are said to be in force that the engine would use on the day."""
    knowledge = Knowledge.of(check_data(document).required(), day)
    told = rules_document(knowledge)
    rules = {
        rule["id"]: {
            candidate: entry["rating"]
            for candidate, entries in rule["ratings"].items()
            for entry in entries
            if entry["in_force"]
        }
        for criterion in told["criteria"]
        for rule in criterion["rules"]
        if rule["in_force"]
    }
    expected, available = state_on(knowledge)
    assert rules == {id_: {key: each.grade.word for key, each in rated.items()} for id_, rated in expected.items()}
    assert {each["id"] for each in told["candidates"] if each["available"]} == available
