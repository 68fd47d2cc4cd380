"""Hypothesis strategies for whole rulesets and the requests put to them, as plain data.

Everything drawn is valid. A ruleset is drawn in one of several tones, so that what chance alone would seldom
give (ties, everything excluded, scores that differ by less than a tie) still happens often enough to test;
`test_coverage.py` counts that it does.
"""

from typing import Any, Literal

from hypothesis import strategies as st

from tests.property.conditions import IMPORTANCES, Chooser, Data, answer, condition, needs

# Few days, close together, so that dates often fall on the very day asked about. In order.
DAYS = ("2019-10-10", "2020-02-28", "2020-02-29", "2020-03-01", "2020-12-31")
PUBLISHED = ("2015-11-09", "2019-01-31", "2019-10-10")

# As for needs: valid ids that would be something else to a careless reader of YAML or of a rule's ratings.
CANDIDATE_IDS = ("tensorflow", "rating", "no", "2020-01-01", "7", "py-torch-2")
RULE_IDS = ("android-runtime", "veto", "yes", "2019-10-10", "0", "a-1", "null", "weight", "a-b-c-d-e")
CRITERIA_IDS = ("deployment", "off", "3")
EVIDENCE_IDS = ("article", "1e3", "because")

Tone = Literal["mixed", "gentle", "alike", "harsh", "lopsided"]
TONES: tuple[Tone, ...] = (
    "mixed",
    "mixed",
    "mixed",
    "gentle",
    "alike",
    "alike",
    "harsh",
    "harsh",
    "lopsided",
    "lopsided",
)
WORDS: dict[Tone, tuple[str, ...]] = {
    "mixed": ("good", "fair", "excellent", "poor", "excellent", "poor", "fair", "unsupported"),
    "gentle": ("good", "fair", "excellent", "fair", "poor"),
    "alike": ("good", "excellent", "fair", "poor", "unsupported"),
    "harsh": ("unsupported", "unsupported", "poor", "good"),
    "lopsided": ("good", "excellent", "fair", "poor"),
}
CONDITIONS_OF_RULES: dict[Tone, tuple[str, ...]] = {
    "mixed": ("condition", "condition", "condition", "condition", "absent", "empty"),
    "harsh": ("condition", "absent"),
    "lopsided": ("condition",),
}
LOPSIDED = {"must": 1000, "should": 1000, "could": 0.001}


def ruleset(chooser: Chooser, shared: Data | None = None) -> Data:
    """A valid ruleset, in a tone; it has these needs among its own, if any are given.

    `mixed` is anything; `gentle` rates nobody `unsupported`; `alike` has candidates with the same ratings;
    `harsh` excludes many; `lopsided` has weights so far apart that a rule may move a score less than a tie.
    """
    tone = chooser.one_of(TONES)
    document: Data = {
        "ruleset": header(chooser, tone),
        "needs": {**needs(chooser), **(shared or {})},
        "candidates": {one: candidate(chooser, tone) for one in chooser.some_ids(CANDIDATE_IDS, at_most=5)},
        "criteria": {one: chooser.text() for one in chooser.some_ids(CRITERIA_IDS, at_most=3)},
        "evidence": {one: evidence(chooser) for one in chooser.some_ids(EVIDENCE_IDS, at_most=3)},
    }
    document["rules"] = {one: rule(chooser, document, tone) for one in chooser.some_ids(RULE_IDS, at_most=8)}
    if tone == "lopsided":
        flatten_first_rule(document)
    if tone == "alike":
        for copy in chooser.some_of(list(document["candidates"]), at_least=1):
            make_alike(document, copy)
    return document


def header(chooser: Chooser, tone: Tone) -> Data:
    """The section `ruleset`, with the multipliers of the importances where it says them."""
    body: Data = {"id": chooser.one_of(CANDIDATE_IDS), "title": chooser.text(), "version": chooser.text()}
    if tone == "lopsided":
        body["importance"] = dict(LOPSIDED)
    elif chooser.rarely(3):
        multipliers = sorted((decimal(chooser) for _ in IMPORTANCES), reverse=True)
        body["importance"] = dict(zip(IMPORTANCES, multipliers, strict=True))
    if chooser.rarely(3):
        body["stale_after_days"] = 1 + chooser.below(2000)
    return body


def decimal(chooser: Chooser) -> int | float:
    """A weight or a multiplier: above 0, at most 1000, at most three decimals; most often small and whole."""
    match chooser.one_of(("whole", "whole", "round", "any", "far")):
        case "whole":
            return 1 + chooser.below(8)
        case "round":
            return chooser.one_of((0.5, 1.5, 2.0, 0.25))
        case "any":
            return (1 + chooser.below(5000)) / 1000
    return chooser.one_of((0.001, 1000, 999.999))


def candidate(chooser: Chooser, tone: Tone) -> Data:
    """A candidate, most often without dates."""
    body: Data = {"name": chooser.text(), **lifetime(chooser, one_in=2 if tone == "harsh" else 6)}
    if chooser.rarely(3):
        body |= {key: chooser.text() for key in ("summary", "steward", "licence")}
        body["homepage"] = "https://example.org/"
    return body


def lifetime(chooser: Chooser, one_in: int) -> Data:
    """No dates, or, once in so many times, `since`, `until`, or both in their order."""
    if not chooser.rarely(one_in):
        return {}
    days = sorted(chooser.some_ids(DAYS, at_most=2))
    if len(days) > 1:
        return {"since": days[0], "until": days[1]}
    return {chooser.one_of(("since", "until")): days[0]}


