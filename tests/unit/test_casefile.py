"""Cases: every expectation met and not met, what the cases put to use, and the report of both."""

from datetime import date
from typing import Any

import pytest

from steelyard.casefile import CaseResult, coverage_of, report_data, report_text, run_cases
from steelyard.model import Ruleset
from tests.unit.samples import changed, ruleset

TODAY = date(2025, 6, 1)

HOUSE = {"garden": True, "home": "house"}
"""Fires `outdoors`: the dog 100, the cat 75, the robot 50."""
FUR = {"allergies": ["fur"]}
"""Fires `allergy`: the dog and the cat are excluded, the robot 100."""


def with_cases(**cases: dict[str, Any]) -> Ruleset:
    """The sample ruleset with these cases, as of a day on which all candidates can be had when not said."""
    bodies = {name.replace("_", "-"): {"as_of": "2024-01-01", **body} for name, body in cases.items()}
    return ruleset(changed((("cases",), bodies)))


def run(requirements: dict[str, Any], expect: dict[str, Any], **more: Any) -> CaseResult:
    """The result of one case."""
    (result,) = run_cases(with_cases(it={"requirements": requirements, "expect": expect, **more}), TODAY)
    return result


MET: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (HOUSE, {"outcome": "recommended"}),
    (HOUSE, {"recommended": "dog"}),
    (HOUSE, {"tied": []}),
    (HOUSE, {"fired": ["outdoors"]}),
    (HOUSE, {"not_fired": ["allergy", "left-alone"]}),
    (HOUSE, {"excluded": []}),
    (HOUSE, {"above": {"dog": "cat", "cat": ["robot"]}}),
    (HOUSE, {"above": {"dog": ["cat", "robot"]}}),
    (FUR, {"recommended": "robot", "excluded": ["cat", "dog"], "fired": ["allergy"]}),
    (FUR, {"above": {"robot": ["dog", "cat"]}}),
    ({}, {"outcome": "undecided"}),
    ({}, {"tied": [], "excluded": [], "not_fired": ["outdoors", "allergy", "left-alone"]}),
    ({"hours": 9, "skill": "low"}, {"fired": ["left-alone"], "above": {"robot": ["cat"], "cat": "dog"}}),
]

NOT_MET: list[tuple[dict[str, Any], dict[str, Any], tuple[str, str, str, tuple[str, ...]]]] = [
    (HOUSE, {"outcome": "tied"}, ("outcome", "tied", "recommended: dog", ("dog",))),
    (HOUSE, {"outcome": "infeasible"}, ("outcome", "infeasible", "recommended: dog", ("dog",))),
    ({}, {"outcome": "recommended"}, ("outcome", "recommended", "undecided", ())),
    (HOUSE, {"recommended": "cat"}, ("recommended", "cat", "recommended: dog", ("cat", "dog"))),
    ({}, {"recommended": "cat"}, ("recommended", "cat", "undecided", ("cat",))),
    (HOUSE, {"tied": ["dog", "cat"]}, ("tied", "dog, cat", "recommended: dog", ("dog", "cat"))),
    ({}, {"tied": ["dog", "cat", "robot"]}, ("tied", "dog, cat, robot", "undecided", ("dog", "cat", "robot"))),
    (HOUSE, {"fired": ["outdoors", "allergy"]}, ("fired", "outdoors, allergy", "outdoors", ())),
    ({}, {"fired": ["allergy"]}, ("fired", "allergy", "none", ())),
    (HOUSE, {"not_fired": ["outdoors", "allergy"]}, ("not_fired", "outdoors, allergy", "outdoors", ())),
    (HOUSE, {"excluded": ["cat"]}, ("excluded", "cat", "none", ("cat",))),
    (FUR, {"excluded": []}, ("excluded", "none", "dog, cat", ("cat", "dog"))),
    (FUR, {"excluded": ["dog"]}, ("excluded", "dog", "dog, cat", ("cat",))),
    (HOUSE, {"above": {"cat": "dog"}}, ("above", "cat above dog", "cat ranks 2, dog ranks 1", ("cat", "dog"))),
    (HOUSE, {"above": {"dog": "dog"}}, ("above", "dog above dog", "dog ranks 1, dog ranks 1", ("dog", "dog"))),
    (
        FUR,
        {"above": {"dog": "cat"}},
        ("above", "dog above cat", "dog is not ranked, cat is not ranked", ("dog", "cat")),
    ),
    (
        FUR,
        {"above": {"dog": "robot"}},
        ("above", "dog above robot", "dog is not ranked, robot ranks 1", ("dog", "robot")),
    ),
]


