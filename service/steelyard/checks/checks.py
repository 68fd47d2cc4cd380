"""Checks across a whole ruleset. What they find are warnings: the answers are right, but the author may not mean it."""

from collections.abc import Iterator

from steelyard.checks.contradiction import Known, contradicted_needs
from steelyard.diagnostics import Code, Diagnostic, Path, fault, listing, quote
from steelyard.model import Ruleset, tests_of


def check_rules(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """Warnings about single rules; they stand whatever else is at fault."""
    yield from _contradictory_rules(ruleset)
    yield from _unfounded_ratings(ruleset)


def check_uses(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """Warnings about what nothing uses; they can only be told of a ruleset without errors."""
    rules = ruleset.rules.values()
    rated = {candidate for _, candidate, _, _ in ruleset.ratings()}
    read = {test.need for rule in rules for test in tests_of(rule.when)}
    cited = {key for _, _, _, rating in ruleset.ratings() for key in rating.evidence}
    grouped = {rule.criterion for rule in rules}
    for section, declared, used, code, what in (
        ("needs", ruleset.needs, read, Code.NEED_UNUSED, "no rule reads the need"),
        ("candidates", ruleset.candidates, rated, Code.CANDIDATE_UNUSED, "no rule rates the candidate"),
        ("criteria", ruleset.criteria, grouped, Code.CRITERION_UNUSED, "no rule belongs to the criterion"),
        ("evidence", ruleset.evidence, cited, Code.EVIDENCE_UNUSED, "no rating rests on the evidence"),
    ):
        for key in declared:
            if key not in used:
                yield fault(code, f"{what} {quote(key)}", (section, key), at_key=True)


def _contradictory_rules(ruleset: Ruleset) -> Iterator[Diagnostic]:
    known: Known = {}
    for rule in ruleset.rules.values():
        contradicted = contradicted_needs(rule.when, ruleset.needs, known)
        if contradicted:
            message = f"the rule can never hold: no answer to {listing(contradicted)} passes its tests"
            yield fault(Code.RULE_NEVER_HOLDS, message, ("rules", rule.id, "when"))


def _unfounded_ratings(ruleset: Ruleset) -> Iterator[Diagnostic]:
    for rule, candidate, first_day, rating in ruleset.ratings():
        if rating.is_one_word:
            continue
        dated = () if first_day is None else (first_day.isoformat(),)
        path: Path = ("rules", rule.id, "ratings", candidate, *dated)
        if rating.because is None:
            help_ = "say in `because` what makes it so"
            yield fault(Code.RULE_NO_REASON, f"the rating of {quote(candidate)} has no reason", path, help=help_)
        if not rating.evidence:
            help_ = "name its sources in `evidence`"
            yield fault(Code.RULE_NO_EVIDENCE, f"the rating of {quote(candidate)} has no evidence", path, help=help_)
