"""What a recommendation means, written down a second time: slow, plain, and independent of the engine.

It reads a ruleset and a request as plain data (dicts, lists, texts, numbers; dates as ISO texts), follows
points 1 to 9 of the design's "What a recommendation means" in their order, and counts in fractions, so that
nothing is ever rounded. It validates nothing: what it is given is valid. Where the engine disagrees with
it, the design says who is right.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

Data = dict[str, Any]
"""A mapping of a ruleset or of a request, as YAML would give it."""

RATING_NUMBERS = {"excellent": 2, "good": 1, "fair": 0, "poor": -1, "unsupported": -2}
IMPORTANCES = ("could", "should", "must")
DEFAULT_MULTIPLIERS = {"must": 4, "should": 2, "could": 1}
TIE = Fraction(1, 10**9)


def number(value: float | str) -> Fraction:
    """The number as it is written, so that 0.1 is one tenth."""
    return Fraction(str(value))


# Point 1: the snapshot.


def stands(body: Data, as_of: str) -> bool:
    """Whether a rule or a candidate stands on that day: from its first day, until the day before its last."""
    day = date.fromisoformat(as_of)
    if "since" in body and day < date.fromisoformat(body["since"]):
        return False
    return "until" not in body or day < date.fromisoformat(body["until"])


def entry_on(ratings: Any, as_of: str) -> Any:
    """The entry of one candidate's ratings that counts on that day: nothing before the first dated one."""
    if ratings is None or isinstance(ratings, str) or "rating" in ratings:
        return ratings
    reached = [day for day in ratings if date.fromisoformat(day) <= date.fromisoformat(as_of)]
    return ratings[max(reached, key=date.fromisoformat)] if reached else None


def rating_on(ratings: Any, as_of: str) -> str | None:
    """The word that counts on that day, if any."""
    entry = entry_on(ratings, as_of)
    word: str | None = entry["rating"] if isinstance(entry, dict) else entry
    return word


# Point 2: firing. First every negation is pushed down to the tests.


@dataclass(frozen=True, slots=True)
class Check:
    """One operator applied to one need, or its negation."""

    need: str
    operator: str
    operand: Any
    negated: bool


@dataclass(frozen=True, slots=True)
class Every:
    """All the parts must hold."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of the parts must hold."""

    parts: tuple["Condition", ...]


Condition = Check | Every | Some


def normal_form(mapping: Data, needs: Data, negated: bool = False) -> Condition:
    """A condition's mapping without any `not`: its entries must all hold, or, negated, one must fail."""
    entries = tuple(normal_entry(key, body, needs, negated) for key, body in mapping.items())
    return Some(entries) if negated else Every(entries)


def normal_entry(key: str, body: Any, needs: Data, negated: bool) -> Condition:
    """One entry of a condition's mapping: a connective or a need with its test."""
    if key == "not":
        return normal_form(body, needs, not negated)
    if key in ("all", "any"):
        parts = tuple(normal_form(part, needs, negated) for part in body)
        return Every(parts) if (key == "all") != negated else Some(parts)
    checks = tuple(
        Check(key, operator, operand, negated) for operator, operand in operators_of(body, needs[key]["type"]).items()
    )
    return Some(checks) if negated else Every(checks)


def operators_of(body: Any, kind: str) -> Data:
    """The operators a test is written with; a bare value and a list are short for one."""
    if isinstance(body, dict):
        return body
    if isinstance(body, list):
        return {"any_of": body}
    return {"includes" if kind == "choices" else "is": body}


def holds(check: Check, value: Any, need: Data) -> bool:
    """Whether the operator holds for the answer, its negation aside."""
    operator, operand = check.operator, check.operand
    match need["type"]:
        case "flag" | "choice":
            return one_option(operator, operand, value)
        case "choices":
            return many_options(operator, operand, value)
        case "scale":
            if operator in ("at_least", "at_most"):
                order = list(need["options"])
                return ordered(operator, number(order.index(operand)), number(order.index(value)))
            return one_option(operator, operand, value)
        case "number":
            return ordered(operator, number(operand), number(value))
        case kind:
            raise ValueError(f"no such type of need: {kind}")