@pytest.mark.parametrize(("requirements", "expect"), MET)
def test_expectations_that_are_met(requirements: dict[str, Any], expect: dict[str, Any]) -> None:
    """A case passes when all that it expects is so."""
    result = run(requirements, expect)
    assert (result.passed, result.failures) == (True, ())


@pytest.mark.parametrize(("requirements", "expect", "failure"), NOT_MET)
def test_expectations_that_are_not_met(
    requirements: dict[str, Any], expect: dict[str, Any], failure: tuple[str, str, str, tuple[str, ...]]
) -> None:
    """A failure says what was expected, what came instead, and whose points made it so."""
    result = run(requirements, expect)
    assert not result.passed
    (found,) = result.failures
    assert (found.expectation, found.expected, found.got, found.about) == failure


def test_a_tie_is_expected_as_such() -> None:
    """Who ties is expected exactly; the one recommended alone is not expected of a tie."""
    tie = {"allergies": ["fur"]}
    kept = {"candidates": ["dog", "cat"]}
    model = ruleset(
        changed(
            (("rules", "allergy", "ratings"), {"dog": "poor", "cat": "poor", "robot": "excellent"}),
            (
                ("cases",),
                {
                    "met": {"requirements": tie, **kept, "expect": {"tied": ["cat", "dog"], "outcome": "tied"}},
                    "first": {"requirements": tie, **kept, "expect": {"recommended": "dog"}},
                    "half": {"requirements": tie, **kept, "expect": {"tied": ["dog"]}},
                    "strict": {"requirements": tie, **kept, "expect": {"above": {"dog": "cat"}}},
                },
            ),
        )
    )
    results = {result.case.id: result for result in run_cases(model, TODAY)}
    assert [result.passed for result in results.values()] == [True, False, False, False]
    assert results["first"].failures[0].got == "tied: dog, cat"
    assert results["strict"].failures[0].got == "dog ranks 1, cat ranks 1"


def test_every_expectation_is_looked_at() -> None:
    """One case may fail in several expectations; all are told, those that hold are not."""
    expect = {"outcome": "tied", "fired": ["outdoors"], "excluded": ["dog"], "above": {"cat": ["dog", "robot"]}}
    result = run(HOUSE, expect)
    assert [failure.expectation for failure in result.failures] == ["outcome", "excluded", "above"]


def test_the_day_and_the_candidates_of_a_case() -> None:
    """A case asks about its own day, or today, and about its own candidates, or all."""
    model = with_cases(
        dated={"requirements": {}, "expect": {"excluded": ["robot"]}, "as_of": "2017-01-01"},
        kept={"requirements": HOUSE, "expect": {"recommended": "cat"}, "candidates": ["cat", "robot"]},
    )
    assert [result.passed for result in run_cases(model, TODAY)] == [True, True]
    today = ruleset(changed((("cases",), {"now": {"requirements": {}, "expect": {"excluded": []}}})))
    assert [result.answer.as_of for result in run_cases(today, TODAY)] == [TODAY]


def test_coverage() -> None:
    """Rules are covered when a case fires them, ratings when they are in force then for a candidate that is weighed."""
    model = with_cases(
        outdoors={"requirements": HOUSE, "candidates": ["dog"], "expect": {"outcome": "recommended"}},
        alone={"requirements": {"hours": 9, "skill": "low"}, "as_of": "2021-01-01", "expect": {"outcome": "tied"}},
    )
    coverage = coverage_of(model, run_cases(model, TODAY))
    assert (coverage.rules, coverage.ratings) == (3, 8)
    assert coverage.unfired_rules == ("allergy",)
    assert coverage.unfired_ratings == (
        ("outdoors", "cat", None),
        ("allergy", "dog", None),
        ("allergy", "cat", None),
        ("allergy", "robot", None),
        ("left-alone", "robot", date(2023, 1, 1)),
    )
    assert coverage.percent == pytest.approx(100 * 5 / 11)


def test_full_and_no_coverage() -> None:
    """Without cases nothing is covered; with one for every rule and date everything is."""
    none = with_cases()
    assert coverage_of(none, run_cases(none, TODAY)).percent == 0
    everything = {**HOUSE, "allergies": ["fur"], "hours": 9, "skill": "low"}
    full = with_cases(
        early={"requirements": everything, "as_of": "2021-01-01", "expect": {"recommended": "robot"}},
        late={"requirements": everything, "expect": {"recommended": "robot"}},
    )
    coverage = coverage_of(full, run_cases(full, TODAY))
    assert (coverage.percent, coverage.unfired_rules, coverage.unfired_ratings) == (100, (), ())


def report(model: Ruleset) -> list[str]:
    """The lines of the report on a ruleset's cases."""
    results = run_cases(model, TODAY)
    return report_text(results, coverage_of(model, results)).split("\n")


