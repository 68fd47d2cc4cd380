"""The engine against the reference evaluator, on random rulesets and requests."""

from datetime import date
from fractions import Fraction

from hypothesis import given, settings

from tests.property.asking import ask, entries
from tests.property.conditions import Data
from tests.property.reference import entry_on, rating_on, recommend
from tests.property.strategies import cases

ROUNDING = Fraction(1, 10**12)


def near(actual: float | None, exact: Fraction | None) -> bool:
    """Whether a float is the exact number but for an error that rounding explains."""
    if actual is None or exact is None:
        return actual is None and exact is None
    return abs(Fraction(actual) - exact) <= ROUNDING * max(Fraction(1), abs(exact))


# The law all others rest on is tried most.
@settings(max_examples=5 * settings().max_examples)
@given(cases())
def test_engine_equals_reference(case: tuple[Data, Data]) -> None:
    """Fired rules, points, shares rated, ranks, exclusions, outcome, lead and robustness are the reference's."""
    document, request = case
    expected, answer = recommend(document, request), ask(document, request)
    actual = answer.to_dict()
    assert [
        (rule["rule"], tuple(rule["needs"]), rule["importance"], float(rule["weight"])) for rule in expected["fired"]
    ] == [(rule.rule, rule.needs, rule.importance.value, rule.weight) for rule in answer.fired]
    assert expected["outcome"] == actual["outcome"]
    assert [(entry["rank"], entry["candidate"]) for entry in expected["ranking"]] == [
        (entry["rank"], entry["candidate"]) for entry in actual["ranking"]
    ]
    assert [entry["candidate"] for entry in expected["excluded"]] == [
        entry["candidate"] for entry in actual["excluded"]
    ]
    for wanted, given_ in zip(
        [*expected["ranking"], *expected["excluded"]], [*actual["ranking"], *actual["excluded"]], strict=True
    ):
        assert float(wanted["score"]) == given_["score"], "scores are the exact score, correctly rounded"
        assert near(given_["rated"], wanted["rated"])
        assert_reasons(document, request, expected["fired"], wanted, given_["reasons"])
    assert_recommended(expected["recommended"], actual["recommended"])


def assert_reasons(document: Data, request: Data, fired: list[Data], wanted: Data, reasons: list[Data]) -> None:
    """Compare one candidate's reasons with the reference, and their order."""
    if wanted.get("outside_dates"):
        first, *reasons = reasons
        assert (None, True, 0, 0) == (first["rule"], first["veto"], first["weight"], first["points"])
    rules = {rule["rule"]: rule for rule in fired}
    # `sorted` is stable, and the points stand in the order of the ruleset.
    by_size = sorted(wanted["points"], key=lambda rule: abs(wanted["points"][rule]), reverse=True)
    assert by_size == [reason["rule"] for reason in reasons]
    for reason in reasons:
        rule, body = rules[reason["rule"]], document["rules"][reason["rule"]]
        word = rating_on(body["ratings"][wanted["candidate"]], request["as_of"])
        assert near(reason["points"], wanted["points"][reason["rule"]])
        assert (rule["needs"], rule["importance"], float(rule["weight"]), word) == (
            reason["needs"],
            reason["importance"],
            reason["weight"],
            reason["rating"],
        )
        assert (reason["rule"] in wanted.get("vetoes", [])) == reason["veto"]
        assert (body["criterion"], body["title"]) == (reason["criterion"], reason["title"])
        entry = entry_on(body["ratings"][wanted["candidate"]], request["as_of"])
        own = entry if isinstance(entry, dict) else body
        assert (own["because"], own["evidence"]) == (reason["because"], reason["evidence"]), "a bare word shares"


def assert_recommended(wanted: Data | None, actual: Data | None) -> None:
    """Compare what is recommended, its lead and its robustness with the reference."""
    if wanted is None or actual is None:
        assert wanted == actual
        return
    assert (wanted["candidate"], float(wanted["score"])) == (actual["candidate"], actual["score"])
    assert near(actual["lead"], wanted["lead"])
    assert near(actual["robustness"], wanted["robustness"])
    assert wanted["tied_with"] == actual.get("tied_with", [])


@given(cases())
def test_evidence_is_what_the_reasons_name(case: tuple[Data, Data]) -> None:
    """All evidence that a reason names is told, and no other; stale is what is older than the ruleset allows."""
    document, request = case
    answer = ask(document, request)
    told = answer.to_dict()
    named = {
        source for entry in entries(answer).values() for reason in entry["reasons"] for source in reason["evidence"]
    }
    assert named == set(told["evidence"])
    oldest = document["ruleset"].get("stale_after_days")
    for source, body in told["evidence"].items():
        written = document["evidence"][source]
        age = date.fromisoformat(request["as_of"]) - date.fromisoformat(written["published"])
        assert {"url": None, "source": None, **written, "stale": oldest is not None and age.days > oldest} == body
