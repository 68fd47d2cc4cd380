"""The laws of a recommendation, on random rulesets and requests, through the public interface."""

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

import steelyard
from tests.property.asking import ask, entries, fired, is_clear, put, ranks
from tests.property.conditions import IMPORTANCES, Chooser, Data
from tests.property.reference import RATING_NUMBERS, answers_of
from tests.property.strategies import cases, entries_of, grounds, rating, word_of

randoms = st.randoms(use_true_random=False)


@given(cases())
def test_points_sum_to_the_score_within_its_bounds(case: tuple[Data, Data]) -> None:
    """A score is 50 and its points; scores lie in 0 to 100, shares rated and robustness in 0 to 1."""
    answer = ask(*case)
    for entry in entries(answer).values():
        assert abs(50 + sum(reason["points"] for reason in entry["reasons"]) - entry["score"]) <= 1e-9
        assert 0 <= entry["score"] <= 100
        assert 0 <= entry["rated"] <= 1
    recommended = answer.to_dict()["recommended"]
    if recommended and recommended["robustness"] is not None:
        assert 0 <= recommended["robustness"] <= 1
        assert (recommended["robustness"] == 0) == ("tied_with" in recommended), "0 is a tie"


def shuffled(mapping: Data, random: Random) -> Data:
    """The same mapping in another order."""
    keys = list(mapping)
    random.shuffle(keys)
    return {key: mapping[key] for key in keys}


def shuffled_condition(mapping: Data, random: Random) -> Data:
    """The same condition with its entries and the parts of its connectives in another order."""
    changed: Data = {}
    for key, body in shuffled(mapping, random).items():
        if key in ("all", "any"):
            parts = [shuffled_condition(part, random) for part in body]
            changed[key] = random.sample(parts, len(parts))
        elif key == "not":
            changed[key] = shuffled_condition(body, random)
        else:
            changed[key] = shuffled(body, random) if isinstance(body, dict) else body
    return changed


def without_order(answer: steelyard.Answer) -> Any:
    """All that an answer tells, but for what stands in the order of the ruleset."""
    told = answer.to_dict()
    recommended = told["recommended"]
    best = {recommended["candidate"], *recommended.get("tied_with", [])} if recommended else set()
    candidates = {
        candidate: {
            **entry,
            "reasons": {reason["rule"]: {**reason, "needs": set(reason["needs"])} for reason in entry["reasons"]},
        }
        for candidate, entry in entries(answer).items()
    }
    return told["outcome"], best, candidates, told["evidence"], set(told["unanswered"]), told["requirements"]


@given(cases(), randoms)
def test_order_changes_nothing_but_the_order_within_ties(case: tuple[Data, Data], random: Random) -> None:
    """Needs, candidates, criteria, evidence, rules, ratings and conditions may stand in any order."""
    document, request = case
    changed: Data = dict(document)
    for section in ("needs", "candidates", "criteria", "evidence", "rules"):
        changed[section] = shuffled(document[section], random)
    for rule_id, rule in changed["rules"].items():
        changed["rules"][rule_id] = {
            **rule,
            "when": shuffled_condition(rule.get("when", {}), random),
            "ratings": shuffled(rule["ratings"], random),
        }
    before, after = ask(document, request), ask(changed, request)
    assert without_order(before) == without_order(after)
    recommended = before.to_dict()["recommended"]
    if recommended and recommended["robustness"] is not None and is_clear(before):
        told = after.to_dict()["recommended"]
        assert (recommended["lead"], recommended["robustness"]) == (told["lead"], told["robustness"])


@given(cases(), randoms)
def test_order_of_sections_keys_and_answers_changes_no_byte(case: tuple[Data, Data], random: Random) -> None:
    """Sections, the keys of a rule, the answers and the candidates asked about may stand in any order."""
    document, request = case
    changed = shuffled({**document, "rules": {}}, random)
    changed["rules"] = {rule_id: shuffled(rule, random) for rule_id, rule in document["rules"].items()}
    asked = {**request, "requirements": shuffled(request["requirements"], random)}
    if "candidates" in asked:
        asked["candidates"] = random.sample(asked["candidates"], len(asked["candidates"]))
    assert ask(document, request).to_json() == ask(changed, asked).to_json()


@given(cases())
def test_renaming_candidates_renames_the_answer(case: tuple[Data, Data]) -> None:
    """Ids of candidates mean nothing: with other ids the same is told of each."""
    document, request = case
    new = {candidate: f"x{place}-renamed" for place, candidate in enumerate(reversed(document["candidates"]))}
    changed = {**document, "candidates": {new[one]: body for one, body in document["candidates"].items()}}
    changed["rules"] = {
        rule_id: {**rule, "ratings": {new[one]: body for one, body in rule["ratings"].items()}}
        for rule_id, rule in document["rules"].items()
    }
    asked = dict(request)
    if "candidates" in request:
        asked["candidates"] = [new[candidate] for candidate in request["candidates"]]
    before, after = ask(document, request).to_dict(), ask(changed, asked).to_dict()
    for entry in [*before["ranking"], *before["excluded"], before["recommended"] or {"candidate": next(iter(new))}]:
        entry["candidate"] = new[entry["candidate"]]
        if "tied_with" in entry:
            entry["tied_with"] = [new[candidate] for candidate in entry["tied_with"]]
    for then in [relaxation["then"] for relaxation in before["relax"]]:
        then["recommended"] = [new[candidate] for candidate in then["recommended"]]
        then["scores"] = {new[candidate]: score for candidate, score in then["scores"].items()}
    for told in (before, after):
        del told["id"], told["ruleset"]["digest"]
    assert before == after


