"""The tools as a model meets them: what they take, how much they tell, and that it is what Steelyard says anyway."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import steelyard
from steelyard.agents.served import Served
from steelyard.agents.tools import Told, offered
from tests.agents.pets import AS_OF, HOUSE, close, one, pets, plants, several
from tests.unit.samples import without

STANDARD = ["list_rulesets", "get_needs", "recommend", "explain", "compare", "next_question"]
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("list_rulesets", {}),
    ("get_needs", {}),
    ("get_needs", {"needs": ["home"]}),
    ("recommend", HOUSE),
    ("recommend", {**HOUSE, "detail": "full"}),
    ("recommend", {"requirements": {}}),
    ("recommend", {"as_of": AS_OF, "requirements": {"allergies": {"value": ["fur"], "importance": "must"}}}),
    ("recommend", {**HOUSE, "candidates": ["dog"]}),
    ("explain", HOUSE),
    ("explain", {**HOUSE, "candidate": "robot"}),
    ("explain", {**HOUSE, "candidates": ["dog"], "candidate": "dog"}),
    ("explain", {"requirements": {}}),
    ("compare", {**HOUSE, "compare": ["cat", "dog"]}),
    ("compare", {**HOUSE, "compare": ["cat", "dog"], "detail": "full"}),
    ("next_question", {}),
    ("next_question", {**HOUSE, "skip": ["hours", "skill", "allergies"]}),
]
RIGHT_FORMS: list[Any] = [True, "flat", 7, ["fur"], {"value": ["fur"], "importance": "must"}, {"value": 7}]
WRONG_FORMS: list[Any] = [{}, {"value": {}}, [1], {"importance": "must"}, {"value": 7, "importance": "most"}]


def call(name: str, arguments: dict[str, Any], served: Served | None = None) -> Told:
    """What the tool tells of sound arguments."""
    told = offered(served or one())[name].call(arguments)
    assert not told.is_error, told.text
    return told


def test_names() -> None:
    """They are called by the words that the field has, so that a model guesses right."""
    assert list(offered(one())) == STANDARD


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_what_they_take_and_give(name: str, arguments: dict[str, Any]) -> None:
    """What their schemas say is so, for one ruleset and for several, and every answer can be read too."""
    for served in (one(), several()):
        tool = offered(served)[name]
        for schema in (tool.takes, tool.tool.gives):
            Draft202012Validator.check_schema(schema)
        Draft202012Validator(tool.takes).validate(arguments)
        told = call(name, arguments, served)
        Draft202012Validator(tool.tool.gives).validate(json.loads(json.dumps(told.document)))
        assert told.text.strip()


def test_full_is_the_very_document() -> None:
    """`detail: full` tells what every other interface tells."""
    told = call("recommend", {**HOUSE, "detail": "full"})
    answer = pets().answer(HOUSE)
    assert told.document == answer.to_dict()
    assert told.text == answer.to_markdown()


def test_brief_is_the_same_with_less_in_it() -> None:
    """What a brief answer says under a key of the whole document is what that says, or the first of it."""
    brief = call("recommend", HOUSE).document
    whole = pets().answer({**HOUSE, "explain": ["questions"]}).to_dict()
    for key in ("id", "ruleset", "as_of", "requirements", "unanswered", "outcome", "settled", "recommended", "summary"):
        assert brief[key] == whole[key]
    for told, full in zip(brief["ranking"], whole["ranking"], strict=True):
        assert {key: told[key] for key in ("rank", "candidate", "score")} == {
            key: full[key] for key in ("rank", "candidate", "score")
        }
        rules = [each["rule"] for each in full["reasons"]]
        places = [rules.index(each["rule"]) for each in told["reasons"]]
        assert places == sorted(places)
    assert brief["evidence"].items() <= whole["evidence"].items()


@pytest.mark.parametrize("id_", steelyard.shipped())
def test_answers_are_small(id_: str) -> None:
    """Of the rulesets that ship, no brief answer to an author's case takes more than a model would want to read."""
    ruleset = steelyard.load(id_)
    tools = offered(Served.of(ruleset))
    for case in list(ruleset.model.cases.values())[:10]:
        request = {"requirements": case.requirements}
        for name in ("recommend", "next_question"):
            told = tools[name].call(request)
            assert not told.is_error, told.text
            assert len(told.text) < 6000
            assert len(json.dumps(told.document)) < 16_000


