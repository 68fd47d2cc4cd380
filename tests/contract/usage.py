"""How a program uses Steelyard, in types: two type checkers read it, and a test runs it."""

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path

import steelyard

RULES = """
ruleset: {id: pets, title: Which pet?, version: "1"}
needs:
  garden: {question: Is there a garden?, type: flag}
candidates: {dog: {name: Dog}, cat: {name: Cat}}
criteria: {place: Place}
rules:
  outdoors:
    {criterion: place, title: Likes to be outdoors, when: {garden: true}, ratings: {dog: excellent, cat: good}}
"""


def loaded(folder: Path) -> list[steelyard.Ruleset]:
    """A ruleset from everything that one can come from: an id, a path, a resource of a package, a text, data."""
    path = folder / "pets.yaml"
    path.write_text(RULES, encoding="utf-8")
    return [
        steelyard.load(),
        steelyard.load("deep-learning-frameworks"),
        steelyard.load(path),
        steelyard.load(str(path)),
        steelyard.load(files("tests.web") / "tea.yaml"),
        steelyard.Ruleset.from_yaml(RULES),
        steelyard.Ruleset.from_dict(
            {
                "ruleset": {"id": "tea", "title": "Which tea?", "version": "1"},
                "needs": {"sweet": {"question": "Sweet?", "type": "flag"}},
                "candidates": {"green": {"name": "Green"}},
                "criteria": {"taste": "Taste"},
                "rules": {"good": {"criterion": "taste", "title": "Tastes", "ratings": {"green": "good"}}},
            }
        ),
    ]


def told(ruleset: steelyard.Ruleset) -> str:
    """What a program reads of an answer."""
    answer: steelyard.Answer = ruleset.recommend(
        {"garden": {"value": True, "importance": "must"}},
        as_of=date(2026, 1, 1),
        explain=("questions", "changes"),
        compare=("dog", "cat"),
    )
    if answer.recommended is None:
        return answer.summary
    winner: str = answer.recommended.candidate
    lead: float | None = answer.recommended.lead
    ranked: tuple[steelyard.Ranked, ...] = answer.ranking
    reasons: tuple[steelyard.Reason, ...] = ranked[0].reasons
    cited: Mapping[str, steelyard.Cited] = answer.evidence
    explained: steelyard.Explanation = answer.explanation
    changes: tuple[steelyard.Change, ...] = explained.changes or ()
    versus: steelyard.Versus | None = explained.comparison
    outcome: steelyard.Outcome = answer.outcome
    words = [winner, outcome.value, reasons[0].title, *cited, *(each.words for each in changes)]
    words += [versus.words] if versus is not None else []
    return "; ".join([*words, f"{lead or 0:.1f}", answer.to_text(width=60), answer.to_markdown(), answer.to_svg()])


def decided(ruleset: steelyard.Ruleset) -> list[str | None]:
    """Who would win with one other answer."""
    decision: steelyard.Decision = ruleset.decide({"garden": True})
    other = decision.vary("garden", steelyard.Requirement(value=False, importance=steelyard.Importance.SHOULD))
    return [decision.winner, other.winner]


def faults(ruleset: steelyard.Ruleset) -> list[str]:
    """Every fault of a request, with its place and its help."""
    try:
        ruleset.recommend({"gardn": True, "garden": "perhaps"})
    except steelyard.RequestError as error:
        found: list[steelyard.Diagnostic] = [*error.diagnostics]
        return [f"{each.pointer}: {each.message} ({each.code.value}); {each.help or ''}" for each in found]
    return []


def compared(ruleset: steelyard.Ruleset) -> steelyard.Comparison:
    """What sets two answers apart."""
    return steelyard.compare(ruleset.recommend({}), ruleset.recommend({"garden": True}))


def joined() -> steelyard.StackAnswer:
    """A stack, asked with one request."""
    stack: steelyard.Stack = steelyard.load_stack("deep-learning")
    answer = stack.recommend({"targets": ["android"]}, as_of="2026-11-25")
    parts: Mapping[str, steelyard.Answer] = answer.parts
    assert list(parts) == list(stack.parts)
    return answer