def one_option(operator: str, operand: Any, value: Any) -> bool:
    """Tests on one value among several."""
    match operator:
        case "is":
            return bool(value == operand)
        case "any_of":
            return value in operand
        case "none_of":
            return value not in operand
        case _:
            raise ValueError(f"no such operator: {operator}")


def many_options(operator: str, operand: Any, value: list[str]) -> bool:
    """Tests on a set of options."""
    match operator:
        case "includes":
            return operand in value
        case "is":
            return set(value) == set(operand)
        case "any_of":
            return any(option in value for option in operand)
        case "all_of":
            return all(option in value for option in operand)
        case "none_of":
            return not any(option in value for option in operand)
        case _:
            raise ValueError(f"no such operator: {operator}")


def ordered(operator: str, operand: Fraction, value: Fraction) -> bool:
    """Tests on what has an order."""
    match operator:
        case "is":
            return value == operand
        case "at_least":
            return value >= operand
        case "at_most":
            return value <= operand
        case _:
            raise ValueError(f"no such operator: {operator}")


# Point 3: what a true condition rests on, found along with its truth.


@dataclass(frozen=True, slots=True)
class Verdict:
    """True, false or unknown (None); if true, what it rests on (no importance where it rests on no need)."""

    truth: bool | None
    needs: frozenset[str] = frozenset()
    importance: str | None = None


def judge(condition: Condition, answers: Data, needs: Data) -> Verdict:
    """Kleene's three-valued logic, with the matched needs and the importance of what is true."""
    if isinstance(condition, Check):
        if condition.need not in answers:
            return Verdict(None)
        value, importance = answers[condition.need]
        if holds(condition, value, needs[condition.need]) == condition.negated:
            return Verdict(False)
        return Verdict(True, frozenset({condition.need}), importance)
    verdicts = [judge(part, answers, needs) for part in condition.parts]
    truths = [verdict.truth for verdict in verdicts]
    decisive = isinstance(condition, Some)
    if decisive in truths:
        truth: bool | None = decisive
    else:
        truth = None if None in truths else not decisive
    if truth is not True:
        return Verdict(truth)
    true_parts = [verdict for verdict in verdicts if verdict.truth is True]
    matched = frozenset(need for part in true_parts for need in part.needs)
    importances = [part.importance for part in true_parts if part.importance is not None]
    choose = max if isinstance(condition, Some) else min
    return Verdict(True, matched, choose(importances, key=IMPORTANCES.index, default=None))


def answers_of(requirements: Data) -> Data:
    """Each answered need's value and importance."""
    answers = {}
    for need, answer in requirements.items():
        if isinstance(answer, dict):
            answers[need] = (answer["value"], answer.get("importance", "should"))
        else:
            answers[need] = (answer, "should")
    return answers


def fired_rules(document: Data, request: Data) -> list[Data]:
    """Points 1 to 4: the rules of the snapshot that fire, what they rest on and their effective weights."""
    answers = answers_of(request["requirements"])
    multipliers = document["ruleset"].get("importance", DEFAULT_MULTIPLIERS)
    fired = []
    for rule_id, rule in document["rules"].items():
        if not stands(rule, request["as_of"]):
            continue
        condition = normal_form(rule.get("when", {}), document["needs"])
        verdict = judge(condition, answers, document["needs"])
        if verdict.truth is not True:
            continue
        importance = verdict.importance or "should"
        fired.append(
            {
                "rule": rule_id,
                "needs": [need for need in document["needs"] if need in verdict.needs],
                "importance": importance,
                "weight": number(rule.get("weight", 1)) * number(multipliers[importance]),
            }
        )
    return fired


# Points 5 and 6: vetoes and scores.