def evidence(chooser: Chooser) -> Data:
    """A source with an address, with what else identifies it, or with both."""
    body: Data = {"title": chooser.text(), "published": chooser.one_of(PUBLISHED)}
    given = chooser.one_of(("url", "source", "both"))
    if given != "source":
        body["url"] = "https://example.org/an-article?a=1#b"
    if given != "url":
        body["source"] = chooser.text()
    return body


def rule(chooser: Chooser, document: Data, tone: Tone) -> Data:
    """A rule with any condition, or none, that rates at least one candidate."""
    body: Data = {"criterion": chooser.one_of(list(document["criteria"])), "title": chooser.text()}
    match chooser.one_of(CONDITIONS_OF_RULES.get(tone, CONDITIONS_OF_RULES["mixed"])):
        case "condition":
            body["when"] = condition(chooser, document["needs"])
        case "empty":
            body["when"] = {}
    if tone == "lopsided":
        body["weight"] = chooser.one_of((0.001, 0.001, 1000))
    elif chooser.rarely(2):
        body["weight"] = decimal(chooser)
    body |= lifetime(chooser, one_in=4)
    rated = chooser.some_of(list(document["candidates"]), at_least=1)
    if chooser.rarely(2):
        rated = list(document["candidates"])
    sources = list(document["evidence"])
    body["ratings"] = {one: rating(chooser, sources, tone) for one in rated}
    entries = entries_of(body["ratings"])
    if any(word_of(entry) == "unsupported" for entry in entries) and not chooser.below(2 if tone == "harsh" else 4):
        body["veto"] = not chooser.rarely(4)
    if any(isinstance(entry, str) for entry in entries):
        body |= grounds(chooser, sources)
    return body


def grounds(chooser: Chooser, sources: list[str]) -> Data:
    """Why a rating is what it is, and the evidence for it."""
    return {"because": chooser.text(), "evidence": chooser.some_ids(sources, at_most=2)}


def rating(chooser: Chooser, sources: list[str], tone: Tone) -> Any:
    """One candidate's rating: a word, a word with its grounds, or such entries by the day they begin."""
    if not chooser.rarely(4):
        return rating_entry(chooser, sources, tone)
    return {day: rating_entry(chooser, sources, tone) for day in chooser.some_ids(DAYS, at_most=3)}


def rating_entry(chooser: Chooser, sources: list[str], tone: Tone) -> Any:
    """A bare word, which shares the grounds of its rule, or a word with grounds of its own."""
    word = chooser.one_of(WORDS[tone])
    return {"rating": word, **grounds(chooser, sources)} if chooser.rarely(3) else word


def entries_of(ratings: Data) -> list[Any]:
    """All rating entries of a rule, dated or not."""
    entries: list[Any] = []
    for body in ratings.values():
        entries += [body] if isinstance(body, str) or "rating" in body else list(body.values())
    return entries


def word_of(entry: Any) -> str:
    """The word that a rating entry says."""
    return str(entry if isinstance(entry, str) else entry["rating"])


def flatten_first_rule(document: Data) -> None:
    """Let the first rule always fire and weigh so much, alike for all, that others hardly move a score."""
    first = next(iter(document["rules"].values()))
    for key in ("when", "since", "until", "veto"):
        first.pop(key, None)
    first["weight"] = 1000
    first |= {"because": "It is the same for all", "evidence": list(document["evidence"])[:1]}
    first["ratings"] = dict.fromkeys(document["candidates"], "good")


def make_alike(document: Data, copy: str) -> None:
    """Give a candidate the dates and, wherever it has any, the ratings of the first candidate."""
    model = next(iter(document["candidates"]))
    dates = {key: day for key, day in document["candidates"][model].items() if key in ("since", "until")}
    body = document["candidates"][copy]
    document["candidates"][copy] = {key: body[key] for key in body if key not in ("since", "until")} | dates
    for rule in document["rules"].values():
        if model in rule["ratings"]:
            rule["ratings"][copy] = rule["ratings"][model]
        elif len(rule["ratings"]) > 1:
            rule["ratings"].pop(copy, None)


def request_to(chooser: Chooser, document: Data) -> Data:
    """A valid request: all needs answered, some or none, on a day close to the ruleset's dates."""
    asked = list(document["needs"])
    match chooser.one_of(("all", "all", "all", "but one", "but one", "some", "none")):
        case "all":
            answered = asked
        case "but one":
            silent = chooser.one_of(asked)
            answered = [need for need in asked if need != silent]
        case "some":
            answered = chooser.some_of(asked, at_least=1)
        case _:
            answered = []
    # A lopsided ruleset shows what it is for only where the light importance is asked for.
    lopsided = document["ruleset"].get("importance") == LOPSIDED
    importances = ("could",) if lopsided and not chooser.rarely(6) else IMPORTANCES
    request: Data = {
        "as_of": chooser.one_of(DAYS),
        "requirements": {need: answer(chooser, document["needs"][need], importances) for need in answered},
    }
    if chooser.rarely(5):
        request["candidates"] = chooser.some_of(list(document["candidates"]), at_least=1)
    return request


@st.composite
def documents(draw: st.DrawFn) -> Data:
    """Valid rulesets with one to five needs, one to five candidates and one to eight rules."""
    return ruleset(Chooser(draw))


@st.composite
def requests(draw: st.DrawFn, document: Data) -> Data:
    """Valid requests to this ruleset."""
    return request_to(Chooser(draw), document)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Data, Data]:
    """A ruleset and a request put to it."""
    document = ruleset(Chooser(draw))
    return document, request_to(Chooser(draw), document)
