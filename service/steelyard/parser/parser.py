"""From the plain data of a ruleset to its frozen model, with every fault on the way."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from steelyard.diagnostics import Code, Diagnostic, FaultsError, Path, fault, quote, suggestion
from steelyard.model import (
    ALL_DAYS,
    DEFAULT_MULTIPLIERS,
    DEFAULT_WEIGHT,
    Candidate,
    Case,
    Evidence,
    Importance,
    Need,
    Period,
    Rating,
    RatingHistory,
    Rule,
    Ruleset,
)
from steelyard.parser.conditions import ConditionParser
from steelyard.parser.needs import need_from
from steelyard.parser.shapes import DOCUMENT
from steelyard.reader import MOST_FAULTS
from steelyard.requirements import RequestReader
from steelyard.shape import read_shape


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a ruleset's data came to.

    Attributes:
        ruleset: the model; where there are faults, made of what is sound, fit for checks but not for answers.
        faults: every fault found, with its path.
    """

    ruleset: Ruleset
    faults: list[Diagnostic]


def parse(data: Any) -> Parsed:
    """Reads a ruleset from plain data: the sections of `rules/README.md` as dicts, lists, texts and numbers."""
    return _Parser(data).parsed()


class _Parser:
    def __init__(self, data: Any) -> None:
        self._sections, self._faults = read_shape(DOCUMENT, data)
        self._broken = {found.path[:2] for found in self._faults}
        self._unread = {found.path[0] for found in self._faults if len(found.path) == 1}
        self._most_faults = len(self._faults) + MOST_FAULTS

    def parsed(self) -> Parsed:
        needs = self._needs()
        candidates = {key: self._candidate(key, body) for key, body in self._section("candidates")}
        rules = self._rules(needs)
        sound_needs = {key: need for key, need in needs.items() if need is not None}
        broken_needs = frozenset(needs) - frozenset(sound_needs)
        head = self._sections.get("ruleset", {})
        ruleset = Ruleset(
            id=head.get("id", ""),
            title=head.get("title", ""),
            version=head.get("version", ""),
            multipliers=self._multipliers(head.get("importance", {})),
            stale_after_days=head.get("stale_after_days"),
            needs=sound_needs,
            candidates=candidates,
            criteria=dict(self._section("criteria")),
            evidence=dict(self._evidence()),
            rules=rules,
            cases=self._cases(RequestReader(sound_needs, candidates, broken=broken_needs)),
        )
        return Parsed(ruleset, self._faults)

    def _section(self, name: str) -> list[tuple[str, Any]]:
        """The entries of a section; those with faults lack the faulty keys."""
        return list((self._sections.get(name) or {}).items())

    def _is_sound(self, section: str, key: str) -> bool:
        return (section, key) not in self._broken

    def _known(self, section: str) -> Collection[str]:
        return self._sections.get(section) or {}

    def _needs(self) -> dict[str, Need | None]:
        needs: dict[str, Need | None] = {}
        for key, body in self._section("needs"):
            needs[key] = None
            if self._is_sound("needs", key):
                needs[key], found = need_from(key, body)
                self._faults += FaultsError(found).under("needs", key)
        return needs

    def _candidate(self, key: str, body: Mapping[str, Any]) -> Candidate:
        return Candidate(
            id=key,
            name=body.get("name", key),
            summary=body.get("summary"),
            steward=body.get("steward"),
            licence=body.get("licence"),
            homepage=body.get("homepage"),
            period=self._period(body, ("candidates", key)),
        )

    def _period(self, body: Mapping[str, Any], path: Path) -> Period:
        since, until = body.get("since"), body.get("until")
        if since is None and until is None:
            return ALL_DAYS
        if since is not None and until is not None and until <= since:
            message = f"it ends on {until}, which is not after its first day, {since}"
            self._faults.append(fault(Code.DATE_EMPTY_RANGE, message, (*path, "until")))
        return Period(since, until)

    def _multipliers(self, stated: Mapping[str, Any]) -> dict[Importance, Any]:
        multipliers = {each: stated.get(each.value, default) for each, default in DEFAULT_MULTIPLIERS.items()}
        must, should, could = (multipliers[each] for each in Importance)
        if not must >= should >= could and self._is_sound("ruleset", "importance"):
            message = f"must ({must}), should ({should}) and could ({could}) must not increase"
            found = fault(Code.RULESET_IMPORTANCE_ORDER, message, ("ruleset", "importance"))
            self._faults.append(found)
        return multipliers

    def _evidence(self) -> dict[str, Evidence]:
        evidence = {}
        for key, body in self._section("evidence"):
            if not self._is_sound("evidence", key):
                continue
            evidence[key] = Evidence(id=key, **body)
            if "url" not in body and "source" not in body:
                help_ = "give its `url`, or its `source`: what else identifies it"
                message = f"evidence {quote(key)} has no address"
                self._faults.append(fault(Code.EVIDENCE_NO_ADDRESS, message, ("evidence", key), help=help_))
        return evidence

    def _rules(self, needs: Mapping[str, Need | None]) -> dict[str, Rule]:
        conditions = ConditionParser(needs, all_known="needs" not in self._unread)
        rules = {}
        for key, body in self._section("rules"):
            if not isinstance(body, Mapping):
                continue
            path: Path = ("rules", key)
            before = len(self._faults) + len(conditions.faults)
            when = conditions.parse(body.get("when"), (*path, "when"))
            self._check_references(body, path)
            period = self._period(body, path)
            if self._is_sound("rules", key) and before == len(self._faults) + len(conditions.faults):
                rules[key] = Rule(
                    id=key,
                    criterion=body["criterion"],
                    title=body["title"],
                    when=when,
                    weight=body.get("weight", DEFAULT_WEIGHT),
                    veto=body.get("veto", False),
                    period=period,
                    ratings=_ratings(body),
                )
        self._faults += conditions.faults
        return rules

    def _check_references(self, body: Mapping[str, Any], path: Path) -> None:
        if "criterion" in body:
            criterion = body["criterion"]
            self._known_or_fault(criterion, "criteria", Code.RULE_UNKNOWN_CRITERION, (*path, "criterion"))
        self._check_evidence(body, path)
        for candidate, history in body.get("ratings", {}).items():
            here: Path = (*path, "ratings", candidate)
            self._known_or_fault(candidate, "candidates", Code.RULE_UNKNOWN_CANDIDATE, here, at_key=True)
            for first_day, rating in history.items():
                if "evidence" in rating:
                    self._check_evidence(rating, here if first_day is None else (*here, first_day.isoformat()))

    def _check_evidence(self, body: Mapping[str, Any], path: Path) -> None:
        known = self._known("evidence")
        for place, evidence in enumerate(body.get("evidence", ())):
            if evidence not in known:
                here: Path = (*path, "evidence", place)
                self._known_or_fault(evidence, "evidence", Code.RULE_UNKNOWN_EVIDENCE, here)

    def _known_or_fault(self, name: str, section: str, code: Code, path: Path, *, at_key: bool = False) -> None:
        known = self._known(section)
        # A section that could not be read is told once, not at every use.
        if name in known or section in self._unread or len(self._faults) >= self._most_faults:
            return
        noun = code.value.rpartition("unknown-")[2]
        message = f"unknown {noun} {quote(name)}"
        found = fault(code, message, path, at_key=at_key, help=suggestion(name, known))
        self._faults.append(found)

    def _cases(self, reader: RequestReader) -> dict[str, Case]:
        cases = {}
        for key, body in self._section("cases"):
            path: Path = ("cases", key)
            self._check_request(body, path, reader)
            self._check_expectations(body.get("expect", {}), (*path, "expect"))
            if self._is_sound("cases", key):
                cases[key] = Case(id=key, **body)
        return cases

    def _check_request(self, body: Mapping[str, Any], path: Path, reader: RequestReader) -> None:
        if "requirements" not in body or "needs" in self._unread or len(self._faults) >= self._most_faults:
            return
        request = {"requirements": body["requirements"]}
        if "candidates" in body and "candidates" not in self._unread:
            request["candidates"] = body["candidates"]
        try:
            reader.read(request, date.max)
        except FaultsError as error:
            self._faults += error.under(*path)

    def _check_expectations(self, expect: Mapping[str, Any], path: Path) -> None:
        rule, candidate = Code.CASE_UNKNOWN_RULE, Code.CASE_UNKNOWN_CANDIDATE
        if "recommended" in expect:
            here: Path = (*path, "recommended")
            self._known_or_fault(expect["recommended"], "candidates", candidate, here)
        lists = {"fired": rule, "not_fired": rule, "tied": candidate, "excluded": candidate}
        for name, code in lists.items():
            section = "rules" if code is rule else "candidates"
            for place, each in enumerate(expect.get(name, ())):
                self._known_or_fault(each, section, code, (*path, name, place))
        for above, below in expect.get("above", {}).items():
            here = (*path, "above", above)
            self._known_or_fault(above, "candidates", candidate, here, at_key=True)
            for place, each in enumerate(below):
                self._known_or_fault(each, "candidates", candidate, (*here, place))


def _ratings(body: Mapping[str, Any]) -> dict[str, RatingHistory]:
    """The ratings of a rule; one-word ratings share the rule's reason and evidence."""
    shared = {name: body[name] for name in ("because", "evidence") if name in body}

    def rating(stated: Mapping[str, Any]) -> Rating:
        is_one_word = stated["bare"]
        source = shared if is_one_word else stated
        return Rating(
            grade=stated["rating"],
            because=source.get("because"),
            evidence=source.get("evidence", ()),
            is_one_word=is_one_word,
        )

    return {
        candidate: RatingHistory(tuple((first_day, rating(each)) for first_day, each in history.items()))
        for candidate, history in body["ratings"].items()
    }
