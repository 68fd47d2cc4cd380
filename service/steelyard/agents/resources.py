"""What can be read beside the answers: rulesets, their schemas, their rules, their evidence. No protocol yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as percent_encoded
from urllib.parse import unquote

from steelyard.agents.documents import identity, in_short
from steelyard.agents.parameters import sentence
from steelyard.agents.served import Served, askable
from steelyard.api import Ruleset
from steelyard.knowledge import Knowledge, described_candidate, described_need, needs_read, rules_document
from steelyard.model import condition_words
from steelyard.recommendation import Cited
from steelyard.requirements import requirements_schema, today

MEDIA_TYPE = "application/json"

_ROOT = "steelyard://rulesets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A resource, or a template of some.

    Attributes:
        uri: its address; of a template, with the names of variables in braces.
        name: what it is called.
        title: the same for people.
        description: what can be read there.
    """

    uri: str
    name: str
    title: str
    description: str


TEMPLATES = (
    Named(
        uri=f"{_ROOT}/{{ruleset}}/evidence/{{evidence}}",
        name="evidence",
        title="A piece of evidence",
        description="A source that answers cite, with every rating that rests on it.",
    ),
    Named(
        uri=f"{_ROOT}/{{ruleset}}/rules/{{rule}}",
        name="rule",
        title="A rule",
        description="A rule: when it holds, what it weighs, and its ratings with their whole history.",
    ),
)
"""What there is too much of to list."""


def listed(served: Served) -> Iterator[Named]:
    """Everything that is listed."""
    yield Named(uri=_ROOT, name="rulesets", title="The rulesets", description="Every ruleset in short.")
    for ruleset in served.rulesets.values():
        base, id_ = f"{_ROOT}/{ruleset.id}", ruleset.id
        yield Named(uri=base, name=id_, title=ruleset.title, description="Its needs, candidates and criteria.")
        yield Named(
            uri=f"{base}/schema",
            name=f"{id_}/schema",
            title=f"{sentence(ruleset.title)} What it takes",
            description="The JSON Schema of its requirements.",
        )
        yield Named(
            uri=f"{base}/rules",
            name=f"{id_}/rules",
            title=f"{sentence(ruleset.title)} What it knows",
            description="Every rule with its condition in words.",
        )
        yield Named(
            uri=f"{base}/evidence",
            name=f"{id_}/evidence",
            title=f"{sentence(ruleset.title)} What it rests on",
            description="Every source with its day, and whether it is stale today.",
        )


def read(served: Served, uri: str) -> Any:
    """What is at an address, as plain data; None if there is nothing."""
    if uri == _ROOT:
        return {"default": served.default.id, "rulesets": [in_short(each) for each in served.rulesets.values()]}
    steps = [unquote(each) for each in uri.removeprefix(f"{_ROOT}/").split("/")] if uri.startswith(_ROOT) else [""]
    ruleset = served.rulesets.get(steps[0])
    if ruleset is None:
        return None
    match steps[1:]:
        case []:
            return _described(ruleset)
        case ["schema"]:
            return requirements_schema(askable(ruleset))
        case ["rules"]:
            return _rules(ruleset)
        case ["rules", rule] if rule in ruleset.rules:
            return _rule(ruleset, rule)
        case ["evidence"]:
            return {key: _cited(ruleset, key) for key in ruleset.evidence}
        case ["evidence", key] if key in ruleset.evidence:
            return {**_cited(ruleset, key), "ratings": list(_resting_on(ruleset, key))}
    return None


def completions(served: Served, variable: str, known: Mapping[str, str]) -> list[str]:
    """The values that a variable of a template, or the argument of a prompt, can have.

    Args:
        served: what there is.
        variable: the name of the variable.
        known: the variables that have a value already.
    """
    ruleset = served.rulesets.get(known.get("ruleset", ""), served.default)
    match variable:
        case "ruleset":
            return list(served.rulesets)
        case "rule":
            return list(ruleset.rules)
        case "evidence":
            return [percent_encoded(key, safe="") for key in ruleset.evidence]
    return []


def _described(ruleset: Ruleset) -> dict[str, Any]:
    return {
        **identity(ruleset),
        "digest": ruleset.digest,
        "needs": [described_need(need) for need in ruleset.needs.values()],
        "candidates": [described_candidate(each) for each in ruleset.candidates.values()],
        "criteria": dict(ruleset.criteria),
    }


def _rules(ruleset: Ruleset) -> dict[str, Any]:
    day = today()
    rules = [
        {
            "id": rule.id,
            "criterion": rule.criterion,
            "title": rule.title,
            "condition": condition_words(rule.when, ruleset.needs),
            "needs": list(needs_read(rule)),
            "in_force": rule.period.includes(day),
        }
        for rule in ruleset.rules.values()
    ]
    return {"ruleset": identity(ruleset), "as_of": day.isoformat(), "rules": rules}


def _rule(ruleset: Ruleset, rule: str) -> dict[str, Any]:
    document = rules_document(Knowledge(ruleset.model, today(), (ruleset.rules[rule],)))
    return {key: document[key] for key in ("ruleset", "as_of", "criteria", "evidence")}


def _cited(ruleset: Ruleset, key: str) -> dict[str, Any]:
    return Cited.by(ruleset.model, key, today()).to_dict()


def _resting_on(ruleset: Ruleset, key: str) -> Iterator[dict[str, Any]]:
    for rule in ruleset.rules.values():
        for candidate, history in rule.ratings.items():
            for since, rating in history.entries:
                if key in rating.evidence:
                    yield {
                        "rule": rule.id,
                        "title": rule.title,
                        "candidate": candidate,
                        "since": since and since.isoformat(),
                        "rating": rating.grade.word,
                        "because": rating.because,
                    }
