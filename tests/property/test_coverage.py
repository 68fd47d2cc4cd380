"""What the random rulesets and requests cover: a law is worth only as much as the examples it is tried on."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import given, settings

from tests.property.conditions import Data
from tests.property.reference import answers_of, rating_on, recommend, stands
from tests.property.strategies import cases, entries_of

EXAMPLES = 1200
LEAST = 5
"""How many of the examples must show each feature."""

OPERATORS = {
    "flag": ("is",),
    "choice": ("is", "any_of", "none_of"),
    "choices": ("includes", "is", "any_of", "all_of", "none_of"),
    "scale": ("is", "any_of", "none_of", "at_least", "at_most"),
    "number": ("is", "at_least", "at_most"),
}
FEATURES = {
    *(f"need: {kind}" for kind in OPERATORS),
    *(f"test: {kind}, {operator}" for kind, operators in OPERATORS.items() for operator in operators),
    *(f"test: {kind}, bare" for kind in OPERATORS),
    *(f"test: {kind}, list" for kind in ("choice", "choices", "scale")),
    *(f"test: {kind}, several operators" for kind in ("choice", "choices", "scale", "number")),
    *(f"condition: {name}" for name in ("all", "any", "not", "several entries", "several entries negated")),
    *(f"condition: {depth} deep" for depth in range(5)),
    *(f"answer: {name}" for name in ("bare", "value only", "must", "should", "could", "no option chosen")),
    *(f"{thing}: {day}" for thing in ("rule", "candidate") for day in ("first day", "last day", "before", "after")),
    *(f"rating: {name}" for name in ("bare", "own grounds", "dated bare", "dated with own grounds", "several days")),
    *(f"rating: {name}" for name in ("before its first day", "on its day", "none from a fired rule", "fair alone")),
    *(f"fired: {importance}" for importance in ("must", "should", "could")),
    *(
        f"fired: {name}"
        for name in ("none", "several", "on no need", "on some of its needs", "beside an unanswered need")
    ),
    *(f"outcome: {outcome}" for outcome in ("recommended", "tied", "undecided", "infeasible")),
    *(f"excluded: {name}" for name in ("by must", "by veto alone", "by dates", "by dates and a rule", "by two rules")),
    *(f"robustness: {name}" for name in ("none", "0", "between", "1")),
    "test: choices, is nothing",
    "test: choices, all_of several",
    "need: number with a negative bound",
    "need: number with a fractional bound",
    "condition: absent",
    "condition: empty",
    "request: everything answered",
    "request: some unanswered",
    "request: nothing answered",
    "request: some candidates",
    "rule: veto",
    "rule: three decimals",
    "rule: `unsupported` without exclusion",
    "ruleset: own multipliers",
    "ruleset: one candidate",
    "ranking: tie below the best",
    "ranking: tie of scores that differ",
    "ranking: five candidates",
}


def conditions_in(mapping: Data, depth: int = 0, negated: bool = False) -> Iterator[tuple[str, Any, int, bool]]:
    """All entries of a condition, with how deep they stand and whether within a `not`."""
    for key, body in mapping.items():
        yield key, body, depth, negated
        inner = [body] if key == "not" else body if key in ("all", "any") else []
        for part in inner:
            yield from conditions_in(part, depth + 1, negated or key == "not")


def written_features(document: Data) -> Iterator[str]:
    """What the needs and the conditions show."""
    for need in document["needs"].values():
        yield f"need: {need['type']}"
        bounds = [need[bound] for bound in ("minimum", "maximum") if bound in need]
        if any(bound < 0 for bound in bounds):
            yield "need: number with a negative bound"
        if any(Fraction(str(bound)).denominator > 1 for bound in bounds):
            yield "need: number with a fractional bound"
    for rule in document["rules"].values():
        if not rule.get("when"):
            yield "condition: empty" if "when" in rule else "condition: absent"
            continue
        entries = list(conditions_in(rule["when"]))
        yield f"condition: {max(depth for _, _, depth, _ in entries)} deep"
        if len(rule["when"]) > 1:
            yield "condition: several entries"
        for key, body, _, _ in entries:
            if key == "not" and len(body) > 1:
                yield "condition: several entries negated"
            yield from (
                [f"condition: {key}"]
                if key in ("all", "any", "not")
                else forms_of(document["needs"][key]["type"], body)
            )


def forms_of(kind: str, body: Any) -> Iterator[str]:
    """The form and the operators a test is written in."""
    if not isinstance(body, dict):
        yield f"test: {kind}, {'list' if isinstance(body, list) else 'bare'}"
        return
    yield from (f"test: {kind}, {operator}" for operator in body)
    if len(body) > 1:
        yield f"test: {kind}, several operators"
    if body.get("is") == []:
        yield "test: choices, is nothing"
    if len(body.get("all_of", [])) > 1:
        yield "test: choices, all_of several"


def dated_features(document: Data, as_of: str) -> Iterator[str]:
    """How the dates of rules, candidates and ratings lie around the day asked about."""
    for thing, bodies in (("rule", document["rules"]), ("candidate", document["candidates"])):
        for body in bodies.values():
            if body.get("since") == as_of:
                yield f"{thing}: first day"
            if body.get("until") == as_of:
                yield f"{thing}: last day"
            if not stands(body, as_of):
                yield f"{thing}: {'before' if as_of < body.get('since', '') else 'after'}"
    for rule in document["rules"].values():
        for rating in rule["ratings"].values():
            yield from rating_features(rating, as_of)


def rating_features(rating: Any, as_of: str) -> Iterator[str]:
    """The form of a rating and, if it is dated, how it lies around the day asked about."""
    dated = isinstance(rating, dict) and "rating" not in rating
    for entry in entries_of({"": rating}):
        if isinstance(entry, str):
            yield "rating: dated bare" if dated else "rating: bare"
        else:
            yield "rating: dated with own grounds" if dated else "rating: own grounds"
    if dated:
        if len(rating) > 1:
            yield "rating: several days"
        if as_of in rating:
            yield "rating: on its day"
        if rating_on(rating, as_of) is None:
            yield "rating: before its first day"


def request_features(document: Data, request: Data) -> Iterator[str]:
    """What is answered, and how."""
    answered, asked = len(request["requirements"]), len(document["needs"])
    if answered == asked:
        yield "request: everything answered"
    else:
        yield "request: some unanswered" if answered else "request: nothing answered"
    if "candidates" in request:
        yield "request: some candidates"
    for answer in request["requirements"].values():
        if not isinstance(answer, dict):
            yield "answer: bare"
        else:
            yield f"answer: {answer.get('importance', 'value only')}"
    if any(value == [] for value, _ in answers_of(request["requirements"]).values()):
        yield "answer: no option chosen"


def ruleset_features(document: Data) -> Iterator[str]:
    """What else a ruleset may say."""
    if "importance" in document["ruleset"]:
        yield "ruleset: own multipliers"
    if len(document["candidates"]) == 1:
        yield "ruleset: one candidate"
    for rule in document["rules"].values():
        if rule.get("veto"):
            yield "rule: veto"
        if 100 % Fraction(str(rule.get("weight", 1))).denominator:
            yield "rule: three decimals"


def fired_features(document: Data, request: Data, answer: Data) -> Iterator[str]:
    """Which rules fired, and on what they rest."""
    if not answer["fired"]:
        yield "fired: none"
    if len(answer["fired"]) > 1:
        yield "fired: several"
    for fired in answer["fired"]:
        rule = document["rules"][fired["rule"]]
        yield f"fired: {fired['importance']}"
        if not fired["needs"]:
            yield "fired: on no need"
        read = {key for key, _, _, _ in conditions_in(rule.get("when", {})) if key in document["needs"]}
        if read & set(request["requirements"]) > set(fired["needs"]):
            yield "fired: on some of its needs"
        if read - set(request["requirements"]):
            yield "fired: beside an unanswered need"
        words = {rating_on(rule["ratings"].get(one), request["as_of"]) for one in document["candidates"]}
        if None in words:
            yield "rating: none from a fired rule"
        if words == {"fair"}:
            yield "rating: fair alone"


def answer_features(document: Data, answer: Data) -> Iterator[str]:
    """How the recommendation comes out."""
    yield f"outcome: {answer['outcome']}"
    musts = {fired["rule"] for fired in answer["fired"] if fired["importance"] == "must"}
    for entry in answer["excluded"]:
        yield from exclusion_features(entry, musts)
    for entry in answer["ranking"]:
        for rule, points in entry["points"].items():
            if points < 0 and "unsupported" in str(document["rules"][rule]["ratings"][entry["candidate"]]):
                yield "rule: `unsupported` without exclusion"
    if len(answer["ranking"]) == 5:
        yield "ranking: five candidates"
    for first, second in pairwise(answer["ranking"]):
        if first["rank"] == second["rank"] > 1:
            yield "ranking: tie below the best"
        if first["rank"] == second["rank"] and first["score"] != second["score"]:
            yield "ranking: tie of scores that differ"
    if answer["recommended"]:
        robustness = answer["recommended"]["robustness"]
        yield f"robustness: {'none' if robustness is None else robustness if robustness in (0, 1) else 'between'}"


def exclusion_features(entry: Data, musts: set[str]) -> Iterator[str]:
    """Why a candidate is excluded."""
    vetoes = set(entry["vetoes"])
    if vetoes & musts:
        yield "excluded: by must"
    elif vetoes:
        yield "excluded: by veto alone"
    if entry["outside_dates"]:
        yield "excluded: by dates and a rule" if vetoes else "excluded: by dates"
    if len(vetoes) > 1:
        yield "excluded: by two rules"


def test_random_cases_cover_every_feature() -> None:
    """Of 1,200 random cases, always the same, at least five show each feature of rulesets, requests and answers."""
    shown: Counter[str] = Counter()

    @settings(derandomize=True, max_examples=EXAMPLES, database=None)
    @given(cases())
    def count(case: tuple[Data, Data]) -> None:
        document, request = case
        answer = recommend(document, request)
        shown.update(
            {
                *written_features(document),
                *dated_features(document, request["as_of"]),
                *request_features(document, request),
                *ruleset_features(document),
                *fired_features(document, request, answer),
                *answer_features(document, answer),
            }
        )

    count()
    assert {} == {feature: shown[feature] for feature in sorted(FEATURES) if shown[feature] < LEAST}
    assert set() == set(shown) - FEATURES
