"""The small documents for reading: short lines in plain Markdown, with the source beside what rests on it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from steelyard.agents.parameters import sentence
from steelyard.api import Answer, Ruleset
from steelyard.model import Need, NeedType
from steelyard.recommendation import percent, points
from steelyard.render.wording import NOT_KNOWN, known, possible_answers, signed

_MONTH = len("2026-11")


def rulesets_text(rulesets: Iterable[Ruleset]) -> str:
    """The rulesets that can be asked, the default first."""
    return "\n".join(
        f"- `{ruleset.id}`: {sentence(ruleset.title)} "
        f"Weighs {', '.join(each.name for each in ruleset.candidates.values())}."
        for ruleset in rulesets
    )


def needs_text(ruleset: Ruleset, needs: Iterable[Need]) -> str:
    """Needs with the answers that they take."""
    return "\n".join([f"{ruleset.title} (`{ruleset.id}`)", "", *(line for need in needs for line in _need(need))])


def answer_text(document: Mapping[str, Any], answer: Answer) -> str:
    """A brief answer."""
    lines = [document["summary"], "", "Ranking:"]
    lines += [
        f"{each['rank']}. {each['name']} (`{each['candidate']}`): {points(each['score'])}, {known(each['rated'])}"
        for each in document["ranking"]
    ]
    lines += _excluded(document)
    for each in document["ranking"]:
        if each["reasons"]:
            lines += ["", f"{each['name']}:", *_reasons(each["reasons"], document)]
    return _written([*lines, *_relax(document), *_worth_asking(document), *_sources(document), *_asked(answer)])


def explanation_text(document: Mapping[str, Any], answer: Answer) -> str:
    """An explanation."""
    lines = [document["summary"]]
    candidate = document["candidate"]
    if candidate is not None:
        place = "excluded" if candidate["excluded"] else f"rank {candidate['rank']}"
        lines += ["", f"{candidate['name']} ({place}, {points(candidate['score'])} of 100):"]
        lines += _reasons(candidate["reasons"], document) or ["- No rule that fired says anything of it."]
    changes = [each for each in document["changes"] if each["steps"]]
    if changes:
        lines += ["", "What would change it:", *(f"- {each['words']}" for each in changes)]
    return _written([*lines, *_relax(document), *_worth_asking(document), *_sources(document), *_asked(answer)])


def comparison_text(document: Mapping[str, Any], answer: Answer) -> str:
    """Two candidates beside each other."""
    one, other = (each["name"] for each in document["candidates"])
    lines = [document["words"], "", f"{one} beside {other}, points for {one}:"]
    for each in document["rules"]:
        ratings = " beside ".join(rating or NOT_KNOWN for rating in each["ratings"])
        because = " / ".join(reason for reason in each["because"] if reason)
        lines.append(f"- {signed(each['points'])} {each['title']}: {ratings}. {because}{_marks(each, document)}")
    if document["left_out"]:
        lines.append(f"- {document['left_out']} smaller differences are left out.")
    return _written([*lines, *_sources(document), *_asked(answer)])


def question_text(document: Mapping[str, Any], ruleset: Ruleset, answer: Answer) -> str:
    """What to ask next, or that there is nothing left to ask."""
    asked = document["question"]
    if asked is None:
        return _written(["Nothing is left to ask.", "", document["summary"], *_asked(answer)])
    need = ruleset.needs[asked["need"]]
    names = {id_: each.name for id_, each in ruleset.candidates.items()}
    lines = ["Ask:", *_need(need)]
    if asked["flips"]:
        lines.append(f"{percent(asked['flips'])} of the answers would change who is recommended:")
    for each in asked["answers"]:
        if each["flips"]:
            first = " and ".join(names[id_] for id_ in each["recommended"]) or "nobody"
            lines.append(f"- {each['label']}: {first}")
    return _written([*lines, "", f"So far: {document['summary']}", *_asked(answer)])


def _need(need: Need) -> list[str]:
    help_ = f" {need.help}" if need.help else ""
    options = [f"  - `{id_}`: {label}" for id_, label in need.options]
    kind = "" if need.options else f" {possible_answers(need).capitalize()}."
    several = " Several may hold." if need.type is NeedType.CHOICES else ""
    return [f"- `{need.id}`: {need.question}{help_}{kind}{several}", *options]


def _reasons(reasons: Iterable[Mapping[str, Any]], document: Mapping[str, Any]) -> list[str]:
    return [f"- {signed(each['points'])} {each['title']}{_rated(each)}{_marks(each, document)}" for each in reasons]


def _rated(reason: Mapping[str, Any]) -> str:
    rating = f" ({reason['rating']})" if reason["rating"] else ""
    because = f": {reason['because']}" if reason["because"] else ""
    return rating + because


def _excluded(document: Mapping[str, Any]) -> Iterator[str]:
    for each in document["excluded"]:
        why = " ".join(reason["because"] or reason["title"] for reason in each["reasons"])
        yield f"Excluded: {each['name']} (`{each['candidate']}`): {why}"


def _relax(document: Mapping[str, Any]) -> Iterator[str]:
    if document["relax"]:
        yield from ("", "What to give up:", *(f"- {each['words']}" for each in document["relax"]))


def _worth_asking(document: Mapping[str, Any]) -> Iterator[str]:
    if document["questions"]:
        yield from ("", "Worth asking, since it could change who is recommended:")
        yield from (f"- {each['question']} (`{each['need']}`)" for each in document["questions"])


def _marks(reason: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    known_sources = document["evidence"]
    marks = [f"[{key}, {_month(known_sources[key])}]" for key in reason["evidence"] if key in known_sources]
    return f" {' '.join(marks)}" if marks else ""


def _month(cited: Mapping[str, Any]) -> str:
    return str(cited["published"])[:_MONTH] + (", stale" if cited["stale"] else "")


def _sources(document: Mapping[str, Any]) -> Iterator[str]:
    if document["evidence"]:
        yield from ("", "Sources:")
        for key, cited in document["evidence"].items():
            yield f"- [{key}] {cited['title']}, {cited['published']}, {cited['url'] or cited['source']}"


def _asked(answer: Answer) -> Iterator[str]:
    yield from ("", f"Asked: {answer.ruleset.id}, version {answer.ruleset.version}, as of {answer.as_of}.")


def _written(lines: Iterable[str]) -> str:
    return "\n".join(lines).strip()
