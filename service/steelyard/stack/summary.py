"""Plain sentences about the answer of a stack, made from the results of its parts alone."""

from collections.abc import Iterable, Mapping

from steelyard.recommendation import Outcome, Recommendation, joined, percent
from steelyard.stack.result import Taken


def summarise_stack(parts: Mapping[str, Recommendation], taken: Mapping[str, Mapping[str, Taken]]) -> str:
    """Who is recommended for each part and how firmly; then what is unusual about what the parts took."""
    told = "; ".join(f"{in_words(part)}: {_in_short(each)}" for part, each in parts.items())
    return " ".join([f"{_capitalised(told)}.", *_remarks(parts, taken)])


def in_words(part: str) -> str:
    """The id of a part as it stands in a sentence."""
    return part.replace("-", " ")


def taken_in_words(need: str, taken: Taken, label: str | None) -> str:
    """What a part took for a need, in a sentence.

    Args:
        need: the need's id.
        taken: what was taken.
        label: how the answer is told, if there is one.
    """
    if taken.source is None:
        origin = "as the request says"
    elif label is None:
        return f"Without {need}: {in_words(taken.source)} recommends nothing."
    else:
        origin = f"{'the first of the tie' if taken.tied else 'the answer'} of {in_words(taken.source)}"
    return f"With {need}: {label} ({taken.importance}), {origin}."


def _in_short(recommendation: Recommendation) -> str:
    recommended = recommendation.recommended
    if recommended is None:
        return "undecided" if recommendation.outcome is Outcome.UNDECIDED else "every candidate is excluded"
    names = joined([each.name for each in recommendation.ranking if each.rank == 1])
    if not recommendation.rests_on_needs:
        return f"{names} by what holds for every project"
    score = f"{recommended.score:.0f} of 100"
    if recommendation.outcome is Outcome.TIED:
        return f"{names} fit equally well, {score} each"
    if recommended.robustness is None:
        return f"{recommended.name}, the only candidate left, {score}"
    error = "first whatever the weights"
    if recommended.robustness < 1:
        error = f"first even with every weight {percent(recommended.robustness)} off"
    return f"{recommended.name}, {score}, {error}"


def _remarks(parts: Mapping[str, Recommendation], taken: Mapping[str, Mapping[str, Taken]]) -> Iterable[str]:
    for source, recommendation in parts.items():
        takers = [part for part, took in taken.items() if any(each.source == source for each in took.values())]
        if not takers:
            continue
        named = _capitalised(joined([in_words(part) for part in takers]))
        recommended = recommendation.recommended
        if recommended is None:
            yield f"{named} had to do without the answer of {in_words(source)}."
        elif recommended.tied_with:
            yield f"{named} took {recommended.name}, the first of those that tie."
    yield from _remarks_on_what_was_said(parts, taken)


def _remarks_on_what_was_said(
    parts: Mapping[str, Recommendation], taken: Mapping[str, Mapping[str, Taken]]
) -> Iterable[str]:
    """Which parts go by an answer of the request rather than by the part that would have given one."""
    names = {each.candidate: each.name for part in parts.values() for each in (*part.ranking, *part.excluded)}
    said = [(part, each.value) for part, took in taken.items() for each in took.values() if each.source is None]
    for value in dict.fromkeys(value for _, value in said):
        takers = list(dict.fromkeys(in_words(part) for part, each in said if each == value))
        verb = "goes" if len(takers) == 1 else "go"
        yield f"{_capitalised(joined(takers))} {verb} by {names.get(value or '', value)}, as the request says."


def _capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
