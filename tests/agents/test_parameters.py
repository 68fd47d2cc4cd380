"""Parameters take what the schemas they are made of take, and strict mode takes what is left of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import steelyard
from steelyard.agents.functions import function_of
from steelyard.agents.parameters import is_within_limits, parameters_of, plain, strict
from steelyard.agents.served import Served, askable
from steelyard.agents.tools import offered
from steelyard.model import Need, NeedType
from steelyard.requirements import Askable, request_schema, requirements_schema
from tests.agents.pets import HOUSE, pets
from tests.property.conditions import Chooser, Data
from tests.property.strategies import request_to, ruleset
from tests.property.test_schemas import rulesets_asked

# What OpenAI documents for structured outputs.
PERMITTED = {
    *("$defs", "$ref", "additionalProperties", "anyOf", "description", "enum", "format", "items", "maxItems"),
    *("maximum", "minItems", "minimum", "pattern", "properties", "required", "type"),
}


def takes(schema: Mapping[str, Any], data: Any) -> bool:
    """Whether the schema takes the data."""
    return Draft202012Validator(schema).is_valid(data)


def schemas_in(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The schema and every schema within it."""
    yield schema
    below = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values(), *schema.get("anyOf", ())]
    for each in [*below, *([schema["items"]] if "items" in schema else [])]:
        yield from schemas_in(each)


def spelled_out(document: Data, request: Data) -> Data:
    """The request as strict mode has a model write it: whatever is not said is null."""
    said = request["requirements"]
    stated = {
        need: {"importance": None, **answer} if isinstance(answer, dict) else answer for need, answer in said.items()
    }
    keys = dict.fromkeys(("ruleset", "as_of", "candidates", "explain", "compare"))
    return {**keys, **request, "requirements": {**dict.fromkeys(document["needs"]), **stated}}


@st.composite
def questions(draw: st.DrawFn) -> tuple[Data, Data]:
    """A ruleset and a valid request to it."""
    chooser = Chooser(draw)
    document = ruleset(chooser)
    return document, request_to(chooser, document)


@given(rulesets_asked())
def test_they_take_the_same(case: tuple[Data, Data, Data]) -> None:
    """Whether right or wrong, a request is taken as parameters if it is taken as it is posted."""
    document, request, slipped = case
    schema = request_schema(askable(steelyard.Ruleset.from_dict(document)))
    parameters = parameters_of(schema)

    Draft202012Validator.check_schema(parameters)
    assert takes(parameters, request)
    assert takes(parameters, slipped) == takes(schema, slipped)
    event(f"with slips it is taken: {takes(schema, slipped)}")


@given(questions())
def test_strict_mode(case: tuple[Data, Data]) -> None:
    """Strict mode knows every keyword, wants every property, and takes every valid request with nulls filled in."""
    document, request = case
    schema = strict(parameters_of(request_schema(askable(steelyard.Ruleset.from_dict(document)))))

    assert is_within_limits(schema)
    assert takes(schema, spelled_out(document, request))
    for each in schemas_in(schema):
        assert each.keys() <= PERMITTED
        assert "$ref" not in each or len(each) == 1
        if each.get("type") == "object":
            assert each["additionalProperties"] is False
            assert each["required"] == list(each["properties"])


@given(questions())
def test_nulls_say_nothing(case: tuple[Data, Data]) -> None:
    """What a model in strict mode writes gets the answer that the request gets."""
    document, request = case
    asked = steelyard.Ruleset.from_dict(document)
    tool = offered(Served.of(asked))["recommend"]
    plainly: Data = {key: request[key] for key in ("as_of", "candidates", "requirements") if key in request}
    whole = spelled_out(document, plainly)
    arguments = {key: whole[key] for key in ("ruleset", "as_of", "candidates", "requirements")}

    told = tool.call({**arguments, "detail": "full"})
    assert not told.is_error, told.text
    assert told.document == asked.answer(plainly).to_dict()


def test_words() -> None:
    """A choice is an `enum` whose labels stand in the description, as a unit does."""
    defined = function_of(askable(pets())).parameters["$defs"]
    assert defined["home"] == {
        "description": "flat: Flat; house: House; farm: Farm.",
        "type": "string",
        "enum": ["flat", "house", "farm"],
    }
    assert defined["hours"] == {"description": "In hours.", "type": "number", "minimum": 0, "maximum": 24}
    garden = function_of(askable(pets())).parameters["properties"]["garden"]
    assert garden["description"] == "Is there a garden? A yard counts."


def test_properties_may_be_called_like_keywords() -> None:
    """A need called `title` or `items` is a need."""
    needs = {id_: Need(id=id_, question="Which?", type=NeedType.FLAG) for id_ in ("title", "items", "const")}
    asked = Askable(kind="ruleset", id="odd", title="Odd?", needs=needs, rivals=[{}])
    parameters = parameters_of(requirements_schema(asked))
    assert list(parameters["properties"]) == ["title", "items", "const"]
    assert list(strict(parameters)["properties"]) == ["title", "items", "const"]


def test_what_is_too_large_is_not_strict() -> None:
    """A ruleset with more options than strict mode takes is described as it is, and says so."""
    options = tuple((f"option-{number}", f"Option {number}") for number in range(1001))
    need = Need(id="many", question="Which?", type=NeedType.CHOICE, options=options)
    asked = Askable(kind="ruleset", id="large", title="Large?", needs={"many": need}, rivals=[{}])
    function = function_of(asked)
    told = function.for_openai()["function"]
    assert told["strict"] is False
    assert told["parameters"] == function.parameters


def test_functions() -> None:
    """A function is told to each as it takes it, with the same name and a description that says when to call it."""
    function = function_of(askable(pets()), "request")
    openai, anthropic = function.for_openai(), function.for_anthropic()
    assert openai["type"] == "function"
    assert openai["function"]["name"] == anthropic["name"] == "recommend_pets"
    assert openai["function"]["strict"] is True
    assert "Which pet? Weighs 3 candidates (Dog, Cat, Robot)" in anthropic["description"]
    assert takes(anthropic["input_schema"], {"ruleset": "pets", **HOUSE})
    assert plain(anthropic["input_schema"]) == anthropic["input_schema"]
