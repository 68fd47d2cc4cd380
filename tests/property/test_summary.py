"""The summary says nothing that the numbers do not say: each of its claims is read back and held against them."""

import re
from collections import Counter
from itertools import pairwise

from hypothesis import given, settings

import steelyard
from steelyard.recommendation import NEAR_TIE, points
from tests.property.asking import ask
from tests.property.conditions import Data
from tests.property.strategies import cases

QUOTED = re.compile("“(.*?)”")


def claims(answer: steelyard.Answer) -> set[str]:
    """Holds every claim of the summary against the answer, and tells which kinds of claims there were."""
    summary, headline = answer.summary, answer.headline
    made = set()
    names = {each.candidate: each.name for each in (*answer.ranking, *answer.excluded)}
    # A name may be any text: claims are looked for in what is left without it.
    assert all(name in summary for name in _who(answer, names))
    is_alone = len(answer.ranking) == 1 and not answer.excluded
    if answer.recommended is not None and (answer.rests_on_needs or is_alone):
        assert f"{answer.recommended.score:.0f} of 100" in summary
        made |= _lead(answer) | _reasons(answer) | _firmness(answer) | _caveats(answer)
        assert QUOTED.findall(headline) == [] or _is_close(answer)
    elif answer.recommended is not None:
        assert summary.startswith("Nothing that was said tells the candidates apart.")
        made.add("nothing tells them apart")
    else:
        assert "none is recommended" in summary
        made.add(answer.outcome)
    return made


def _who(answer: steelyard.Answer, names: dict[str, str]) -> list[str]:
    if answer.recommended is None:
        return list(names.values())[:2] if answer.outcome == "infeasible" and len(names) <= 2 else []
    return [names[each] for each in (answer.recommended.candidate, *answer.recommended.tied_with)]


def _is_close(answer: steelyard.Answer) -> bool:
    found = answer.recommended
    if found is None or found.robustness is None:
        return False
    return answer.outcome == "tied" or found.robustness < NEAR_TIE


def _closest(answer: steelyard.Answer) -> str:
    """The name of the rival that the least error in the weights lets draw level."""
    winner, *rivals = answer.ranking

    def robustness(rival: steelyard.Ranked) -> float:
        compared = steelyard.Ruleset(answer.asked).answer(
            {
                "requirements": answer.requirements,
                "as_of": answer.as_of.isoformat(),
                "compare": [winner.candidate, rival.candidate],
            }
        )
        assert compared.explanation.comparison is not None
        return compared.explanation.comparison.robustness

    return min(rivals, key=robustness).name


def _lead(answer: steelyard.Answer) -> set[str]:
    assert answer.recommended is not None
    if answer.outcome == "tied":
        assert f"fit equally well: {answer.recommended.score:.0f} of 100 each." in answer.summary
        return {"tied"}
    if answer.recommended.lead is None:
        assert len(answer.ranking) == 1
        assert f"is the only candidate {'left' if answer.excluded else 'asked about'}: " in answer.summary
        return {"left" if answer.excluded else "asked about"}
    second = answer.ranking[1]
    assert f", {points(answer.recommended.lead)} ahead of {second.name}" in answer.summary
    return {"lead"}


def _reasons(answer: steelyard.Answer) -> set[str]:
    """The reasons named are the strongest on their side, and none is left out that should be named."""
    if answer.outcome == "tied":
        return set()
    winner = answer.ranking[0]
    for_it = [reason for reason in winner.reasons if reason.points > 0]
    against = [reason for reason in winner.reasons if reason.points < 0]
    assert all(before.points >= after.points for before, after in pairwise(for_it))
    named = " and ".join(f"“{reason.title}”" for reason in for_it[:2])
    assert (f", above all for {named}" in answer.summary) == bool(for_it)
    assert (", despite “" in answer.summary) == bool(against)
    if against:
        assert f", despite “{against[0].title}”" in answer.summary
        assert all(each.points >= against[0].points for each in against)
    return {"for"} | ({"against"} if against else set())


def _firmness(answer: steelyard.Answer) -> set[str]:
    assert answer.recommended is not None
    robustness = answer.recommended.robustness
    said = re.search(r"Every weight could be (\d+|less than 1) % off", answer.summary)
    assert ("a near tie" in answer.summary) == (answer.outcome == "recommended" and _is_close(answer))
    if "a near tie" in answer.summary:
        assert f"a near tie with {_closest(answer)}: " in answer.summary
    assert ("No error in the weights" in answer.summary) == (robustness == 1)
    if robustness is None or _is_close(answer) or robustness == 1:
        assert said is None
        return {"near tie"} if "a near tie" in answer.summary else set()
    assert said is not None
    assert int(said.group(1)) / 100 <= robustness + 1e-9 < (int(said.group(1)) + 1) / 100 + 1e-9
    return {"firm"}


def _caveats(answer: steelyard.Answer) -> set[str]:
    first = [each for each in answer.ranking if each.rank == 1]
    cited = {key for each in first for reason in each.reasons for key in reason.evidence}
    stale = sum(answer.evidence[key].stale for key in cited)
    told = re.search(
        r"(?i)(?:(\d+) of|all) (\d+) sources behind it (?:is|are) stale|the only source behind it is", answer.summary
    )
    assert (told is not None) == (stale * 2 >= len(cited) > 0)
    if told is None:
        return set()
    assert int(told.group(1) or told.group(2) or 1) == stale
    assert int(told.group(2) or 1) == len(cited)
    return {"stale"}


@given(cases())
def test_every_claim_of_a_summary_is_true(case: tuple[Data, Data]) -> None:
    """Winner, score, lead, reasons, firmness and caveats are those of the numbers, and none of them is missing."""
    answer = ask(*case)
    claims(answer)
    assert answer.summary.count("\n") == 0


def test_every_kind_of_claim_is_met() -> None:
    """The random cases reach every kind of claim but near ties, which are too rare, so that none goes unchecked."""
    met: Counter[str] = Counter()

    @settings(max_examples=400, derandomize=True, database=None)
    @given(cases())
    def look(case: tuple[Data, Data]) -> None:
        met.update(claims(ask(*case)))

    look()
    wanted = {"tied", "left", "asked about", "lead", "for", "against", "firm", "stale", "undecided", "infeasible"}
    assert {kind for kind in wanted | {"nothing tells them apart"} if not met[kind]} == set()