def with_candidate(case: tuple[Data, Data], candidate: str, body: Data, ratings: Data) -> tuple[Data, Data]:
    """The case with one candidate more, at the end, rated so by rule."""
    document, request = case
    rules = {}
    for rule_id, rule in document["rules"].items():
        added = {candidate: ratings[rule_id]} if rule_id in ratings else {}
        rules[rule_id] = {**rule, "ratings": {**rule["ratings"], **added}}
    document = {**document, "candidates": {**document["candidates"], candidate: body}, "rules": rules}
    if "candidates" in request:
        request = {**request, "candidates": [*request["candidates"], candidate]}
    return document, request


@given(cases(), st.data())
def test_duplicate_of_a_candidate_ties_with_it(case: tuple[Data, Data], data: st.DataObject) -> None:
    """A candidate with another's dates and ratings shares its rank, or is excluded for the same reasons."""
    document, request = case
    original = data.draw(st.sampled_from(request.get("candidates", list(document["candidates"]))))
    ratings = {
        rule_id: rule["ratings"][original] for rule_id, rule in document["rules"].items() if original in rule["ratings"]
    }
    told = entries(ask(*with_candidate(case, "the-copy", document["candidates"][original], ratings)))
    assert {**told[original], "candidate": "the-copy"} == told["the-copy"]


@st.composite
def cases_and_one_more(draw: st.DrawFn) -> tuple[tuple[Data, Data], tuple[Data, Data]]:
    """A case, and the same with one candidate more, rated at random."""
    case = draw(cases())
    chooser, sources = Chooser(draw), list(case[0]["evidence"])
    ratings = {}
    for rule_id in chooser.some_of(list(case[0]["rules"])):
        word = word_of(entries_of({"": rating(chooser, sources, "mixed")})[0])
        ratings[rule_id] = {"rating": word, **grounds(chooser, sources)}
    return case, with_candidate(case, "newcomer", {"name": "Newcomer"}, ratings)


@given(cases_and_one_more())
def test_adding_a_candidate_moves_no_other_score(pair: tuple[tuple[Data, Data], tuple[Data, Data]]) -> None:
    """What is told of a candidate, its rank aside, does not depend on who else is weighed."""
    before, after = (entries(ask(*case)) for case in pair)
    del after["newcomer"]
    for entry in [*before.values(), *after.values()]:
        entry.pop("rank", None)
    assert before == after


@st.composite
def favoured(draw: st.DrawFn) -> tuple[Data, Data, str, str]:
    """A case, an answered need, and a candidate that each rule reading it rates as well as any, at least `fair`."""
    document, request = draw(cases().filter(lambda case: bool(case[1]["requirements"])))
    chooser = Chooser(draw)
    need = chooser.one_of(list(request["requirements"]))
    candidate = chooser.one_of(list(document["candidates"]))
    for rule in document["rules"].values():
        if not reads(rule.get("when", {}), need):
            continue
        others = {one: body for one, body in rule["ratings"].items() if one != candidate}
        best = max((RATING_NUMBERS[word_of(entry)] for entry in entries_of(others)), default=0)
        words = [word for word, number in RATING_NUMBERS.items() if number >= max(best, 0)]
        rule["ratings"][candidate] = {
            "rating": chooser.one_of(words[::-1]),
            **grounds(chooser, list(document["evidence"])),
        }
    return document, request, need, candidate


def reads(mapping: Data, need: str) -> bool:
    """Whether a condition has a test on the need."""
    inner = [*mapping.get("all", []), *mapping.get("any", []), mapping.get("not", {})]
    return need in mapping or any(reads(part, need) for part in inner if part)


@given(favoured())
def test_raising_an_importance_never_hurts_whom_it_favours(case: tuple[Data, Data, str, str]) -> None:
    """With a need more important, a candidate that all its rules rate as well as any keeps its rank or rises."""
    document, request, need, candidate = case
    value, importance = answers_of(request["requirements"])[need]
    ruleset = steelyard.Ruleset.from_dict(document)
    before = put(ruleset, request)
    assume(candidate in ranks(before) and is_clear(before))
    for higher in IMPORTANCES[: IMPORTANCES.index(importance)]:
        raised = {**request["requirements"], need: {"value": value, "importance": higher}}
        after = put(ruleset, {**request, "requirements": raised})
        assume(is_clear(after))
        assert ranks(after)[candidate] <= ranks(before)[candidate]