def test_the_report_of_failed_cases() -> None:
    """A failed case is told with its note, what was expected and came, and the points of those whom it is about."""
    lines = report(
        with_cases(
            wrong={
                "note": "Cats first.",
                "requirements": HOUSE,
                "expect": {"recommended": "cat", "fired": ["allergy"]},
            },
            right={"requirements": HOUSE, "expect": {"recommended": "dog"}},
            out={"requirements": FUR, "expect": {"excluded": ["dog"]}},
        )
    )
    assert lines == [
        "FAILED wrong: Cats first.",
        "  recommended: expected cat, got recommended: dog",
        "    dog has 100 of 100",
        "      +50 outdoors: excellent",
        "    cat has 75 of 100",
        "      +25 outdoors: good",
        "  fired: expected allergy, got outdoors",
        "",
        "FAILED out",
        "  excluded: expected dog, got dog, cat",
        "    cat has 0 of 100",
        "      -50 allergy: unsupported, which excludes it",
        "",
        "No case fires these rules:",
        "  left-alone",
        "3 cases: 1 passed, 2 failed. The cases fire 63 % of 3 rules and 8 ratings.",
    ]


def test_a_candidate_that_is_not_to_be_had() -> None:
    """That a candidate is outside its dates is told as the reason for which it is excluded."""
    case = {"requirements": HOUSE, "as_of": "2017-01-01", "expect": {"excluded": []}}
    lines = report(with_cases(early=case))
    assert lines[2:4] == ["    robot has 50 of 100", "      excluded: Robot exists only from 2018-01-11."]


def test_the_report_is_short() -> None:
    """Of many reasons, rules and ratings without a case the first few are told, and how many more there are."""
    rating = {"rating": "good", "because": "So.", "evidence": ["survey"]}
    rule = {"criterion": "home", "title": "T", "when": {"garden": True}, "ratings": {"dog": rating, "cat": rating}}
    rules = {f"r{n}": rule for n in range(8)} | {f"u{n:02d}": {**rule, "when": {"garden": False}} for n in range(13)}
    needs = {"garden": {"question": "?", "type": "flag"}}
    cases = {"it": {"requirements": {"garden": True}, "candidates": ["dog"], "expect": {"outcome": "tied"}}}
    lines = report(ruleset(changed((("rules",), rules), (("needs",), needs), (("cases",), cases))))
    assert [line for line in lines if "more" in line or "smaller" in line] == [
        "      and 3 smaller reasons",
        "  and 3 more",
    ]
    assert lines[-1] == "1 case: 0 passed, 1 failed. The cases fire 25 % of 21 rules and 42 ratings."


def test_the_report_of_cases_that_pass() -> None:
    """When all pass and everything is covered, one line says so; a share just short of all is not called 100 %."""
    everything = {**HOUSE, "allergies": ["fur"], "hours": 9, "skill": "low"}
    early = {"requirements": everything, "as_of": "2021-01-01", "expect": {"recommended": "robot"}}
    late = {"requirements": everything, "expect": {"recommended": "robot"}}
    assert report(with_cases(early=early, late=late)) == [
        "2 cases: 2 passed, 0 failed. The cases fire 100 % of 3 rules and 8 ratings."
    ]
    assert report(with_cases(late=late)) == [
        "No case puts these ratings in force:",
        "  left-alone of robot from 2020-01-01",
        "1 case: 1 passed, 0 failed. The cases fire 90 % of 3 rules and 8 ratings.",
    ]


def test_the_report_as_data() -> None:
    """Programs get the same: cases with failures and the id of the answer, and what no case puts to use."""
    model = with_cases(
        right={"requirements": {"hours": 9, "skill": "low"}, "expect": {"fired": ["left-alone"]}},
        wrong={"requirements": HOUSE, "expect": {"outcome": "undecided"}},
    )
    results = run_cases(model, TODAY)
    data = report_data(results, coverage_of(model, results))
    assert data["cases"] == [
        {"case": "right", "passed": True, "failures": [], "recommendation": results[0].answer.id},
        {
            "case": "wrong",
            "passed": False,
            "failures": [{"expectation": "outcome", "expected": "undecided", "got": "recommended: dog"}],
            "recommendation": results[1].answer.id,
        },
    ]
    assert data["coverage"]["unfired_rules"] == ["allergy"]
    unfired = data["coverage"]["unfired_ratings"]
    assert unfired[-1] == {"rule": "left-alone", "candidate": "robot", "from": "2020-01-01"}
    assert unfired[0] == {"rule": "allergy", "candidate": "dog", "from": None}
    assert data["coverage"]["percent"] == pytest.approx(100 * 6 / 11)
