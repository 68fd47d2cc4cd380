"""The small documents for reading: short lines in plain Markdown, with the source beside what rests on it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    told_apart = f"{one} beside {other}, points for {one}:" if document["rules"] else "No rule tells them apart."
    lines = [document["words"], "", told_apart]
    for each in document["rules"]:
        ratings = " beside ".join(rating or NOT_KNOWN for rating in each["ratings"])
        because = " / ".join(reason for reason in each["because"] if reason)
        lines.append(f"- {signed(each['points'])} {each['title']}: {ratings}. {because}{_marks(each, document)}")
    if document["left_out"]:
        lines.append(f"- {document['left_out']} smaller differences are left out.")
    return _written([*lines, *_sources(document), *_asked(answer)])


def question_text(document: Mapping[str, Any], ruleset: Ruleset, answer: Answer) -> str:
    """What to ask next, or why it is time to stop."""
    asked = document["question"]
    if asked is None:
        return _written([_why_done(document, answer), "", document["summary"], *_asked(answer)])
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


def _why_done(document: Mapping[str, Any], answer: Answer) -> str:
    """Why it is time to stop asking, though a need may be unanswered."""
    if not answer.unanswered:
        return "Every need is answered."
    if document["settled"]:
        skipped = "" if document["unanswered"] else " The rest was skipped."
        return f"No single open answer would change who is recommended.{skipped}"
    if document["unanswered"]:
        return "Only what was skipped could still change who is recommended."
    return "The rest was skipped, though it could still change who is recommended."


def _need(need: Need) -> list[str]:
    help_ = f" {need.help}" if need.help else ""
    options = [f"  - `{id_}`: {label}" for id_, label in need.options]
    kind = "" if need.options else f" {possible_answers(need).capitalize()}."
    several = " Several may hold." if need.type is NeedType.CHOICES else ""
    return [f"- `{need.id}`: {need.question}{help_}{kind}{several}", *options]


def _reasons(reasons: Iterable[Mapping[str, Any]], document: Mapping[str, Any]) -> list[str]:
    return [f"- {signed(each['points'])} {_reason(each, document)}" for each in reasons]


def _reason(reason: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    behind = f", {points(reason['behind'])} behind {document['ranking'][0]['name']}" if "behind" in reason else ""
    because = f": {reason['because']}" if reason["because"] else ""
    return f"{_titled(reason)}{behind}{because}{_marks(reason, document)}"


def _titled(reason: Mapping[str, Any]) -> str:
    rating = "" if reason["rule"] is None else f" ({reason['rating'] or NOT_KNOWN})"
    return f"{reason['title']}{rating}"


def _excluded(document: Mapping[str, Any]) -> Iterator[str]:
    """Those that are out, together where the same keeps them out."""
    by_cause: dict[str, list[str]] = {}
    for each in document["excluded"]:
        by_cause.setdefault(_cause(each["reasons"], document), []).append(f"{each['name']} (`{each['candidate']}`)")
    if by_cause:
        yield from ("", "Excluded:")
    for cause, names in by_cause.items():
        yield f"- {', '.join(names)}: {cause}"


def _cause(vetoes: Iterable[Mapping[str, Any]], document: Mapping[str, Any]) -> str:
    """What keeps a candidate out; rules that say the same are told with one sentence."""
    by_words: dict[str, list[Mapping[str, Any]]] = {}
    for each in vetoes:
        by_words.setdefault(each["because"] or "", []).append(each)
    return " ".join(_said_once(words, told, document) for words, told in by_words.items())


def _said_once(words: str, reasons: Sequence[Mapping[str, Any]], document: Mapping[str, Any]) -> str:
    # That it is not to be had on the day has no rule; the words say it all.
    titles = ", ".join(dict.fromkeys(_titled(each) for each in reasons if each["rule"] is not None))
    evidence = dict.fromkeys(key for each in reasons for key in each["evidence"])
    told = ": ".join(each for each in (titles, words) if each)
    return f"{told}{'' if words else '.'}{_marks({'evidence': evidence}, document)}"


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
