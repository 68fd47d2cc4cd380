"""A workload for the cost of more rules: whatever their number, exactly twenty fire."""

import random

from tests.bench.workload import CANDIDATES, CRITERIA, SEED, WORTHS, Answers, Need, Rule, Test, Workload

FIRING = 20
_BASE = 8
_NEEDS = {
    need: Need("choice", tuple(f"{need}-{letter}" for letter in "abcdefgh")) for need in ("area", "branch", "corner")
}


def growing(rules: int, requests: int = 1000) -> Workload:
    """So many rules, a multiple of 20 and at most 10,240, each of them for one of the 512 answers to three needs."""
    rng = random.Random(f"{SEED} growing {rules}")  # noqa: S311  nothing is kept secret
    places = rng.sample(range(_BASE ** len(_NEEDS)), rules // FIRING)
    return Workload(
        needs=_NEEDS,
        rules=[_rule(number, _answers(places[number % len(places)]), rng) for number in range(rules)],
        requests=[_answers(rng.choice(places)) for _ in range(requests)],
    )


def _answers(place: int) -> Answers:
    digits = (place % _BASE, place // _BASE % _BASE, place // _BASE**2)
    return {need: each.options[digit] for (need, each), digit in zip(_NEEDS.items(), digits, strict=True)}


def _rule(number: int, answers: Answers, rng: random.Random) -> Rule:
    return Rule(
        id=f"rule-{number:05}",
        criterion=CRITERIA[number % len(CRITERIA)],
        when=tuple((Test(need, "is", str(option)),) for need, option in answers.items()),
        hundredths=rng.randint(1, 300),
        ratings={candidate: rng.choice(list(WORTHS)) for candidate in sorted(rng.sample(CANDIDATES, 2))},
        because=f"Whoever answers so is served by what was measured in place {number}.",
    )