def test_one_ruleset_is_described_in_words() -> None:
    """Only `recommend` describes every need, since that is long; the others tell the names of needs."""
    tools = offered(one())
    recommend = tools["recommend"].takes
    assert recommend["properties"]["requirements"]["properties"]["home"]["description"] == "Where?"
    assert recommend["$defs"]["home"]["enum"] == ["flat", "house", "farm"]
    for name in ("explain", "compare", "next_question"):
        described = tools[name].takes["properties"]["requirements"]
        assert described["properties"] == {need: {"$ref": "#/$defs/answer"} for need in pets().needs}
        assert described["additionalProperties"] is False
        takes = Draft202012Validator(tools[name].takes)
        more = {"compare": ["dog", "cat"]} if name == "compare" else {}
        for answer in RIGHT_FORMS:
            assert takes.is_valid({**more, "requirements": {"home": answer}})
        for answer in WRONG_FORMS:
            assert not takes.is_valid({**more, "requirements": {"home": answer}})


def test_several_rulesets() -> None:
    """The first is the default, another is asked by its id; a need of both takes the answers of either."""
    tools = offered(several())
    home = tools["recommend"].takes["properties"]["requirements"]["properties"]["home"]
    assert home["description"] == "Where? Or: Which rooms?"
    assert [each["enum"] for each in home["anyOf"] if "enum" in each] == [["flat", "house", "farm"], ["house"]]
    assert call("recommend", HOUSE, several()).document["ruleset"]["id"] == "pets"
    assert call("recommend", {**HOUSE, "ruleset": "plants"}, several()).document["ruleset"]["id"] == "plants"
    assert plants().digest != pets().digest


def test_reasons_are_told_with_their_sources() -> None:
    """The text names the source, its month and that it is stale beside the reason, and the address below."""
    text = call("recommend", {**HOUSE, "as_of": "2026-11-01"}).text
    assert "- +50.0 Room to run (excellent): Dogs run. [survey, 2025-03, stale]" in text
    assert "- [survey] A survey, 2025-03-01, https://example.org/survey" in text


def test_what_speaks_against_the_first_is_told() -> None:
    """However small it is, the strongest reason against the winner is told, with its words and its source."""
    told = call("recommend", {"as_of": AS_OF, "requirements": {"garden": True}}, close("fair"))
    dog = told.document["ranking"][0]
    assert [each["rule"] for each in dog["reasons"]] == [*(f"rule-{place}" for place in range(5)), "against"]
    assert dog["reasons"][-1]["points"] < 0
    assert "Weighs 1 (poor): Dogs are poor. [survey, 2025-03]" in told.text


def test_where_the_next_loses_is_told() -> None:
    """The rule on which the next is furthest behind is told, also where it gets no points there."""
    told = call("recommend", {"as_of": AS_OF, "requirements": {"garden": True}}, close("fair"))
    dog, cat, _ = told.document["ranking"]
    assert [(each["rule"], "behind" in each) for each in cat["reasons"]] == [
        ("rule-1", False),
        ("rule-2", False),
        ("rule-0", True),
    ]
    assert cat["reasons"][-1]["behind"] == pytest.approx(dog["reasons"][0]["points"])
    assert "- ±0 Weighs 10 (fair), 9.3 behind Dog: Cats are fair. [study, 2024-06]" in told.text
    assert told.document["evidence"].keys() == {"study", "survey"}


def test_the_next_may_not_be_rated_where_it_loses() -> None:
    """Where nothing is known of it, that is told."""
    told = call("recommend", {"as_of": AS_OF, "requirements": {"garden": True}}, close(None))
    loss = told.document["ranking"][1]["reasons"][-1]
    assert (loss["rule"], loss["rating"], loss["because"], loss["evidence"]) == ("rule-0", None, None, [])
    assert "- ±0 Weighs 10 (not known), 9.3 behind Dog\n" in told.text


def test_the_next_may_lose_where_it_is_best() -> None:
    """A reason that is told anyway is told once."""
    told = call("recommend", {"as_of": AS_OF, "requirements": {"garden": True}}, close("poor"))
    reasons = told.document["ranking"][1]["reasons"]
    assert [(each["rule"], "behind" in each) for each in reasons] == [("rule-0", True), ("rule-1", False)]