@given(cases())
def test_no_rule_fires_through_an_unanswered_need(case: tuple[Data, Data]) -> None:
    """All that a fired rule rests on is answered, and it fires on these answers alone."""
    document, request = case
    ruleset = steelyard.Ruleset.from_dict(document)
    answer = put(ruleset, request)
    rested_on = {need for rule in answer.fired for need in rule.needs}
    assert rested_on <= set(request["requirements"])
    needed = {need: given_ for need, given_ in request["requirements"].items() if need in rested_on}
    again = put(ruleset, {**request, "requirements": needed})
    assert answer.fired == again.fired
    assert (answer.to_dict()["ranking"], answer.to_dict()["excluded"]) == (
        again.to_dict()["ranking"],
        again.to_dict()["excluded"],
    )


@given(cases(), st.data())
def test_withdrawing_an_answer_fires_no_rule(case: tuple[Data, Data], data: st.DataObject) -> None:
    """Who knows less concludes less: what still fires fired before, and rests on no need it did not rest on."""
    document, request = case
    assume(bool(request["requirements"]))
    withdrawn = data.draw(st.sampled_from(list(request["requirements"])))
    rest = {need: given_ for need, given_ in request["requirements"].items() if need != withdrawn}
    before, after = fired(ask(document, request)), fired(ask(document, {**request, "requirements": rest}))
    assert set(after) <= set(before)
    for rule_id, rule in after.items():
        assert set(rule.needs) <= set(before[rule_id].needs) - {withdrawn}


@given(cases(), st.integers(1, 8000))
def test_rule_with_nothing_but_fair_moves_no_order(case: tuple[Data, Data], weight: int) -> None:
    """A rule that finds all alike pulls the scores together and leaves ranks and exclusions as they are."""
    document, request = case
    rule = {
        "criterion": next(iter(document["criteria"])),
        "title": "All alike",
        "weight": weight / 1000,
        "because": "They do not differ",
        "evidence": list(document["evidence"])[:1],
        "ratings": dict.fromkeys(document["candidates"], "fair"),
    }
    before = ask(document, request)
    after = ask({**document, "rules": {**document["rules"], "all-alike": rule}}, request)
    assume(is_clear(before) and is_clear(after))
    assert list(ranks(before).items()) == list(ranks(after).items())


@given(cases())
def test_asking_twice_gives_the_same_bytes(case: tuple[Data, Data]) -> None:
    """An answer is a function of the ruleset, the day and the request, and of nothing else."""
    document, request = case
    ruleset = steelyard.Ruleset.from_dict(document)
    first = put(ruleset, request).to_json()
    assert first == put(ruleset, request).to_json() == ask(document, request).to_json()


ASK_ALL = """
import json, sys, steelyard
for document, request in json.load(sys.stdin):
    ruleset = steelyard.Ruleset.from_dict(document)
    answer = ruleset.recommend(
        request["requirements"], as_of=request["as_of"], candidates=request.get("candidates")
    )
    print(answer.to_json())
"""


# Shrinking would start a process for every step.
@settings(max_examples=3, phases=[phase for phase in Phase if phase not in (Phase.shrink, Phase.explain)])
@given(st.lists(cases(), min_size=5, max_size=5), st.integers(1, 1000))
def test_another_process_gives_the_same_bytes(several: list[tuple[Data, Data]], hash_seed: int) -> None:
    """No order of sets or hashes leaks into an answer."""
    environment = {
        **os.environ,
        "PYTHONHASHSEED": str(hash_seed),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONIOENCODING": "utf-8",
    }
    other = subprocess.run(
        [sys.executable, "-c", ASK_ALL],
        input=json.dumps(several),
        env=environment,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert [ask(*case).to_json() for case in several] == other.stdout.splitlines()


@given(cases(), st.booleans())
def test_yaml_file_gives_the_same_as_the_data(case: tuple[Data, Data], allow_unicode: bool) -> None:
    """Ids such as `no`, `1e3` and `2020-01-01` and texts such as `12:30` survive YAML, as do its aliases."""
    document, request = case
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ruleset.yaml"
        path.write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=allow_unicode), encoding="utf-8")
        loaded = steelyard.load(path)
    assert ask(document, request).to_json() == put(loaded, request).to_json()


@given(cases(), randoms)
def test_folder_of_files_gives_the_same_as_one(case: tuple[Data, Data], random: Random) -> None:
    """However a ruleset's sections are spread over files, and whatever these are called, it answers the same."""
    document, request = case
    sections = shuffled(document, random)
    with TemporaryDirectory() as folder:
        for number, (section, body) in enumerate(sections.items()):
            text = yaml.safe_dump({section: body}, sort_keys=False)
            (Path(folder) / f"part-{number}.yaml").write_text(text, encoding="utf-8")
        loaded = steelyard.load(folder)
    assert ask(document, request).to_json() == put(loaded, request).to_json()
