"""The benchmark's rules and requests are what they are said to be, and Steelyard answers as the plain reading does."""

from dataclasses import replace

import pytest

import steelyard
from tests.bench import ruleset_data
from tests.bench.growing import FIRING, growing
from tests.bench.peers import ENTRANTS
from tests.bench.report import Aim, table
from tests.bench.single import DisagreementError, Ours, check_equal
from tests.bench.workload import WORTHS, fires, workload


def test_same_numbers_give_the_same_workload() -> None:
    """Two figures can be compared, since the same rules and requests are measured each time."""
    assert workload(40, 10) == workload(40, 10)
    assert workload(40, 10).requests == workload(50, 10).requests
    assert workload(40, 10) != workload(40, 10, seed=1)


def test_about_one_rule_in_six_fires() -> None:
    """The workload is as dense as the one that the aims were set with."""
    given = workload(300, 50)
    fired = sum(fires(rule, answers) for answers in given.requests for rule in given.rules)
    assert 0.14 < fired / (300 * 50) < 0.18


def test_rules_are_as_described() -> None:
    """One to four conditions, now and then an alternative, one to three candidates, weights in hundredths up to 3."""
    rules = workload(500, 1).rules
    assert {len(rule.when) for rule in rules} == {1, 2, 3, 4}
    assert 0.1 < sum(any(len(tests) == 2 for tests in rule.when) for rule in rules) / 500 < 0.2
    assert {len(rule.ratings) for rule in rules} == {1, 2, 3}
    assert all(0 < rule.hundredths <= 300 for rule in rules)
    assert {rating for rule in rules for rating in rule.ratings.values()} == set(WORTHS)


def test_data_and_yaml_are_the_same_ruleset() -> None:
    """What is loaded from text is what is asked."""
    given = workload(60, 1)
    of_text = steelyard.Ruleset.from_yaml(ruleset_data.text(given))
    assert of_text.digest == steelyard.Ruleset.from_dict(ruleset_data.plain(given)).digest


def test_steelyard_agrees_with_the_plain_loop() -> None:
    """Fired rules, scores, reasons and ranking are equal; the other engines are held to that by `make bench`."""
    given = workload(120, 60)
    peers = {"plain": ENTRANTS["plain Python loop"].make(given)}
    assert check_equal(given, Ours(given), peers, 60) > 0


def test_disagreement_is_told() -> None:
    """Nothing is timed that gives other answers."""
    given = workload(30, 20)
    other = replace(given, rules=[replace(rule, when=()) for rule in given.rules])
    peers = {"other": ENTRANTS["plain Python loop"].make(other)}
    with pytest.raises(DisagreementError, match="other rules fire"):
        check_equal(given, Ours(given), peers, 20)


@pytest.mark.parametrize("rules", [20, 400])
def test_growing_fires_the_same_number_of_rules(rules: int) -> None:
    """However many rules there are, twenty fire."""
    given = growing(rules, 10)
    ours = Ours(given)
    assert [FIRING] * 10 == [len(ours.fired(request)) for request in ours.requests]
    assert all(sum(fires(rule, answers) for rule in given.rules) == FIRING for answers in given.requests)


def test_aims_say_by_how_much_they_are_missed() -> None:
    """An aim is met from its figure on, whichever way is better."""
    assert Aim("quick", 3.0, 3.0).verdict == "met"
    assert Aim("quick", 1.5, 3.0).verdict == "missed: 50% of it"
    assert Aim("small", 8.0, 4.0, at_least=False).verdict == "missed: 50% of it"
    assert Aim("quick", None, 4.0).verdict == "not measured"


def test_tables_stand_in_columns() -> None:
    """Numbers stand to the right, words to the left."""
    assert table([("a", "1"), ("bbb", "22")], ("x", "n")) == ["x     n", "a     1", "bbb  22"]