def weigh(candidate: str, document: Data, as_of: str, fired: list[Data]) -> Data:
    """One candidate's score, points, share rated and vetoes; `numbers` has its rating for each fired rule."""
    total = sum((rule["weight"] for rule in fired), Fraction(0))
    rated, score = Fraction(0), Fraction(50)
    points: dict[str, Fraction] = {}
    numbers: dict[str, int] = {}
    vetoes: list[str] = []
    for rule in fired:
        body = document["rules"][rule["rule"]]
        word = rating_on(body["ratings"].get(candidate), as_of)
        numbers[rule["rule"]] = RATING_NUMBERS[word] if word else 0
        if word is None:
            continue
        points[rule["rule"]] = 25 * rule["weight"] * RATING_NUMBERS[word] / total
        score += points[rule["rule"]]
        rated += rule["weight"] / total
        if word == "unsupported" and (rule["importance"] == "must" or body.get("veto", False)):
            vetoes.append(rule["rule"])
    return {
        "candidate": candidate,
        "score": score,
        "rated": rated,
        "vetoes": vetoes,
        "outside_dates": not stands(document["candidates"][candidate], as_of),
        "points": points,
        "numbers": numbers,
    }


# Point 7: the ranking.


def ranked(weighed: list[Data]) -> list[Data]:
    """Best first; whoever ties with the first of a group shares its rank, in the order of the ruleset."""
    groups: list[list[Data]] = []
    # `sorted` keeps the order of the ruleset among equal scores.
    for entry in sorted(weighed, key=lambda entry: entry["score"], reverse=True):
        if groups and groups[-1][0]["score"] - entry["score"] <= TIE:
            groups[-1].append(entry)
        else:
            groups.append([entry])
    ranking: list[Data] = []
    for group in groups:
        rank = len(ranking) + 1
        ranking += [{"rank": rank, **entry} for entry in weighed if entry in group]
    return ranking


# Points 8 and 9: the outcome and how firm it is.


def outcome_of(ranking: list[Data], fired: list[Data]) -> str:
    """One word for the answer."""
    if not ranking:
        return "infeasible"
    if not fired:
        return "undecided"
    return "tied" if len(ranking) > 1 and ranking[1]["rank"] == 1 else "recommended"


def robustness_against(winner: Data, rival: Data, fired: list[Data]) -> Fraction:
    """The share by which every weight may be wrong before that rival draws level; a tie has none."""
    if rival["rank"] == winner["rank"]:
        return Fraction(0)
    ahead, apart = Fraction(0), Fraction(0)
    for rule in fired:
        difference = winner["numbers"][rule["rule"]] - rival["numbers"][rule["rule"]]
        ahead += rule["weight"] * difference
        apart += rule["weight"] * abs(difference)
    return ahead / apart


def recommended(ranking: list[Data], fired: list[Data]) -> Data:
    """The winner, its lead over the next and its robustness against every ranked rival."""
    winner, rivals = ranking[0], ranking[1:]
    return {
        "candidate": winner["candidate"],
        "score": winner["score"],
        "lead": winner["score"] - rivals[0]["score"] if rivals else None,
        "robustness": min((robustness_against(winner, rival, fired) for rival in rivals), default=None),
        "tied_with": [rival["candidate"] for rival in rivals if rival["rank"] == 1],
    }


def recommend(document: Data, request: Data) -> Data:
    """The recommendation that the ruleset `document` gives for `request`, by points 1 to 9 of the design."""
    wanted = request.get("candidates")
    fired = fired_rules(document, request)
    weighed = [
        weigh(candidate, document, request["as_of"], fired)
        for candidate in document["candidates"]
        if wanted is None or candidate in wanted
    ]
    is_excluded = [bool(entry["outside_dates"] or entry["vetoes"]) for entry in weighed]
    ranking = ranked([entry for entry, gone in zip(weighed, is_excluded, strict=True) if not gone])
    excluded = [entry for entry, gone in zip(weighed, is_excluded, strict=True) if gone]
    outcome = outcome_of(ranking, fired)
    told = ("candidate", "score", "rated", "points")
    return {
        "outcome": outcome,
        "fired": fired,
        "ranking": [{key: entry[key] for key in ("rank", *told)} for entry in ranking],
        "excluded": [{key: entry[key] for key in (*told, "vetoes", "outside_dates")} for entry in excluded],
        "recommended": recommended(ranking, fired) if outcome in ("recommended", "tied") else None,
    }