def test_exclusions_are_told_once_and_with_their_sources() -> None:
    """What keeps several out is said once, by the titles of the rules, with the source; and so are dates."""
    data = without(("cases",))
    data["rules"]["sneezing"] = {**data["rules"]["allergy"], "title": "Sneezing", "evidence": ["survey"]}
    served = Served.of(steelyard.Ruleset.from_dict(data))
    text = call("recommend", {"as_of": "2026-01-02", "requirements": {"allergies": ["fur"]}}, served).text
    said = "Allergies (unsupported), Sneezing (unsupported): It has fur. [study, 2024-06, stale] [survey, 2025-03]"
    excluded = text.partition("Excluded:\n")[2].partition("\n\n")[0].splitlines()
    assert excluded == [f"- Dog (`dog`), Cat (`cat`): {said}", "- Robot (`robot`): Robot stands only until 2026-01-01."]


def test_exclusions_without_words() -> None:
    """A rule that says no reason is told by its title."""
    data = without(("cases",), ("rules", "allergy", "because"), ("rules", "allergy", "evidence"))
    served = Served.of(steelyard.Ruleset.from_dict(data))
    text = call("recommend", {"as_of": AS_OF, "requirements": {"allergies": ["fur"]}}, served).text
    assert "- Dog (`dog`), Cat (`cat`): Allergies (unsupported).\n" in text


def test_explaining_the_excluded() -> None:
    """Who is out is explained with what excludes it."""
    request = {"as_of": AS_OF, "requirements": {"allergies": ["fur"]}}
    document = call("explain", {**request, "candidate": "dog"}).document
    assert document["candidate"]["excluded"] is True
    assert [each["rule"] for each in document["candidate"]["reasons"] if each.get("veto")] == ["allergy"]


def test_comparing() -> None:
    """The points of the rules sum to the difference, and each side has its reason."""
    document = call("compare", {**HOUSE, "compare": ["cat", "dog"]}).document
    assert sum(each["points"] for each in document["rules"]) == pytest.approx(document["difference"])
    assert document["rules"][0]["because"] == ["Cats roam.", "Dogs run."]


def test_comparing_equals() -> None:
    """Where no rule tells two apart, that is said."""
    told = call("compare", {"as_of": AS_OF, "requirements": {}, "compare": ["cat", "dog"]})
    assert told.document["rules"] == []
    assert "No rule tells them apart." in told.text
    assert "points for" not in told.text


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (
            {"requirements": {"garden": True, "home": "flat", "allergies": [], "skill": "low", "hours": 1}},
            "Every need is answered.",
        ),
        (
            {"requirements": {"allergies": ["fur"]}},
            "No single open answer would change who is recommended.",
        ),
        (
            {"requirements": {"allergies": ["fur"]}, "skip": ["garden", "home", "skill", "hours"]},
            "No single open answer would change who is recommended. The rest was skipped.",
        ),
        (
            {"requirements": {"garden": True, "home": "farm"}, "skip": ["allergies", "skill", "hours"]},
            "The rest was skipped, though it could still change who is recommended.",
        ),
        (
            {"requirements": {"garden": True, "home": "farm"}, "skip": ["allergies", "hours"]},
            "Only what was skipped could still change who is recommended.",
        ),
    ],
)
def test_why_an_interview_ends(arguments: dict[str, Any], why: str) -> None:
    """That it is time to stop is told with the reason, which is seldom that every need is answered."""
    told = call("next_question", {"as_of": AS_OF, **arguments})
    assert told.document["done"] is True
    assert told.text.splitlines()[0] == why


def test_an_interview_ends() -> None:
    """Whoever answers each question with the first of its answers, or skips it, gets to the end, and an answer."""
    requirements: dict[str, Any] = {}
    skip: list[str] = []
    for number in range(len(pets().needs) + 1):
        told = call("next_question", {"as_of": AS_OF, "requirements": requirements, "skip": skip}).document
        if told["done"]:
            break
        asked = told["question"]
        assert asked["need"] not in {*requirements, *skip}
        if asked["answers"] and number != 1:
            requirements[asked["need"]] = asked["answers"][0]["value"]
            Draft202012Validator(asked["expected"]).validate(asked["answers"][0]["value"])
        else:
            skip.append(asked["need"])
    else:
        pytest.fail("it never ends")
    assert call("recommend", {"as_of": AS_OF, "requirements": requirements}).document["summary"]


def test_a_question_tells_what_its_answers_lead_to() -> None:
    """Each answer says who would be recommended, and whether that is a change."""
    asked = call("next_question", {"as_of": AS_OF, "requirements": {"garden": True}}).document["question"]
    for each in asked["answers"]:
        said = pets().recommend({"garden": True, asked["need"]: each["value"]}, as_of=AS_OF)
        assert each["outcome"] == said.outcome.value
        assert (said.recommended and said.recommended.candidate) in {*each["recommended"], None}
